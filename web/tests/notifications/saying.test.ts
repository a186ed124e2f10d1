/** What each kind of notice says, in both languages. */
import type { Schema } from "@credits/contract";
import { expect, test } from "vitest";

import { de as rechargeDe } from "../../src/auto-recharge/texts.de";
import { en as rechargeEn } from "../../src/auto-recharge/texts.en";
import { GROUPS } from "../../src/notifications/preferences";
import { sayingOf, toneOf, wayFrom } from "../../src/notifications/saying";
import { de } from "../../src/notifications/texts.de";
import { en } from "../../src/notifications/texts.en";

const shown = {
  credits: (credits: string) => `${credits} credits`,
  moment: (instant: string) => `<${instant}>`,
  percent: (percent: number) => `${percent} %`,
  operation: (operation: string) => operation,
};

const KINDS = Object.keys(toneOf) as Schema.NotificationKind[];

/** With every figure that a notice can have. */
function notice(kind: Schema.NotificationKind, given: Partial<Schema.Notification> = {}): Schema.Notification {
  return {
    id: "019aaf11-0100-7a07-b1f3-0c1d2e3f4a5b",
    number: 1,
    kind,
    created_at: "2026-11-23T09:02:00Z",
    credits: "97.5",
    threshold: "100",
    debt: "4.5",
    days: 7,
    expires_at: "2026-12-01T09:02:00Z",
    operation: "backtesting",
    window: "day",
    resets_at: "2026-11-24T00:00:00Z",
    percent: 80,
    decline_code: "insufficient_funds",
    suspended_because: "too_many_failures",
    url: "https://hooks.acme.example/credits",
    ...given,
  };
}

const english = (kind: Schema.NotificationKind, given?: Partial<Schema.Notification>) =>
  sayingOf(notice(kind, given), en, rechargeEn, shown);

test("all eighteen kinds say something whole, in both languages", () => {
  expect(KINDS).toHaveLength(18);
  for (const kind of KINDS) {
    const sayings = [english(kind), sayingOf(notice(kind), de, rechargeDe, shown)];
    for (const { title, text } of sayings) {
      expect(title).toMatch(/^\S.*\S$/);
      expect(text).toMatch(/^\S.*\.$/);
      expect(title + text).not.toMatch(/undefined|NaN| {2}/);
    }
    expect(sayings[0]?.title).not.toBe(sayings[1]?.title);
  }
});

test("what a notice is about stands in what it says", () => {
  expect(english("balance.low").title).toBe("Only 97.5 credits left");
  expect(english("credits.expiring", { days: 1 }).title).toBe("97.5 credits end within a day");
  expect(english("limit.reached", { operation: undefined }).text).toContain("may be used in a day. That left");
  expect(english("limit.reached").text).toContain("in a day for backtesting.");
  expect(english("recharge.failed").text).toContain("not enough money");
  expect(english("recharge.cap").title).toContain("80 %");
  expect(english("recharge.cap", { percent: 100 }).title).toBe("The cap of auto-recharge is reached");
});

test("a notice leads to what it is about", () => {
  expect(wayFrom(notice("purchase.paid", { purchase_id: "p-1" }), en)?.to).toBe("#/purchases?id=p-1");
  expect(wayFrom(notice("balance.low"), en)?.to).toBe("#/buy");
  expect(wayFrom(notice("recharge.suspended"), en)?.to).toBe("#/auto-recharge");
  expect(wayFrom(notice("balance.recovered"), en)).toBeNull();
});

test("every kind can be chosen, once", () => {
  expect(Object.values(GROUPS).flat().sort()).toEqual([...KINDS].sort());
});
