/** What an auto-recharge tells about itself, in every state. */
import type { Schema } from "@credits/contract";
import { expect, test } from "vitest";

import { standingOf, toneOf } from "../../src/auto-recharge/standing";
import { de } from "../../src/auto-recharge/texts.de";
import { en } from "../../src/auto-recharge/texts.en";

const shown = { credits: (credits: string) => `${credits} credits`, moment: (instant: string) => `<${instant}>` };

function recharge(given: Partial<Schema.AutoRecharge> = {}): Schema.AutoRecharge {
  return {
    status: "active",
    attempts: 0,
    failures: 0,
    cycle: { start: "2026-11-01T00:00:00Z", end: "2026-12-01T00:00:00Z" },
    settings: { enabled: true, threshold: "100", credits: "500", monthly_cap: { amount: 10_000, currency: "usd" } },
    ...given,
  };
}

test("on, it says when it buys and how much", () => {
  expect(standingOf(recharge(), en, shown)).toContain("fewer than 100 credits are available, 500 credits are bought");
  const upTo = { enabled: true, threshold: "100", up_to: "1000", monthly_cap: { amount: 1, currency: "usd" } };
  expect(standingOf(recharge({ settings: upTo }), en, shown)).toContain("fills up to 1000 credits");
});

test("pausing, it says why and until when", () => {
  const pausing = recharge({
    status: "pausing",
    last_failure: { code: "insufficient_funds", at: "2026-11-23T08:59:12Z" },
    next_attempt_at: "2026-11-23T09:59:12Z",
  });
  expect(standingOf(pausing, en, shown)).toBe(
    "There was not enough money for the payment. Nothing was bought. It is tried again <2026-11-23T09:59:12Z>.",
  );
});

test("suspended, it gives the card's reason only where the card was the reason", () => {
  const last_failure = { code: "expired_card", at: "2026-11-23T08:59:12Z" };
  const refused = recharge({ status: "suspended", suspended_because: "card_refused", last_failure });
  expect(standingOf(refused, en, shown)).toContain("The card has expired.");
  const removed = recharge({ status: "suspended", suspended_because: "card_removed", last_failure });
  expect(standingOf(removed, en, shown)).toBe("The card was removed. Save a card, and it goes on.");
});

test("every state has a tone, and a sentence in both languages", () => {
  for (const status of Object.keys(toneOf) as Schema.AutoRechargeStatus[]) {
    for (const texts of [en, de]) {
      expect(standingOf(recharge({ status, next_attempt_at: "2026-11-23T09:59:12Z" }), texts, shown)).toMatch(/\.$/);
    }
  }
});
