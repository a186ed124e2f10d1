import { describe, expect, it } from "vitest";

import { isTransient, ProblemError, retryDelayMs, shouldRetry } from "../src";

const answered = (status: number, retryAfter: number | null = null) =>
  new ProblemError(status, "", "", null, retryAfter, {});

describe("a read that failed", () => {
  it.each([
    [new TypeError("Failed to fetch"), true],
    [answered(503), true],
    [answered(500), true],
    [answered(429), true],
    [answered(408), true],
    [answered(404), false],
    [answered(401), false],
    [new Error("signed out"), false],
    [new DOMException("stopped", "AbortError"), false],
  ])("may succeed later: %o %s", (error, may) => {
    expect(isTransient(error)).toBe(may);
  });

  it("is tried three times more", () => {
    expect([0, 1, 2, 3].map((failures) => shouldRetry(failures, answered(503)))).toEqual([true, true, true, false]);
    expect(shouldRetry(0, answered(404))).toBe(false);
  });

  it("waits as long as it is asked to, else ever longer", () => {
    expect(retryDelayMs(0, answered(503, 7))).toBe(7_000);
    expect([0, 1, 2, 9].map((failures) => retryDelayMs(failures, answered(503)))).toEqual([
      1_000, 2_000, 4_000, 30_000,
    ]);
  });
});
