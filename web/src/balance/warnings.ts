/** What the account's owner should know before anything else, the gravest first. */
import type { Schema } from "@credits/contract";

import { isMore, isZero } from "../amounts/credits";

export type Warning =
  | { kind: "debt" | "frozen"; credits: string }
  | { kind: "suspended"; because: Schema.Suspension }
  | { kind: "authentication"; url: string }
  | { kind: "capReached" | "noCard" | "empty" }
  | { kind: "low"; credits: string; threshold: string }
  | { kind: "short"; days: number }
  | { kind: "expiring"; tone: "warn" | "info"; credits: string; expiresAt: string };

/** A runway of fewer days than this is short. */
const SHORT_RUNWAY_DAYS = 7;

interface Known {
  balance: Schema.Balance;
  recharge?: Schema.AutoRecharge;
  /** The latest ones, newest first. */
  notices?: readonly Schema.Notification[];
}

export function warningsOf({ balance, recharge, notices = [] }: Known): Warning[] {
  const warnings: (Warning | null)[] = [
    isZero(balance.debt) ? null : { kind: "debt", credits: balance.debt },
    isZero(balance.frozen) ? null : { kind: "frozen", credits: balance.frozen },
    recharge === undefined ? null : ofRecharge(recharge),
    ofShortage(balance, notices),
    ofExpiry(balance),
  ];
  return warnings.filter((warning) => warning !== null);
}

function ofRecharge(recharge: Schema.AutoRecharge): Warning | null {
  switch (recharge.status) {
    case "suspended":
      return { kind: "suspended", because: recharge.suspended_because ?? "too_many_failures" };
    case "needs_authentication":
      return recharge.authentication ? { kind: "authentication", url: recharge.authentication.url } : null;
    case "cap_reached":
      return { kind: "capReached" };
    case "no_payment_method":
      return { kind: "noCard" };
    default:
      return null;
  }
}

/** The service knows the thresholds, and its last word on them is a notice; how long it lasts is known without one. */
function ofShortage({ available, debt, runway_days }: Schema.Balance, notices: Known["notices"] = []): Warning | null {
  if (isZero(available)) {
    return isZero(debt) ? { kind: "empty" } : null;
  }
  const last = notices.find(({ kind }) => kind === "balance.low" || kind === "balance.recovered");
  if (last?.kind === "balance.low" && last.threshold !== undefined && isMore(last.threshold, available)) {
    return { kind: "low", credits: available, threshold: last.threshold };
  }
  const isShort = runway_days !== null && runway_days !== undefined && runway_days < SHORT_RUNWAY_DAYS;
  return isShort ? { kind: "short", days: Math.max(1, Math.floor(runway_days)) } : null;
}

function ofExpiry({ expiring, next_expiry }: Schema.Balance): Warning | null {
  if (!next_expiry || isZero(expiring.within_30_days)) {
    return null;
  }
  const isNear = !isZero(expiring.within_7_days);
  return {
    kind: "expiring",
    tone: isNear ? "warn" : "info",
    credits: isNear ? expiring.within_7_days : expiring.within_30_days,
    expiresAt: next_expiry.expires_at,
  };
}
