/** What the screen of lots says, in English. Amounts and moments come in as they are shown. */
import type { Schema } from "@credits/contract";

const sources: Record<Schema.LotSource, string> = {
  purchase: "Bought",
  bonus: "Bonus",
  promotion: "Given",
  adjustment: "Adjustment",
};

export const en = {
  title: "Credits",
  intro:
    "Your credits lie in lots: each came at one moment, and ends at one. Those that end soonest are used first, by themselves.",
  sources,
  endings: {
    heading: "What ends when",
    week: "Within 7 days",
    month: "Within 30 days",
    quarter: "Within 90 days",
    none: "Nothing",
    explained: "Each figure includes the one before. What is left of a lot at its end is forfeited.",
  },
  first: {
    heading: "Use these first",
    calm: "Nothing that is free to use ends within 90 days.",
    calmText: (moment: string) => `The next end is ${moment}.`,
    pace: (credits: string, moment: string) =>
      `Use about ${credits} a day until ${moment}, and nothing of them is forfeited.`,
    today: (credits: string, moment: string) => `${credits} end ${moment}.`,
    enough: "At the pace of your last 52 weeks you will use them all in time.",
    unused: (credits: string) => `At the pace of your last 52 weeks about ${credits} of what you have will end unused.`,
    estimate: "See what they would pay for",
  },
  list: {
    heading: "In the order in which they are used",
    next: "Next",
    before: "Used before the others, as it was given",
    after: "Used after the others, as it was given",
    held: (credits: string) => `${credits} of it set aside for work under way`,
    frozen: (credits: string) => `${credits} of it kept back while the payment is disputed`,
    granted: (day: string) => `Arrived ${day}`,
    of: (granted: string) => `of ${granted} left`,
    ends: (day: string) => `Ends ${day}`,
    purchase: "See the purchase",
    empty: "No credits",
    emptyText: "Credits that you buy, or are given, lie here until they are used or end.",
    buy: "Buy credits",
  },
  terms:
    "Bought credits and their bonus end one calendar year after the payment was confirmed, and are not refundable.",
};

export type LotTexts = typeof en;
