/** What an entry of the ledger tells the person whose credits they are: what happened, and which figure shows it. */
import type { Schema } from "@credits/contract";

import { credits, isZero, micro } from "../amounts/credits";

type Entry = Schema.Entry;

export type EntryStory =
  | "bought"
  | "given"
  | "used"
  | "set_aside"
  | "settled"
  | "released"
  | "given_back"
  | "forfeited"
  | "taken_back"
  | "restored"
  | "frozen"
  | "thawed"
  | "raised"
  | "lowered"
  | "debt_paid";

const isNegative = (amount: string) => micro(amount) < 0n;

export function storyOf(entry: Entry): EntryStory {
  switch (entry.kind) {
    case "grant":
      return entry.purchase_id === undefined ? "given" : "bought";
    case "debit":
      return "used";
    case "hold":
      // A hold that was extended with fewer credits lets some go.
      return isNegative(entry.held_change) ? "released" : "set_aside";
    case "capture":
      return "settled";
    case "release":
      return "released";
    case "refund":
      return "given_back";
    case "expiry":
      return "forfeited";
    case "clawback":
      // What a failed refund had taken is given back.
      return isNegative(entry.amount) ? "taken_back" : "restored";
    case "freeze":
      return "frozen";
    case "thaw":
      return "thawed";
    case "adjustment":
      return isNegative(entry.amount) ? "lowered" : "raised";
    case "debt_payment":
      return "debt_paid";
  }
}

/** The figure that an entry is about, and of what it is a change. */
export interface Change {
  of: "owned" | "held" | "frozen";
  credits: string;
}

export function changeOf(entry: Entry): Change {
  switch (entry.kind) {
    case "hold":
    case "release":
      return { of: "held", credits: entry.held_change };
    case "freeze":
    case "thaw":
      return { of: "frozen", credits: entry.frozen_change ?? "0" };
    default:
      return { of: "owned", credits: entry.amount };
  }
}

/** What the work cost beyond what there was, if it did. */
export function owedBy(entry: Entry): string | null {
  const owed = entry.debt_change;
  return owed !== undefined && micro(owed) > 0n ? owed : null;
}

/** What could be spent just before it. */
export function availableBefore(entry: Entry): string {
  const change = micro(entry.amount) - micro(entry.held_change) - micro(entry.frozen_change ?? "0");
  return credits(micro(entry.available_after) - change);
}

/** What of a lot's change is worth showing: the credits, else what came under a hold, else what froze. */
export function changeOfLot(lot: Schema.LotChange): Change {
  if (!isZero(lot.credits)) {
    return { of: "owned", credits: lot.credits };
  }
  return lot.frozen_change === undefined
    ? { of: "held", credits: lot.held_change ?? "0" }
    : { of: "frozen", credits: lot.frozen_change };
}
