/** How far credits go, to the micro-credit. */
import { expect, test } from "vitest";

import { howMany, lastsDays } from "../../src/estimator/affordability";

test("only whole pieces count, and the last micro-credit decides", () => {
  expect(howMany("100", "25")).toBe(4n);
  expect(howMany("99.999999", "25")).toBe(3n);
  expect(howMany("9000000000", "0.000001")).toBe(9_000_000_000_000_000n);
});

test("with nothing, or less, there are none; of what costs nothing there is no number", () => {
  expect(howMany("0", "1")).toBe(0n);
  expect(howMany("-5", "1")).toBe(0n);
  expect(howMany("5", "0")).toBeNull();
});

test("days are whole ones, at so many pieces a day", () => {
  expect(lastsDays("1000", "25", 3)).toBe(13n);
  expect(lastsDays("1000", "25", 41)).toBe(0n);
  expect(lastsDays("1000", "0", 3)).toBeNull();
  for (const times of [0, -1, 1.5, Number.NaN]) {
    expect(lastsDays("1000", "25", times)).toBeNull();
  }
});
