import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createTokenSource, SessionEnded } from "../../src/session/token";

const BEGIN = Date.parse("2026-11-29T12:00:00Z");
const MINUTE = 60_000;

let now = BEGIN;
let minted = 0;
const platform = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();
const ended = vi.fn();
const source = () => createTokenSource("/token", ended, () => now);

beforeEach(() => {
  now = BEGIN;
  minted = 0;
  ended.mockReset();
  platform.mockReset().mockImplementation(async () => {
    minted += 1;
    return Response.json({ access_token: `token-${minted}`, expires_at: new Date(now + 10 * MINUTE).toISOString() });
  });
  vi.stubGlobal("fetch", platform);
});

afterEach(() => vi.unstubAllGlobals());

describe("the access token", () => {
  it("is asked for once, however many need it at once, with the session's cookies", async () => {
    const token = source();
    expect(await Promise.all([token(), token(), token()])).toEqual(["token-1", "token-1", "token-1"]);
    expect(platform.mock.calls).toEqual([["/token", { method: "POST", credentials: "include" }]]);
  });

  it("is renewed a minute before its end, and not sooner", async () => {
    const token = source();
    await token();
    now = BEGIN + 9 * MINUTE - 1;
    expect(await token()).toBe("token-1");
    now = BEGIN + 9 * MINUTE;
    expect(await token()).toBe("token-2");
  });

  it("is renewed where it was refused, and where another has it already that one is taken", async () => {
    const token = source();
    await token();
    expect(await token("token-1")).toBe("token-2");
    expect(await token("token-1")).toBe("token-2");
    expect(minted).toBe(2);
  });

  it("does to its very end while the platform cannot be reached, and no longer", async () => {
    const token = source();
    await token();
    platform.mockRejectedValue(new TypeError("no connection"));
    now = BEGIN + 10 * MINUTE - 1;
    expect(await token()).toBe("token-1");
    now = BEGIN + 10 * MINUTE;
    await expect(token()).rejects.toThrow(TypeError);
  });

  it("is asked for again after a failure", async () => {
    const token = source();
    platform.mockResolvedValueOnce(new Response("", { status: 503 }));
    await expect(token()).rejects.toThrow("503");
    expect(await token()).toBe("token-1");
  });

  it("is gone when the session has ended, though it were still good", async () => {
    const token = source();
    await token();
    platform.mockResolvedValue(new Response("", { status: 401 }));
    now = BEGIN + 9.5 * MINUTE;
    await expect(token()).rejects.toThrow(SessionEnded);
    expect(ended).toHaveBeenCalledOnce();
  });
});
