/** Every decline that the service acts on has a reason that its owner can read. */
import { expect, test } from "vitest";

import page from "../../../docs/DECLINES.md?raw";
import { declineReason, declineReasons } from "../../src/auto-recharge/declines";

const documented = [...page.matchAll(/^\| `([a-z_]+)` \| (?:pause|authenticate|suspend) \|$/gm)].map((row) => row[1]);

test("the reasons are those of the codes in docs/DECLINES.md, no more and no fewer", () => {
  expect(documented.length).toBeGreaterThan(50);
  expect(Object.keys(declineReasons).sort()).toEqual(documented.sort());
});

test("a code that nobody knows is a refusal of the bank's", () => {
  expect(declineReason("a_code_of_next_year")).toBe("bank");
  expect(declineReason("toString")).toBe("bank");
});

test("that a card is lost, stolen or taken for fraud is not told", () => {
  for (const code of ["lost_card", "stolen_card", "fraudulent", "pickup_card", "merchant_blacklist"]) {
    expect(declineReason(code)).toBe("bank");
  }
});
