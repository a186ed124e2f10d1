/** Rounding up to whole credits. */
import { expect, test } from "vitest";

import { wholeUp } from "../../src/amounts/whole";

test("a micro-credit more is a whole credit more, a whole number stays", () => {
  expect(["0.000001", "1", "1.000001", "999.999999", "9000000000"].map(wholeUp)).toEqual([
    "1",
    "1",
    "2",
    "1000",
    "9000000000",
  ]);
});

test("of nothing, or of debt, there is none", () => {
  expect(["0", "-0.5", "-3"].map(wholeUp)).toEqual(["0", "0", "0"]);
});
