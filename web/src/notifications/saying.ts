/** What a notice says, and where it leads: from its kind and its figures to a headline, a sentence and a link. */
import type { Schema } from "@credits/contract";

import { declineReason } from "../auto-recharge/declines";
import type { AutoRechargeTexts } from "../auto-recharge/texts.en";
import type { Tone } from "../ui/Banner";
import { href } from "../app/routes";
import type { NoticeTexts, Saying } from "./texts.en";

type Notice = Schema.Notification;
type Kind = Schema.NotificationKind;

/** How figures and moments are shown: "97.5 credits", "29 Nov 2026, 10:02", "80 %". */
export interface Shown {
  credits(credits: string): string;
  moment(instant: string): string;
  percent(percent: number): string;
  operation(operation: string): string;
}

export function sayingOf(
  notice: Notice,
  texts: NoticeTexts,
  recharge: Pick<AutoRechargeTexts, "declines" | "suspensions">,
  shown: Shown,
): Saying {
  const maybe = (text: string | undefined, show: (text: string) => string) => (text === undefined ? "" : show(text));
  return texts.says[notice.kind]({
    credits: maybe(notice.credits, shown.credits),
    threshold: maybe(notice.threshold, shown.credits),
    debt: maybe(notice.debt, shown.credits),
    days: notice.days ?? 0,
    expiresAt: maybe(notice.expires_at, shown.moment),
    operation: maybe(notice.operation, shown.operation),
    window: notice.window,
    resetsAt: maybe(notice.resets_at, shown.moment),
    percent: notice.percent === undefined ? "" : shown.percent(notice.percent),
    isWhole: (notice.percent ?? 0) >= 100,
    decline: recharge.declines[declineReason(notice.decline_code ?? "")],
    suspension: recharge.suspensions[notice.suspended_because ?? "too_many_failures"],
    url: notice.url ?? "",
  });
}

export const toneOf: Record<Kind, Tone> = {
  "purchase.paid": "good",
  "credits.given": "good",
  "credits.taken": "info",
  "credits.expiring": "warn",
  "credits.expired": "info",
  "balance.low": "warn",
  "balance.recovered": "good",
  "limit.reached": "warn",
  "debt.incurred": "warn",
  "payment.reversed": "info",
  "payment.restored": "good",
  "payment.disputed": "bad",
  "dispute.ended": "good",
  "recharge.failed": "bad",
  "recharge.suspended": "bad",
  "recharge.needs_authentication": "warn",
  "recharge.cap": "info",
  "webhook_endpoint.disabled": "warn",
};

export interface Way {
  to: string;
  label: string;
}

/** Where what it is about can be seen, or put right; null where that is nowhere on this page. */
export function wayFrom(notice: Notice, texts: NoticeTexts): Way | null {
  const { links } = texts;
  switch (notice.kind) {
    case "credits.expiring":
      return { to: href("lots"), label: links.lots };
    case "balance.low":
    case "debt.incurred":
      return { to: href("buy"), label: links.buy };
    case "recharge.failed":
    case "recharge.suspended":
    case "recharge.needs_authentication":
    case "recharge.cap":
      return { to: href("auto-recharge"), label: links.recharge };
    case "purchase.paid":
    case "payment.reversed":
    case "payment.restored":
    case "payment.disputed":
    case "dispute.ended":
      return { to: href("purchases", { id: notice.purchase_id }), label: links.purchase };
    case "credits.given":
    case "credits.taken":
      return {
        to: href("history", { kind: notice.kind === "credits.given" ? undefined : "adjustment" }),
        label: links.entry,
      };
    case "credits.expired":
      return { to: href("history", { kind: "expiry" }), label: links.entry };
    case "balance.recovered":
    case "limit.reached":
    case "webhook_endpoint.disabled":
      return null;
  }
}
