import { describe, expect, it } from "vitest";

import { majorUnits, minorUnits } from "../../src/amounts/money";

describe("money", () => {
  it.each([
    [4600, "usd", "46.00"],
    [5, "usd", "0.05"],
    [-5, "usd", "-0.05"],
    [4600, "jpy", "4600"],
    [4600, "kwd", "4.600"],
    // Written with hundredths though it has none: as Stripe counts it.
    [100, "isk", "1.00"],
  ])("%d minor units of %s are %s", (amount, currency, text) => {
    expect(majorUnits(amount, currency)).toBe(text);
  });

  it.each([
    ["0.92", "usd", "0.0092"],
    ["0.726", "usd", "0.00726"],
    ["1", "usd", "0.01"],
    ["12.5", "jpy", "12.5"],
  ])("a price of %s minor units of %s keeps its decimals: %s", (minor, currency, text) => {
    expect(majorUnits(minor, currency)).toBe(text);
  });

  it.each([
    ["46", "usd", 4600],
    ["46.5", "usd", 4650],
    ["46.555", "usd", null],
    ["46.5", "jpy", null],
    ["", "usd", null],
    ["-1", "usd", null],
  ])("%j typed as %s is %j minor units", (typed, currency, amount) => {
    expect(minorUnits(typed, currency)).toBe(amount);
  });
});
