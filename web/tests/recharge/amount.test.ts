import { describe, expect, it } from "vitest";

import { isOffered, wholeCredits } from "../../src/recharge/amount";

describe("a number of credits", () => {
  it.each([
    ["2500", "2500"],
    [" 2500 ", "2500"],
    ["2,500", "2500"],
    ["2.500", "2500"],
    ["2 500", "2500"],
    ["2’500", "2500"],
    ["1.000.000", "1000000"],
    ["007", "7"],
  ])("is read from %j as %s, in whatever way it is grouped", (typed, number) => {
    expect(wholeCredits(typed)).toBe(number);
  });

  it.each(["", "2.5", "2,50", "1.0000", "1,000.000", "-5", "1e3", "ten", "99999999999999"])(
    "is not guessed from %j",
    (typed) => {
      expect(wholeCredits(typed)).toBeNull();
    },
  );

  it("is offered from the least to the most, both included", () => {
    const custom = { min_credits: "100", max_credits: "1000000", slabs: [] };
    expect(["99", "100", "1000000", "1000001"].map((number) => isOffered(number, custom))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
