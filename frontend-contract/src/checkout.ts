/**
 * Buying, from the button to the credits: one session for each attempt, the way to Stripe and back, and what became of
 * it. A card is saved in the same way, on a page of Stripe's and back.
 */
import type { Credits } from "./client";
import { follow, type Followed } from "./follow";
import type { Attempts } from "./idempotency";
import type { CheckoutSession, CheckoutStatus, NewCheckoutSession, PaymentMethodSession } from "./schema";

/** What is bought: a package or a number of credits, in a currency, with a promotion code or without. */
export type Offer = Omit<NewCheckoutSession, "success_url" | "cancel_url">;

/** Makes a session; send the buyer to its `url`. A double click, or a second try after a lost answer, makes one. */
export function startCheckout(credits: Credits, attempts: Attempts, offer: Offer, page: string) {
  return attempts.run({ ...offer, ...returnUrls(page, "checkout") }, (body, key) =>
    credits.post("/v1/checkout-sessions", { params: { header: { "Idempotency-Key": key } }, body }),
  );
}

/** Makes a page of Stripe's on which a card is saved; send its owner to its `url`. */
export function startCardSession(credits: Credits, attempts: Attempts, page: string) {
  return attempts.run(returnUrls(page, "card"), (body, key) =>
    credits.post("/v1/payment-method-sessions", { params: { header: { "Idempotency-Key": key } }, body }),
  );
}

const CANCELLED = "cancelled";
type Errand = "checkout" | "card";

/** Where Stripe sends people back to: `page`, an absolute URL, with the session's id or word that they gave up. */
export function returnUrls(page: string, errand: Errand): { success_url: string; cancel_url: string } {
  const marked = (value: string) => {
    const url = new URL(withoutReturn(page));
    const query = [url.search.slice(1), `${errand}=${value}`].filter((part) => part !== "").join("&");
    return `${url.origin}${url.pathname}?${query}${url.hash}`;
  };
  // Stripe replaces the braces, which therefore must not be encoded; and only those of the success URL.
  return { success_url: marked("{CHECKOUT_SESSION_ID}"), cancel_url: marked(CANCELLED) };
}

export interface Return {
  errand: Errand;
  /** Null: they came back without having finished. */
  sessionId: string | null;
}

/** Whether `page`, an absolute URL, is one that Stripe has sent somebody back to. */
export function returnedFrom(page: string): Return | null {
  const query = new URL(page).searchParams;
  for (const errand of ["checkout", "card"] as const) {
    const value = query.get(errand);
    if (value !== null) {
      return { errand, sessionId: value === CANCELLED ? null : value };
    }
  }
  return null;
}

/** The same page without the marks of a return: replace the address by it, so that a reload does not return again. */
export function withoutReturn(page: string): string {
  const url = new URL(page);
  url.searchParams.delete("checkout");
  url.searchParams.delete("card");
  return url.href;
}

/**
 * processing: not decided yet. done: the credits are there. awaiting_funds: the bank takes days; credits come then.
 * failed: no money came. expired: the session ended unpaid. review: somebody looks at the payment before credits come.
 * reversed: it was paid, and the money went back or is disputed.
 */
export type CheckoutOutcome = "processing" | "awaiting_funds" | "done" | "failed" | "expired" | "review" | "reversed";

export const checkoutOutcome: Record<CheckoutStatus, CheckoutOutcome> = {
  open: "processing",
  awaiting_funds: "awaiting_funds",
  paid: "done",
  failed: "failed",
  expired: "expired",
  review: "review",
  disputed: "reversed",
  refunded: "reversed",
};

export interface CheckoutProgress {
  outcome: CheckoutOutcome;
  session: CheckoutSession;
  /** Still processing, and asked about no longer: the credits come by themselves. */
  delayed: boolean;
}

/** What becomes of a session, from the return page on. The last one given is final, unless it is `delayed`. */
export async function* followCheckout(credits: Credits, id: string, signal: AbortSignal) {
  const read = () => credits.get("/v1/checkout-sessions/{id}", { params: { path: { id } }, signal });
  const isSettled = (session: CheckoutSession) => checkoutOutcome[session.status] !== "processing";
  for await (const { now, delayed } of follow(read, isSettled, signal)) {
    yield { outcome: checkoutOutcome[now.status], session: now, delayed } satisfies CheckoutProgress;
  }
}

/** What becomes of saving a card: settled as soon as its session is no longer open. */
export function followCardSession(
  credits: Credits,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<Followed<PaymentMethodSession>, void> {
  const read = () => credits.get("/v1/payment-method-sessions/{id}", { params: { path: { id } }, signal });
  return follow(read, (session) => session.status !== "open", signal);
}
