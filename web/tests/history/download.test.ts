// @vitest-environment jsdom
/** The history as a file: whole, or not at all. */
import type { Credits } from "@credits/contract";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { downloadHistory, fileName } from "../../src/history/download";

const kept: { name: string; text: Promise<string> }[] = [];
let made: Blob | undefined;

beforeEach(() => {
  kept.length = 0;
  vi.useFakeTimers();
  URL.createObjectURL = (blob) => {
    made = blob as Blob;
    return "blob:made";
  };
  URL.revokeObjectURL = vi.fn();
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    kept.push({ name: this.download, text: new Response(made).text() });
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function service(body: ReadableStream<Uint8Array>) {
  const asked: string[] = [];
  const credits = { fetch: async (path: string) => (asked.push(path), new Response(body)) } as unknown as Credits;
  return { credits, asked };
}

function stream(parts: string[], broken = false): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      const part = parts.shift();
      if (part !== undefined) {
        controller.enqueue(new TextEncoder().encode(part));
      } else if (broken) {
        controller.error(new TypeError("cut"));
      } else {
        controller.close();
      }
    },
  });
}

const never = new AbortController().signal;

test("what is filtered is asked for, counted, and kept under its name", async () => {
  const { credits, asked } = service(stream(["id,sequence\r\n", "1,2\r\n"]));
  const counted: number[] = [];
  const query = { kind: "debit", reference: "run 7&8" } as const;
  await expect(downloadHistory(credits, query, "a.csv", (bytes) => counted.push(bytes), never)).resolves.toEqual({
    bytes: 18,
  });
  expect(asked).toEqual(["/v1/usage-history/export?format=csv&kind=debit&reference=run+7%268"]);
  expect(counted).toEqual([13, 18]);
  expect(kept.map(({ name }) => name)).toEqual(["a.csv"]);
  expect(made?.size).toBe(18);
});

test("what broke off half-way is not kept", async () => {
  const { credits } = service(stream(["id,sequence\r\n"], true));
  await expect(downloadHistory(credits, {}, "a.csv", () => undefined, never)).rejects.toThrow("cut");
  expect(kept).toEqual([]);
});

test("a file is named by its reader's date", () => {
  expect(fileName("credits-history", new Date(2026, 0, 9, 23, 59))).toBe("credits-history-2026-01-09.csv");
});
