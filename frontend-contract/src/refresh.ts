/**
 * What a page may keep, and for how long: the keys of what it has read, how long each answer stays fresh, and what a
 * live event or a change of the user's makes stale. No framework is named; README.md says how TanStack Query takes it.
 */
import type { Balance, Notification, NotificationKind } from "./schema";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** What can be read, each with how many milliseconds an answer is shown without asking again. */
export const freshness = {
  balance: 30 * SECOND,
  lots: MINUTE,
  history: 30 * SECOND,
  summary: MINUTE,
  /** Rates change at an instant that was announced before, packages when an administrator changes them. */
  operations: 5 * MINUTE,
  packages: 5 * MINUTE,
  customPrice: 5 * MINUTE,
  /** The price is pinned for 15 minutes, whether it can be afforded is not. */
  quote: MINUTE,
  advice: 5 * MINUTE,
  purchases: 30 * SECOND,
  /** Followed by `followCheckout` and `followCardSession`, which ask again by themselves. */
  checkout: 0,
  cardSession: 0,
  autoRecharge: 30 * SECOND,
  notifications: 30 * SECOND,
  preferences: 5 * MINUTE,
} as const;

export type Topic = keyof typeof freshness;

/** How often to ask for the balance while the live stream is down. */
export const BALANCE_POLL_MS = 30 * SECOND;

/** Every key begins with this: what is to be thrown away when somebody else signs in. */
export const ROOT = "credits";

/** The key of an answer: its topic, then whatever was asked for. `queryKey("lots")` stands for all answers about lots. */
export function queryKey(topic: Topic, ...asked: unknown[]): readonly unknown[] {
  return [ROOT, topic, ...asked];
}

/** What follows from a change of the amounts: everything that adds up to them. */
const AMOUNTS = ["lots", "history", "summary", "quote", "advice"] as const satisfies Topic[];

/** What is stale once the stream tells of a new balance, beyond the balance itself, which the event brings along. */
export function staleAfterBalance(before: Balance | undefined, after: Balance): readonly Topic[] {
  if (before === undefined) {
    return [];
  }
  const changed = (of: (balance: Balance) => unknown) => of(before) !== of(after);
  const stale: Topic[] = [];
  if (
    changed((it) => it.available) ||
    changed((it) => it.held) ||
    changed((it) => it.frozen) ||
    changed((it) => it.debt) ||
    changed((it) => it.cycle.consumed) ||
    changed((it) => it.cycle.start)
  ) {
    stale.push(...AMOUNTS);
  }
  if (changed((it) => it.pending) || changed((it) => it.frozen)) {
    stale.push("purchases");
  }
  return stale;
}

const byNotice: Record<NotificationKind, readonly Topic[]> = {
  "purchase.paid": ["balance", ...AMOUNTS, "purchases", "packages", "autoRecharge"],
  "credits.given": ["balance", ...AMOUNTS],
  "credits.taken": ["balance", ...AMOUNTS],
  "credits.expiring": [],
  "credits.expired": ["balance", ...AMOUNTS],
  "balance.low": [],
  "balance.recovered": [],
  "limit.reached": [],
  "debt.incurred": ["balance", ...AMOUNTS],
  "payment.reversed": ["balance", ...AMOUNTS, "purchases"],
  "payment.restored": ["balance", ...AMOUNTS, "purchases"],
  "payment.disputed": ["balance", ...AMOUNTS, "purchases"],
  "dispute.ended": ["balance", ...AMOUNTS, "purchases"],
  "recharge.failed": ["autoRecharge", "purchases"],
  "recharge.suspended": ["autoRecharge"],
  "recharge.needs_authentication": ["autoRecharge", "purchases"],
  "recharge.cap": ["autoRecharge"],
  "webhook_endpoint.disabled": [],
};

/** What is stale once the stream tells of a notice. A kind that is newer than this table is about the feed alone. */
export function staleAfterNotice({ kind }: Pick<Notification, "kind">): readonly Topic[] {
  return ["notifications", ...((byNotice as Record<string, readonly Topic[] | undefined>)[kind] ?? [])];
}

/** What is stale once the user has changed something, by the operation that did it. */
export const staleAfterChange = {
  create_checkout_session: ["purchases"],
  /** A purchase that was followed and is done: the stream may be down. */
  checkout_done: ["balance", ...AMOUNTS, "purchases", "packages", "notifications"],
  create_quote: [],
  create_payment_method_session: [],
  card_saved: ["autoRecharge"],
  delete_payment_method: ["autoRecharge"],
  update_auto_recharge: ["autoRecharge"],
  read_notifications: ["notifications"],
  update_notification_preferences: ["preferences"],
} as const satisfies Record<string, readonly Topic[]>;

/** An account in full use changes many times a second: what is stale is asked for again no more often than this. */
export const REFRESH_AT_MOST_EVERY_MS = 2 * SECOND;

/** Collects what is stale and hands it on: at once, then at most once in `everyMs`. Stop it with `stop`. */
export function createRefresher(refresh: (topics: readonly Topic[]) => void, everyMs = REFRESH_AT_MOST_EVERY_MS) {
  const stale = new Set<Topic>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hand = () => {
    timer = undefined;
    if (stale.size > 0) {
      const topics = [...stale];
      stale.clear();
      timer = setTimeout(hand, everyMs);
      refresh(topics);
    }
  };
  return {
    add(topics: readonly Topic[]) {
      topics.forEach((topic) => stale.add(topic));
      if (timer === undefined) {
        hand();
      }
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      stale.clear();
    },
  };
}
