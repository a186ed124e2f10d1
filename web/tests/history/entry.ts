/** An entry for tests: a debit of 25 of 1000 credits, but for what is given. */
import type { Schema } from "@credits/contract";

export function entry(given: Partial<Schema.Entry> = {}): Schema.Entry {
  return {
    id: "019aaf11-0100-7a07-b1f3-0c1d2e3f4a5b",
    sequence: 2,
    kind: "debit",
    amount: "-25",
    held_change: "0",
    balance_after: "975",
    available_after: "975",
    lots: [],
    created_at: "2026-11-23T09:02:00Z",
    ...given,
  };
}
