/** What the screen of notices says, in English: a headline and a sentence for each kind, and the preferences. */
import type { Schema } from "@credits/contract";

/** What a notice carries, each as it is shown. What the kind does not have is empty. */
export interface NoticeFacts {
  /** "97.5 credits" */
  credits: string;
  threshold: string;
  debt: string;
  days: number;
  expiresAt: string;
  /** The operation's name; empty where a limit is on everything. */
  operation: string;
  window: Schema.LimitWindow | undefined;
  resetsAt: string;
  percent: string;
  isWhole: boolean;
  /** A sentence. */
  decline: string;
  /** A sentence. */
  suspension: string;
  url: string;
}

export interface Saying {
  title: string;
  text: string;
}

const windows: Record<Schema.LimitWindow, string> = { day: "a day", week: "a week", cycle: "a billing month" };

const says: Record<Schema.NotificationKind, (facts: NoticeFacts) => Saying> = {
  "purchase.paid": ({ credits }) => ({
    title: `${credits} have arrived`,
    text: "Your payment is confirmed, and what you bought can be used from now on.",
  }),
  "credits.given": ({ credits }) => ({
    title: `${credits} for you`,
    text: "They were given to you, and can be used right away.",
  }),
  "credits.taken": ({ credits }) => ({
    title: `${credits} were taken back`,
    text: "Your usage history shows the reason.",
  }),
  "credits.expiring": ({ credits, days, expiresAt }) => ({
    title: days === 1 ? `${credits} end within a day` : `${credits} end within ${days} days`,
    text: `What you do not use before ${expiresAt} is forfeited. Credits that end soonest are always used first.`,
  }),
  "credits.expired": ({ credits }) => ({
    title: `${credits} forfeited`,
    text: "That was left of a lot of credits when it ended.",
  }),
  "balance.low": ({ credits, threshold }) => ({
    title: `Only ${credits} left`,
    text: `That is fewer than the ${threshold} that you want to be told at. Work that costs more will be refused.`,
  }),
  "balance.recovered": ({ credits, threshold }) => ({
    title: "Enough credits again",
    text: `${credits} are available, clearly more than your threshold of ${threshold}.`,
  }),
  "limit.reached": ({ credits, operation, window, resetsAt }) => ({
    title: "A limit is reached",
    text:
      `${credits} may be used in ${window === undefined ? "this time" : windows[window]}` +
      `${operation === "" ? "" : ` for ${operation}`}. That left too little for what was asked for, so it was refused. ` +
      `There is room again from ${resetsAt}.`,
  }),
  "debt.incurred": ({ credits, debt }) => ({
    title: `Work cost ${credits} more than you had`,
    text: `It had begun, so it was finished. Owed now: ${debt}. Your next credits pay this first.`,
  }),
  "payment.reversed": ({ credits }) => ({
    title: "A payment went back",
    text: `With your money went the credits that it had bought: ${credits}. What was used of them already is owed.`,
  }),
  "payment.restored": ({ credits }) => ({
    title: "Your payment came again",
    text: `The credits that it had bought are back too: ${credits}.`,
  }),
  "payment.disputed": ({ credits }) => ({
    title: "A payment is disputed",
    text:
      `Your bank looks into it. Until it has decided, ${credits} are frozen. ` +
      "If you did not mean to dispute it, tell your bank.",
  }),
  "dispute.ended": ({ credits }) => ({
    title: "The dispute has ended",
    text: `Your bank has decided, and what was frozen is free again: ${credits}.`,
  }),
  "recharge.failed": ({ decline }) => ({
    title: "Your card was not charged",
    text: `${decline} Auto-recharge bought nothing.`,
  }),
  "recharge.suspended": ({ suspension }) => ({
    title: "Auto-recharge is suspended",
    text: `${suspension} Save a card, and it goes on.`,
  }),
  "recharge.needs_authentication": () => ({
    title: "Please confirm a payment",
    text: "Auto-recharge wants to buy credits, but your bank asks you to confirm it. Nothing is bought before.",
  }),
  "recharge.cap": ({ percent, isWhole }) => ({
    title: isWhole ? "The cap of auto-recharge is reached" : `${percent} of the cap of auto-recharge are spent`,
    text: isWhole
      ? "Nothing more is bought by itself in this billing cycle."
      : "The cap is the most that it may spend in a billing cycle. You set it.",
  }),
  "webhook_endpoint.disabled": ({ url }) => ({
    title: "A webhook endpoint was disabled",
    text: `Nothing has got through to ${url} for days, or it says that it is gone. It is sent nothing more.`,
  }),
};

const kinds: Record<Schema.NotificationKind, string> = {
  "purchase.paid": "Bought credits have arrived",
  "credits.given": "Credits were given to me",
  "credits.taken": "Credits were taken back",
  "credits.expiring": "Credits end soon",
  "credits.expired": "Credits were forfeited",
  "balance.low": "Few credits are left",
  "balance.recovered": "There are enough credits again",
  "limit.reached": "A limit is reached",
  "debt.incurred": "Work cost more than I had",
  "payment.reversed": "A payment went back",
  "payment.restored": "A payment came again",
  "payment.disputed": "A payment is disputed",
  "dispute.ended": "A dispute has ended",
  "recharge.failed": "The saved card was declined",
  "recharge.suspended": "Auto-recharge is suspended",
  "recharge.needs_authentication": "A recharge needs my confirmation",
  "recharge.cap": "The cap is near or reached",
  "webhook_endpoint.disabled": "A webhook endpoint of mine was disabled",
};

export const en = {
  title: "Notices",
  intro: "What happened to your credits without your doing.",
  says,
  kinds,
  links: {
    entry: "See it in the history",
    purchase: "See the purchase",
    lots: "See what ends",
    buy: "Buy credits",
    recharge: "Look at auto-recharge",
  },
  feed: {
    heading: "Latest",
    unread: (count: string) => `${count} unread`,
    new: "New",
    markAll: "Mark all as read",
    marked: "All notices are read.",
    empty: "Nothing to tell",
    emptyText: "When credits arrive, run low or come near their end, you read it here.",
  },
  preferences: {
    tab: "Preferences",
    heading: "What you want to hear of",
    text: "Mails go to the address that the platform has for you.",
    kind: "Notice",
    inFeed: "On this page",
    byEmail: "By mail",
    groups: { credits: "Credits", payments: "Payments", recharge: "Auto-recharge", other: "Other" },
    toggle: (kind: string, channel: string) => `${kind}: ${channel}`,
    save: "Save choices",
    saved: "Saved.",
    changed: "You have changes that are not saved.",
  },
  low: {
    heading: "Low balance",
    text: "You are told once when less than one of these is available, and again only after it had recovered.",
    label: (number: string) => `Threshold ${number}`,
    unit: "credits",
    add: "Add a threshold",
    remove: (threshold: string) => `Remove the threshold ${threshold}`,
    removeShort: "Remove",
    none: "No threshold: you are never told that little is left.",
    most: (count: string) => `That is as many as there can be: ${count}.`,
    wrong: "A number of credits above zero, such as 1000 or 99.5.",
    twice: "This threshold is there already.",
  },
};

export type NoticeTexts = typeof en;
