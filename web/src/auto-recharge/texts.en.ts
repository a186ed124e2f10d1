/** What the auto-recharge screen says, in English. Credits, money and moments come in as they are shown. */
import type { Schema } from "@credits/contract";
import type { DeclineReason } from "./declines";

const declines: Record<DeclineReason, string> = {
  authenticate: "The bank asks for the payment to be confirmed.",
  bank: "The bank refused the payment. It can tell you why.",
  currency: "The card cannot pay in this currency.",
  data: "The card's details are not, or no longer, right.",
  duplicate: "The bank took it for a payment that was made before.",
  expired: "The card has expired.",
  funds: "There was not enough money for the payment.",
  gone: "The card is no longer saved at Stripe.",
  later: "The bank could not process the payment at that moment.",
  limit: "The payment would go past a limit of the card's.",
  pin: "The card asks for a PIN, which cannot be given here.",
  stopped: "Payments with this card were stopped.",
  test: "It is a test card, and takes no part in real payments.",
  unsupported: "The card cannot be used for payments of this kind.",
};

const suspensions: Record<Schema.Suspension, string> = {
  too_many_failures: "The card was declined too often in a row.",
  card_refused: "The card is not to be charged again.",
  card_removed: "The card was removed.",
  payment_reversed: "A payment with the card went back, or is disputed.",
};

const badges: Record<Schema.AutoRechargeStatus, string> = {
  off: "Off",
  no_payment_method: "Needs a card",
  active: "On",
  recharging: "Recharging",
  needs_authentication: "Needs you",
  pausing: "Pausing",
  cap_reached: "Cap reached",
  suspended: "Suspended",
};

export const en = {
  title: "Auto-recharge",
  intro: "Buys credits by itself when you run low, so that work does not stop. Off until you turn it on.",
  badges,
  declines,
  suspensions,
  heading: "How it stands",
  state: {
    off: "Nothing is bought by itself.",
    no_payment_method: "It is on, but there is no card to charge yet. Save one, and it begins.",
    active: (threshold: string, amount: string) =>
      `As soon as fewer than ${threshold} are available, ${amount} are bought.`,
    activeUpTo: (threshold: string, target: string) =>
      `As soon as fewer than ${threshold} are available, it fills up to ${target}.`,
    recharging: "A recharge is under way. The credits arrive as soon as the payment is confirmed.",
    needs_authentication: "Your bank asks you to confirm a payment. Nothing is bought before.",
    linkUntil: (moment: string) => `The link is good until ${moment}.`,
    confirm: "Confirm the payment",
    pausing: (reason: string, moment: string) => `${reason} Nothing was bought. It is tried again ${moment}.`,
    cap_reached: (moment: string) =>
      `One more recharge would go past your cap. It goes on with the next cycle, ${moment}, or with a higher cap.`,
    suspended: (why: string) => `${why} Save a card, and it goes on.`,
    lastFailure: (moment: string) => `Last failure, ${moment}:`,
    spent: "Spent in this cycle",
    spentOf: (spent: string, cap: string) => `${spent} of ${cap}`,
    cycleEnds: (moment: string) => `The cycle ends ${moment}.`,
  },
  form: {
    heading: "When and how much",
    enabled: "Recharge automatically",
    threshold: "When fewer credits are available than",
    thresholdHelp: "The threshold. Work that is under way does not count as available.",
    way: "Buy",
    fixed: "The same amount each time",
    upTo: "Fill up to a level",
    credits: "Credits each time",
    target: "Fill up to",
    cap: "Most to spend in a cycle",
    capHelp: "Once the next recharge would go past this, nothing more is bought in that cycle.",
    price: (credits: string, price: string) => `${credits} cost ${price} today.`,
    priceRange: (least: string, most: string) => `Each recharge costs between ${least} and ${most} today.`,
    unit: "credits",
    currency: "Currency",
    save: "Save settings",
    saved: "Saved.",
    terms: "Bought credits end one year after the payment and are not refundable.",
  },
  wrong: {
    number: "A number of credits above zero, such as 1000 or 99.5.",
    whole: "A whole number of credits, such as 1000.",
    range: (least: string, most: string) => `Between ${least} and ${most} at once.`,
    target: "This must lie above the threshold.",
    cap: "An amount of money above zero, such as 50 or 49.99.",
    capTooLow: (price: string) => `One recharge costs ${price}: a lower cap would never let one through.`,
  },
  card: {
    heading: "Saved card",
    none: "No card is saved.",
    why: "The card is entered at Stripe and kept there. Nothing is charged by saving it.",
    save: "Save a card",
    replace: "Use another card",
    remove: "Remove card",
    ends: (digits: string) => `ending in ${digits}`,
    expires: (month: string) => `Valid until ${month}`,
    removeTitle: "Remove this card?",
    removeText: "It is charged no more, and Stripe forgets it. A purchase that is under way is not undone.",
    keep: "Keep it",
    saving: "Looking for your card at Stripe …",
    savedNow: "Your card is saved.",
    notSaved: "No card was saved. You can try again at any time.",
    stillOpen: "Stripe has no card from you yet.",
  },
};

export type AutoRechargeTexts = typeof en;
