import { describe, expect, it } from "vitest";

import { credits, isMore, isZero, less, micro, sum } from "../../src/amounts/credits";

describe("credits", () => {
  it.each([
    ["0", 0n],
    ["12.5", 12_500_000n],
    ["-0.000001", -1n],
    ["9000000000", 9_000_000_000_000_000n],
    ["8999999999.999999", 8_999_999_999_999_999n],
  ])("%s is as many micro-credits, and back", (text, micros) => {
    expect(micro(text)).toBe(micros);
    expect(credits(micros)).toBe(text);
  });

  it.each(["", "1e3", "1.", ".5", "1.0000001", "+1", "1,5", "NaN"])("%j is no amount", (text) => {
    expect(() => micro(text)).toThrow(RangeError);
  });

  it("are added and compared without a digit lost that a float would lose", () => {
    expect(sum("0.1", "0.2")).toBe("0.3");
    expect(sum("8999999999.999998", "0.000001")).toBe("8999999999.999999");
    expect(less("0.3", "0.1")).toBe("0.2");
    expect(less("1", "1.000001")).toBe("-0.000001");
    expect(isMore("8999999999.999999", "8999999999.999998")).toBe(true);
    expect(isMore("10", "9")).toBe(true);
    expect(isZero("0")).toBe(true);
  });
});
