/** What the screen of purchases says, in English. Amounts and moments come in as they are shown. */
import type { Schema } from "@credits/contract";

const badges: Record<Schema.CheckoutStatus, string> = {
  open: "Not paid yet",
  awaiting_funds: "Waiting for the money",
  paid: "Paid",
  disputed: "Disputed",
  refunded: "Refunded",
  expired: "Lapsed",
  failed: "Failed",
  review: "Under review",
};

/** What a purchase that is not simply paid means for its buyer. */
const explained: Record<Exclude<Schema.CheckoutStatus, "paid">, string> = {
  open: "Nothing was charged. You can go on where you left off until the payment page closes.",
  awaiting_funds: "Your bank is sending the money. The credits arrive with it, which can take some days.",
  disputed: "Your bank looks into this payment. Until it has decided, what is left of these credits is frozen.",
  refunded: "Money went back to you, and credits with it. What was used of them already is owed.",
  expired: "The payment page closed before it was paid. Nothing was charged.",
  failed: "The payment did not go through. Nothing was charged.",
  review:
    "Something about this payment needs a person to look at it. You need not do anything: your money is not lost.",
};

export const en = {
  title: "Purchases",
  intro: "What you bought, with its receipts.",
  badges,
  explained,
  secondPayment: "Another payment came in for this purchase. Somebody is looking at it; you need not do anything.",
  list: {
    bonus: (credits: string) => `and ${credits} on top`,
    paid: (moment: string) => `Paid ${moment}`,
    begun: (moment: string) => `Begun ${moment}`,
    tax: (tax: string) => `with ${tax} of tax`,
    code: (code: string, listPrice: string) => `Code ${code} instead of ${listPrice}`,
    receipt: "Receipt",
    invoice: "Invoice",
    newTab: "opens in a new tab",
    history: "In the history",
    resume: "Go on to the payment",
    closed: "The payment page has closed. Start again, and nothing was charged.",
    empty: "Nothing bought yet",
    emptyText: "Your purchases and their receipts stand here.",
    buy: "Buy credits",
    found: "The purchase that a link led to",
    close: "Close",
    all: "All purchases",
  },
};

export type PurchaseTexts = typeof en;
