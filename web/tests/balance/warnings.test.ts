import type { Schema } from "@credits/contract";
import { describe, expect, it } from "vitest";

import { warningsOf } from "../../src/balance/warnings";

const NONE = { within_7_days: "0", within_30_days: "0", within_90_days: "0" };

function balance(it: Partial<Schema.Balance> = {}): Schema.Balance {
  return {
    account_id: "user-1",
    as_of: "2026-11-29T12:00:00Z",
    available: "5000",
    held: "0",
    frozen: "0",
    debt: "0",
    pending: "0",
    cycle: { start: "2026-11-01T00:00:00Z", end: "2026-12-01T00:00:00Z", consumed: "0", by_operation: [] },
    next_expiry: null,
    expiring: NONE,
    runway_days: null,
    ...it,
  };
}

function notice(kind: Schema.NotificationKind, threshold: string): Schema.Notification {
  return { id: "n", number: 1, kind, threshold, created_at: "2026-11-29T11:00:00Z" };
}

const kinds = (known: Parameters<typeof warningsOf>[0]) => warningsOf(known).map(({ kind }) => kind);

describe("an owner is warned", () => {
  it("of nothing where all is well", () => {
    const recharge = { status: "active" } as Schema.AutoRecharge;
    expect(kinds({ balance: balance({ runway_days: 40 }), recharge })).toEqual([]);
  });

  it("of a low balance for as long as the service's last word is that it is low", () => {
    const low = balance({ available: "80" });
    expect(kinds({ balance: low, notices: [notice("balance.low", "100")] })).toEqual(["low"]);
    expect(
      kinds({ balance: low, notices: [notice("balance.recovered", "100"), notice("balance.low", "100")] }),
    ).toEqual([]);
    // The notice of the recovery may be on its way: what is available tells sooner.
    expect(kinds({ balance: balance({ available: "100" }), notices: [notice("balance.low", "100")] })).toEqual([]);
  });

  it("once of a shortage: that nothing is left, else that it is low, else that it is short", () => {
    const notices = [notice("balance.low", "100")];
    expect(kinds({ balance: balance({ available: "0", runway_days: 0 }), notices })).toEqual(["empty"]);
    expect(kinds({ balance: balance({ available: "50", runway_days: 1 }), notices })).toEqual(["low"]);
    expect(warningsOf({ balance: balance({ runway_days: 3.9 }) })).toEqual([{ kind: "short", days: 3 }]);
    expect(kinds({ balance: balance({ available: "0", debt: "5" }) })).toEqual(["debt"]);
  });

  it("of what ends within a week in earnest, and of what ends within a month in passing", () => {
    const next_expiry = { credits: "10", expires_at: "2026-12-03T00:00:00Z" };
    const soon = { within_7_days: "10", within_30_days: "40", within_90_days: "40" };
    const later = { ...soon, within_7_days: "0" };
    expect(warningsOf({ balance: balance({ next_expiry, expiring: soon }) })).toMatchObject([
      { kind: "expiring", tone: "warn", credits: "10" },
    ]);
    expect(warningsOf({ balance: balance({ next_expiry, expiring: later }) })).toMatchObject([
      { kind: "expiring", tone: "info", credits: "40" },
    ]);
  });

  it("of all at once, the gravest first", () => {
    const recharge = { status: "suspended", suspended_because: "card_refused" } as Schema.AutoRecharge;
    const worst = balance({
      available: "1",
      debt: "5",
      frozen: "7",
      next_expiry: { credits: "1", expires_at: "2026-12-01T00:00:00Z" },
      expiring: { within_7_days: "1", within_30_days: "1", within_90_days: "1" },
    });
    expect(kinds({ balance: worst, recharge, notices: [notice("balance.low", "100")] })).toEqual([
      "debt",
      "frozen",
      "suspended",
      "low",
      "expiring",
    ]);
  });
});
