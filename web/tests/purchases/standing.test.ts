/** What a buyer is told of a purchase. */
import type { Schema } from "@credits/contract";
import { expect, test } from "vitest";

import { canGoOn, explanationOf, toneOf } from "../../src/purchases/standing";
import { de } from "../../src/purchases/texts.de";
import { en } from "../../src/purchases/texts.en";

const purchase = (given: Partial<Schema.Purchase> = {}): Schema.Purchase => ({
  id: "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9",
  status: "paid",
  title: "Plus: 5000 credits",
  credits: "5000",
  bonus_credits: "0",
  price: { amount: 4600, currency: "usd" },
  created_at: "2026-11-23T08:58:40Z",
  ...given,
});

test("a purchase that is simply paid needs no words, any other is explained", () => {
  for (const status of Object.keys(toneOf) as Schema.CheckoutStatus[]) {
    for (const texts of [en, de]) {
      const explanation = explanationOf(purchase({ status }), texts);
      expect(explanation === null).toBe(status === "paid");
      expect(texts.badges[status]).toMatch(/\w/);
    }
  }
});

test("that another payment came in is told, though its credits are there", () => {
  expect(explanationOf(purchase({ review: "duplicate_payment" }), en)).toContain("Another payment");
});

test("only an open purchase with a page can be gone on with", () => {
  expect(canGoOn(purchase({ status: "open", checkout_session_id: "cs_1" }))).toBe(true);
  expect(canGoOn(purchase({ status: "open" }))).toBe(false);
  expect(canGoOn(purchase({ status: "expired", checkout_session_id: "cs_1" }))).toBe(false);
});
