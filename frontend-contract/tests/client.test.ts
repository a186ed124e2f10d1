import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import { createCredits, isProblem, ProblemError } from "../src";
import { API, json, noAnswer, problem, serving } from "./service";

const thrown = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("nothing was thrown"),
    (error) => error,
  );

describe("the client over the network", () => {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  it("sends path, query, header and body, with the token", async () => {
    const seen: unknown[] = [];
    server.use(
      http.get(`${API}/v1/lots`, ({ request }) => {
        seen.push(request.headers.get("Authorization"), new URL(request.url).search);
        return HttpResponse.json({ data: [], next_cursor: null });
      }),
      http.post(`${API}/v1/checkout-sessions`, async ({ request }) => {
        seen.push(request.headers.get("Idempotency-Key"), await request.json());
        return HttpResponse.json({ id: "cs_1" }, { status: 201 });
      }),
      http.delete(`${API}/v1/payment-methods/:id`, ({ params }) => {
        seen.push(params.id);
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const credits = createCredits({ apiUrl: API, token: async () => "t-1" });
    const lots = await credits.get("/v1/lots", { params: { query: { limit: 5 } } });
    const body = { package_id: "plus" };
    const session = await credits.post("/v1/checkout-sessions", {
      params: { header: { "Idempotency-Key": "k" } },
      body,
    });
    const gone = await credits.delete("/v1/payment-methods/{id}", { params: { path: { id: "pm_1" } } });
    expect([lots.data, session.id, gone]).toEqual([[], "cs_1", undefined]);
    expect(seen).toEqual(["Bearer t-1", "?limit=5", "k", body, "pm_1"]);
  });

  it("sends the body again with the new token", async () => {
    const seen: unknown[] = [];
    server.use(
      http.post(`${API}/v1/quotes`, async ({ request }) => {
        const token = request.headers.get("Authorization");
        seen.push(token, await request.json());
        return token === "Bearer old" ? new HttpResponse(null, { status: 401 }) : HttpResponse.json({ id: "q" });
      }),
    );
    const token = async (refused?: string) => (refused === undefined ? "old" : "new");
    const body = { operation: "backtesting", quantities: { assets: 1, bar_years: 2 } };
    await createCredits({ apiUrl: API, token }).post("/v1/quotes", { body });
    expect(seen).toEqual(["Bearer old", body, "Bearer new", body]);
  });
});

describe("a refused token", () => {
  it("is renewed once, and a second refusal is told", async () => {
    const token = vi.fn(async (refused?: string) => (refused === undefined ? "old" : "new"));
    const { credits, asked } = serving([problem(401, "unauthorized")], token);
    const error = await thrown(credits.get("/v1/balance"));
    expect(isProblem(error, "unauthorized")).toBe(true);
    expect(asked).toHaveLength(2);
    expect(token.mock.calls).toEqual([[], ["old"]]);
  });

  it("is not tried twice where there is no other", async () => {
    const { credits, asked } = serving([problem(401, "unauthorized")]);
    await thrown(credits.get("/v1/balance"));
    expect(asked).toHaveLength(1);
  });

  it("ends with what the source of tokens throws", async () => {
    const signedOut = new Error("signed out");
    const { credits } = serving([problem(401, "unauthorized")], async (refused) => {
      if (refused !== undefined) {
        throw signedOut;
      }
      return "old";
    });
    expect(await thrown(credits.get("/v1/balance"))).toBe(signedOut);
  });
});

describe("a refusal", () => {
  it("is an error with all that the document says", async () => {
    const body = {
      code: "credits_out_of_range",
      detail: "Too few.",
      request_id: "r-7",
      min_credits: "100",
      status: 422,
    };
    const answer = () => Response.json(body, { status: 422, headers: { "Content-Type": "application/problem+json" } });
    const error = await thrown(serving([answer]).credits.get("/v1/balance"));
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({ status: 422, code: "credits_out_of_range", message: "Too few.", requestId: "r-7" });
    expect((error as ProblemError).members.min_credits).toBe("100");
  });

  it.each([
    ["7", 7],
    ["Sun, 29 Nov 2026 12:01:30 GMT", 90],
    ["Sun, 29 Nov 2026 11:58:30 GMT", 0],
    ["soon", null],
  ])("says when to come back: %s", async (header, seconds) => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-29T12:00:00Z") });
    const { credits } = serving([problem(503, "overloaded", { "Retry-After": header })]);
    expect(await thrown(credits.get("/v1/balance"))).toMatchObject({ retryAfter: seconds });
    vi.useRealTimers();
  });

  it.each([
    () => new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "X-Request-Id": "r-8" } }),
    () =>
      new Response("{", {
        status: 502,
        headers: { "Content-Type": "application/problem+json", "X-Request-Id": "r-8" },
      }),
  ])("of something in between has a code of its own", async (answer) => {
    const error = await thrown(serving([answer]).credits.get("/v1/balance"));
    expect(error).toMatchObject({
      status: 502,
      code: "unreadable_answer",
      requestId: "r-8",
      retryAfter: null,
      members: {},
    });
  });
});

it("leaves what `fetch` throws as it is", async () => {
  expect(await thrown(serving([noAnswer]).credits.get("/v1/balance"))).toBeInstanceOf(TypeError);
});

it("gives a file as it comes", async () => {
  const { credits, asked } = serving([() => new Response("a,b\n")]);
  const file = await credits.fetch("/v1/usage-history/export?format=csv");
  expect([await file.text(), asked[0]?.headers.get("Authorization")]).toEqual(["a,b\n", "Bearer token"]);
});

it("stops when it is told to", async () => {
  const { credits, asked } = serving([json({})]);
  const error = await thrown(credits.get("/v1/balance", { signal: AbortSignal.abort() }));
  expect([(error as Error).name, asked.length]).toEqual(["AbortError", 0]);
});
