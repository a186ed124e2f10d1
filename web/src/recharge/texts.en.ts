/** What the screen of buying says, in English. Amounts and moments come in as they are shown. */
export const en = {
  title: "Buy credits",
  lead: "Choose a package or a number of your own. Larger ones cost less per credit.",
  steps: { label: "Steps", choose: "Choose", pay: "Pay at Stripe", done: "Verify" },
  packages: {
    title: "How many credits",
    label: "Packages",
    credits: (credits: string) => `${credits} credits`,
    bonus: (credits: string) => `${credits} of them as a bonus`,
    each: (price: string) => `${price} per credit`,
    saving: (percent: string) => `${percent} saved`,
    suggested: "Fits your use",
    other: "Another amount",
    otherExplained: "Any whole number",
  },
  custom: {
    label: "Number of credits",
    unit: "credits",
    between: (least: string, most: string) => `A whole number from ${least} to ${most}.`,
    notWhole: "Please write a whole number, such as 2500.",
    slabsTitle: "How it is priced",
    slabsExplained:
      "Each credit costs what its step says, so that more credits never cost less in total, and presets follow the same steps.",
    slabsCaption: "Prices of custom amounts",
    from: "From credit number",
    each: "Each costs",
  },
  currency: "Currency",
  order: {
    title: "Your order",
    credits: "Credits",
    bonus: "of them a bonus",
    each: "Price per credit",
    saving: "Saved per credit",
    usable: "Usable until",
    code: "Promotion code",
    price: "Total",
    tax: "Stripe shows any tax before you pay.",
    terms: (day: string | undefined) =>
      `Credits are non-refundable once purchased. They end one year after the payment${day === undefined ? "" : `, on ${day}`}, and what is unused then is forfeited.`,
    pay: (price: string) => `Pay ${price} at Stripe`,
    paying: "Opening Stripe …",
    choose: "Choose an amount",
    secure: "You pay on Stripe's own page. Your card's number never reaches us.",
  },
  advice: {
    title: "At your use",
    needed: (likely: string, low: string, high: string, day: string) =>
      `You will likely need about ${likely} more credits until ${day}: ${low} at the least, ${high} at the most.`,
    neededNone: (day: string) => `What you have will likely do until ${day}.`,
    fits: "This amount will surely be used up before it ends.",
    likely: "This amount will likely be used up before it ends.",
    tooMuch: (credits: string) => `More than you will likely need: about ${credits} credits of it would end unused.`,
    reasons: {
      history_is_too_short:
        "There is too little history to tell how much you will need. Begin small: you can buy more at any time.",
      nothing_is_used: "Nothing was used lately. What you buy now may end unused.",
      holdings_will_do: "What you have will likely do for the whole year. What you buy now may end unused.",
      no_package_is_small_enough:
        "You need little: even the smallest package may not be used up. A custom amount may fit.",
    },
  },
  questions: {
    title: "Good to know",
    list: [
      [
        "What costs credits?",
        "Model inference, strategy generation, backtesting and advanced market analysis, each according to the computing that it takes.",
      ],
      [
        "Do they end?",
        "Yes, one year after the payment. We remind you 30, 7 and 1 days before. What ends first is used first.",
      ],
      [
        "Can I give unused credits back?",
        "No: credits are non-refundable once purchased. Buy what you will use within the year; you can buy more at any time.",
      ],
    ],
  },
  code: {
    ask: "I have a promotion code",
    label: "Promotion code",
    apply: "Apply",
    remove: "Remove",
    percent: (code: string, percent: string) => `${code}: ${percent} off`,
    credits: (code: string, credits: string) => `${code}: ${credits} more credits`,
    unknown: "There is no such code. Please check how it is spelt.",
    notFor: "This code is not for the amount you have chosen.",
  },
  last: {
    what: (credits: string, price: string) => `${credits} credits for ${price}.`,
    cancelled: "Nothing was charged",
    cancelledExplained: "You came back without paying. Choose anew, or go on with the same.",
    unfinished: "You have not finished paying",
    goOn: "Go on paying",
    done: "You have just bought credits",
    see: "What became of it",
  },
  outcome: {
    added: (credits: string) => `${credits} credits were added`,
    available: "Available now",
    until: "Usable until",
    paid: "Paid",
    receipt: "Receipt",
    history: "See it in the history",
    overview: "To the overview",
    again: "Choose again",
    more: "Buy more",
    goOn: "Not paid yet? Go on at Stripe",
    purchases: "See your purchases",
    failedRead: "We could not find out what became of the payment. Credits that are paid for come all the same.",
    states: {
      processing: {
        title: "Confirming the payment",
        text: "This takes a few seconds. Stay here, or go on: the credits come by themselves.",
      },
      delayed: {
        title: "The confirmation takes longer than usual",
        text: "You need not wait here. As soon as Stripe confirms the payment, the credits are added and we tell you.",
      },
      awaiting_funds: {
        title: "The bank is sending the money",
        text: "This way of paying takes up to a few days. The credits are added as soon as the money arrives, and we tell you.",
      },
      done: { title: "Payment confirmed", text: "" },
      failed: {
        title: "The payment failed",
        text: "Nothing was charged and no credits were added. Try again, with another card or another way of paying.",
      },
      expired: {
        title: "The payment was not made in time",
        text: "Nothing was charged. Choose an amount again to start anew.",
      },
      review: {
        title: "Your payment is being checked",
        text: "Something about it does not match, so a person looks at it before credits are added. There is nothing for you to do.",
      },
      reversed: {
        title: "This payment went back",
        text: "It was paid, but the money went back or is disputed, and its credits with it.",
      },
    },
  },
};

export type RechargeTexts = typeof en;
