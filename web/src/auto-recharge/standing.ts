/** How an auto-recharge stands, for whoever it belongs to: one tone, one sentence, and what they can do. */
import type { Schema } from "@credits/contract";

import { declineReason } from "./declines";
import type { AutoRechargeTexts } from "./texts.en";

export type Tone = "neutral" | "good" | "info" | "warn" | "bad";

export const toneOf: Record<Schema.AutoRechargeStatus, Tone> = {
  off: "neutral",
  no_payment_method: "warn",
  active: "good",
  recharging: "info",
  needs_authentication: "warn",
  pausing: "warn",
  cap_reached: "warn",
  suspended: "bad",
};

/** How figures and moments are shown: "100 credits", "in 2 hours". */
export interface Shown {
  credits(credits: string): string;
  moment(instant: string): string;
}

export function declineSentence(code: string, texts: AutoRechargeTexts): string {
  return texts.declines[declineReason(code)];
}

export function standingOf(recharge: Schema.AutoRecharge, texts: AutoRechargeTexts, shown: Shown): string {
  const { status, settings } = recharge;
  const says = texts.state;
  switch (status) {
    case "active": {
      if (settings === null || settings === undefined) {
        return says.off;
      }
      const threshold = shown.credits(settings.threshold);
      return settings.up_to === undefined
        ? says.active(threshold, shown.credits(settings.credits ?? "0"))
        : says.activeUpTo(threshold, shown.credits(settings.up_to));
    }
    case "pausing":
      return says.pausing(
        declineSentence(recharge.last_failure?.code ?? "", texts),
        recharge.next_attempt_at == null ? "" : shown.moment(recharge.next_attempt_at),
      );
    case "cap_reached":
      return says.cap_reached(shown.moment(recharge.cycle.end));
    case "suspended":
      return says.suspended(suspensionSentence(recharge, texts));
    case "off":
    case "no_payment_method":
    case "recharging":
    case "needs_authentication":
      return says[status];
  }
}

/** A card that was refused is told with the reason that was given, as far as it can be. */
function suspensionSentence(
  { suspended_because, last_failure }: Schema.AutoRecharge,
  texts: AutoRechargeTexts,
): string {
  const why = texts.suspensions[suspended_because ?? "too_many_failures"];
  const declined = suspended_because === "card_refused" || suspended_because === "too_many_failures";
  return declined && last_failure != null ? `${why} ${declineSentence(last_failure.code, texts)}` : why;
}
