/** The auto-recharge form: what may be sent, and what is sent. */
import { expect, test } from "vitest";

import { minorUnits } from "../../src/auto-recharge/minor";
import { boughtAtOnce, capOf, type Draft, draftOf, mistakesIn, requestOf } from "../../src/auto-recharge/settings";

const SOLD = { min_credits: "100", max_credits: "1000000" };
const draft = (given: Partial<Draft> = {}): Draft => ({ ...draftOf(null, "usd"), enabled: true, ...given });

test("what nobody has set yet is off, and has nothing wrong with it", () => {
  expect(draftOf(null, "usd").enabled).toBe(false);
  expect(mistakesIn(draftOf(undefined, "usd"), SOLD)).toEqual({});
});

test("settings that are opened and saved stay as they were", () => {
  const fixed = { enabled: true, threshold: "99.5", credits: "500", monthly_cap: { amount: 10_050, currency: "usd" } };
  const upTo = { enabled: false, threshold: "1", up_to: "2.5", monthly_cap: { amount: 700, currency: "jpy" } };
  expect(requestOf(draftOf(fixed, "eur"))).toEqual(fixed);
  expect(requestOf(draftOf(upTo, "eur"))).toEqual(upTo);
});

test("a fixed amount is whole and within what is sold at once", () => {
  expect(mistakesIn(draft({ amount: "500.5" }), SOLD).amount).toBe("whole");
  expect(mistakesIn(draft({ amount: "99" }), SOLD).amount).toBe("range");
  expect(mistakesIn(draft({ amount: "1000001" }), SOLD).amount).toBe("range");
  expect(mistakesIn(draft({ amount: "100" }), SOLD)).toEqual({});
});

test("a target lies above the threshold", () => {
  expect(mistakesIn(draft({ way: "up_to", threshold: "100", amount: "100" }), SOLD).amount).toBe("target");
  expect(mistakesIn(draft({ way: "up_to", threshold: "100", amount: "100.000001" }), SOLD)).toEqual({});
  expect(mistakesIn(draft({ way: "up_to", threshold: "x", amount: "50" }), SOLD)).toEqual({ threshold: "number" });
});

test("a threshold and a cap are more than nothing", () => {
  expect(mistakesIn(draft({ threshold: "0" }), SOLD).threshold).toBe("number");
  expect(mistakesIn(draft({ threshold: "1,000" }), SOLD).threshold).toBe("number");
  for (const cap of ["0", "", "12.345", "-5", "10000000.01"]) {
    expect(mistakesIn(draft({ cap }), SOLD).cap).toBe("cap");
  }
});

test("a cap is counted in the minor units of its currency", () => {
  expect(capOf(draft({ cap: "12.5" }))).toBe(1250);
  expect(minorUnits("12", "jpy")).toBe(12);
  expect(minorUnits("12.5", "jpy")).toBeNull();
  expect(minorUnits("0.125", "kwd")).toBe(125);
});

test("filling up buys at least what lies between threshold and target, and at most the target", () => {
  expect(boughtAtOnce(draft({ way: "up_to", threshold: "100", amount: "1000.5" }), SOLD)).toEqual(["901", "1001"]);
  expect(boughtAtOnce(draft({ way: "up_to", threshold: "100", amount: "150" }), SOLD)).toEqual(["100", "150"]);
  expect(boughtAtOnce(draft({ amount: "700" }), SOLD)).toEqual(["700", "700"]);
});
