/** What the owner wants to hear of, as it is edited: choices per kind and channel, and the low-balance thresholds. */
import type { Schema } from "@credits/contract";

import { micro } from "../amounts/credits";

type Choice = Schema.NotificationChoice;
type Kind = Schema.NotificationKind;

/** An account has no more thresholds. */
export const MOST_THRESHOLDS = 5;

/** In which order, and under which headings, the kinds are chosen from. */
export const GROUPS = {
  credits: [
    "credits.expiring",
    "credits.expired",
    "balance.low",
    "balance.recovered",
    "limit.reached",
    "debt.incurred",
    "credits.given",
    "credits.taken",
  ],
  payments: ["purchase.paid", "payment.disputed", "dispute.ended", "payment.reversed", "payment.restored"],
  recharge: ["recharge.failed", "recharge.needs_authentication", "recharge.suspended", "recharge.cap"],
  other: ["webhook_endpoint.disabled"],
} as const satisfies Record<string, readonly Kind[]>;

export type Group = keyof typeof GROUPS;

export type Channel = "in_feed" | "by_email";

export function choose(choices: readonly Choice[], kind: Kind, channel: Channel, wanted: boolean): Choice[] {
  return choices.map((choice) => (choice.kind === kind ? { ...choice, [channel]: wanted } : choice));
}

export type ThresholdMistake = "wrong" | "twice";

const THRESHOLD = /^(0|[1-9]\d{0,8})(\.\d{1,6})?$/;

/** What is wrong with each of the thresholds as they are typed, if anything is. */
export function thresholdMistakes(thresholds: readonly string[]): (ThresholdMistake | undefined)[] {
  const read = thresholds.map((text) => (THRESHOLD.test(text) ? micro(text) : 0n));
  return read.map((value, place) => (value <= 0n ? "wrong" : read.indexOf(value) < place ? "twice" : undefined));
}

/** Whether what was edited is what the service has already. */
export function isSame(a: Schema.NotificationPreferences, b: Schema.NotificationPreferences): boolean {
  return JSON.stringify([a.low_balance, a.kinds]) === JSON.stringify([b.low_balance, b.kinds]);
}
