import { describe, expect, it } from "vitest";

import { fitOf } from "../../src/recharge/advice";

function forecast(low: string, likely: string, high: string) {
  const estimate = { low, likely, high };
  return { needed: estimate, expected_use: estimate, used_of_holdings: "0", ending_unused: "0" };
}

describe("an amount", () => {
  const use = forecast("48519.5", "61519.5", "77519.5");

  it.each([
    ["20000", { kind: "fits" }],
    ["48519.5", { kind: "fits" }],
    ["48520", { kind: "likely" }],
    ["61519", { kind: "likely" }],
    ["100000", { kind: "tooMuch", unused: "38480.5" }],
  ])("of %s is judged by what will be needed: %o", (chosen, fit) => {
    expect(fitOf(chosen, use)).toEqual(fit);
  });

  it("is too much where nothing more is needed", () => {
    expect(fitOf("1000", forecast("0", "0", "0"))).toEqual({ kind: "tooMuch", unused: "1000" });
  });

  it("is not judged without a forecast, nor before it is chosen", () => {
    expect(fitOf("1000", null)).toBeNull();
    expect(fitOf(null, use)).toBeNull();
  });
});
