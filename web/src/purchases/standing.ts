/** How a purchase stands, for its buyer: a tone for its badge, and a sentence where it is not simply paid. */
import type { Schema } from "@credits/contract";

import type { Tone } from "../ui/Banner";
import type { PurchaseTexts } from "./texts.en";

export const toneOf: Record<Schema.CheckoutStatus, Tone | "neutral"> = {
  open: "neutral",
  awaiting_funds: "info",
  paid: "good",
  disputed: "bad",
  refunded: "neutral",
  expired: "neutral",
  failed: "bad",
  review: "warn",
};

export function explanationOf({ status, review }: Schema.Purchase, texts: PurchaseTexts): string | null {
  if (status !== "paid") {
    return texts.explained[status];
  }
  // The one thing that can be amiss with a purchase whose credits are there.
  return review === undefined ? null : texts.secondPayment;
}

/** Whether its payment page may still be open. */
export function canGoOn(purchase: Schema.Purchase): boolean {
  return purchase.status === "open" && purchase.checkout_session_id !== undefined;
}
