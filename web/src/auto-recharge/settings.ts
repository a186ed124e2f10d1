/**
 * The form of the auto-recharge: what is typed, whether it can be what somebody means, and what the service is sent.
 * The service judges again; this only tells sooner.
 */
import type { Schema } from "@credits/contract";

import { isMore, less, micro } from "../amounts/credits";
import { majorUnits } from "../amounts/money";
import { wholeUp } from "../amounts/whole";
import { minorUnits } from "./minor";

export type Way = "fixed" | "up_to";

/** As it is typed, with the decimal point of the service. */
export interface Draft {
  enabled: boolean;
  threshold: string;
  way: Way;
  /** Credits each time, or what it fills up to. */
  amount: string;
  /** In whole units of the currency. */
  cap: string;
  currency: string;
}

export type Wrong = "number" | "whole" | "range" | "target" | "cap";
export type Mistakes = Partial<Record<"threshold" | "amount" | "cap", Wrong>>;

/** What nobody has set yet: off, with figures that fit the smallest package. */
export function draftOf(settings: Schema.AutoRechargeSettings | null | undefined, currency: string): Draft {
  if (settings === null || settings === undefined) {
    return { enabled: false, threshold: "100", way: "fixed", amount: "1000", cap: "50", currency };
  }
  const { enabled, threshold, monthly_cap } = settings;
  return {
    enabled,
    threshold,
    way: settings.up_to === undefined ? "fixed" : "up_to",
    amount: settings.up_to ?? settings.credits ?? "",
    cap: majorUnits(monthly_cap.amount, monthly_cap.currency),
    currency: monthly_cap.currency,
  };
}

const CREDITS = /^(0|[1-9]\d{0,8})(\.\d{1,6})?$/;
const WHOLE = /^[1-9]\d{0,9}$/;

export function isCredits(text: string): boolean {
  return CREDITS.test(text) && micro(text) > 0n;
}

export function mistakesIn(draft: Draft, sold: { min_credits: string; max_credits: string }): Mistakes {
  const mistakes: Mistakes = {};
  if (!isCredits(draft.threshold)) {
    mistakes.threshold = "number";
  }
  if (draft.way === "fixed") {
    if (!WHOLE.test(draft.amount)) {
      mistakes.amount = "whole";
    } else if (isMore(sold.min_credits, draft.amount) || isMore(draft.amount, sold.max_credits)) {
      mistakes.amount = "range";
    }
  } else if (!isCredits(draft.amount)) {
    mistakes.amount = "number";
  } else if (mistakes.threshold === undefined && !isMore(draft.amount, draft.threshold)) {
    mistakes.amount = "target";
  }
  if (capOf(draft) === null) {
    mistakes.cap = "cap";
  }
  return mistakes;
}

/** The cap in minor units; null where it is no amount of money that can be capped at. */
export function capOf({ cap, currency }: Draft): number | null {
  const minor = minorUnits(cap, currency);
  return minor !== null && minor >= 1 && minor <= 1_000_000_000 ? minor : null;
}

export function requestOf(draft: Draft): Schema.NewAutoRechargeSettings {
  const { enabled, threshold, way, amount, currency } = draft;
  const monthly_cap = { amount: capOf(draft) ?? 0, currency };
  return { enabled, threshold, ...(way === "fixed" ? { credits: amount } : { up_to: amount }), monthly_cap };
}

/**
 * The fewest and the most whole credits that one recharge can buy. Filling up begins below the threshold, and at worst
 * from nothing; fewer or more than are sold at once are never bought.
 */
export function boughtAtOnce(draft: Draft, sold: { min_credits: string; max_credits: string }): [string, string] {
  if (draft.way === "fixed") {
    return [draft.amount, draft.amount];
  }
  const within = (wanted: string) => {
    const whole = wholeUp(wanted);
    const atLeast = isMore(sold.min_credits, whole) ? sold.min_credits : whole;
    return isMore(atLeast, sold.max_credits) ? sold.max_credits : atLeast;
  };
  return [within(less(draft.amount, draft.threshold)), within(draft.amount)];
}
