/** Lots in the order in which they are used, and what follows from it for the ones that end first. */
import type { Schema } from "@credits/contract";

import { credits, isZero, less, micro } from "../amounts/credits";
import { wholeUp } from "../amounts/whole";

type Lot = Schema.Lot;

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The ledger's order: a lower priority first, then the soonest end; of those that end together what was given before
 * what was paid for, then the oldest.
 */
export function inBurnOrder(lots: readonly Lot[]): Lot[] {
  return [...lots].sort(
    (a, b) =>
      a.priority - b.priority ||
      Date.parse(a.expires_at) - Date.parse(b.expires_at) ||
      Number(a.source === "purchase") - Number(b.source === "purchase") ||
      Date.parse(a.granted_at) - Date.parse(b.granted_at) ||
      (a.id < b.id ? -1 : 1),
  );
}

/** How soon a lot ends, as a colour tells it. */
export type Urgency = "soon" | "near" | "far";

export function urgencyOf(lot: Lot, now: Date): Urgency {
  const days = (Date.parse(lot.expires_at) - now.getTime()) / DAY_MS;
  return days <= 30 ? "soon" : days <= 90 ? "near" : "far";
}

/**
 * What can still be drawn from a lot. What work under way holds of it outlives its end, and needs no hurry; what a
 * dispute keeps back cannot be used at all.
 */
export function freeOf(lot: Lot): string {
  return less(less(lot.remaining, lot.held), lot.frozen);
}

/** The lot whose end is the next that anything is forfeited at. */
export function nextToEnd(lots: readonly Lot[]): Lot | undefined {
  const free = lots.filter((lot) => !isZero(freeOf(lot)));
  return free.sort((a, b) => Date.parse(a.expires_at) - Date.parse(b.expires_at))[0];
}

/** What to do so that a lot does not end unused. */
export interface Pace {
  lot: Lot;
  /** Everything to be used by its end: what is free of it, and of those that are used before it. */
  credits: string;
  /** So much each day, rounded up to a whole credit; null where a day is all that is left, or less. */
  perDay: string | null;
}

/** The lots that end within 90 days and have something free, each with the pace at which nothing of it is forfeited. */
export function paces(lots: readonly Lot[], now: Date): Pace[] {
  let before = 0n;
  const all = inBurnOrder(lots).map((lot) => {
    before += micro(freeOf(lot));
    const days = Math.floor((Date.parse(lot.expires_at) - now.getTime()) / DAY_MS);
    return { lot, credits: credits(before), perDay: days < 2 ? null : wholeUp(credits(before / BigInt(days))) };
  });
  return all.filter(({ lot }) => urgencyOf(lot, now) !== "far" && !isZero(freeOf(lot)));
}
