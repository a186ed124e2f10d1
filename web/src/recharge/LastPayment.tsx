/** What became of the payment that this tab has begun last, for whoever has come back to choosing. */
import { checkoutOutcome, type Schema } from "@credits/contract";

import { sum } from "../amounts/credits";
import { href } from "../app/routes";
import { useFormat } from "../i18n/format";
import { Banner } from "../ui/Banner";
import { useTexts } from "./texts";

interface LastPaymentProps {
  session: Schema.CheckoutSession | undefined;
  /** They came back by Stripe's own link for those who do not pay. */
  isCancelled: boolean;
}

export function LastPayment({ session, isCancelled }: LastPaymentProps) {
  const { last: t } = useTexts();
  const format = useFormat();
  const outcome = session && checkoutOutcome[session.status];
  const what =
    session && t.what(format.credits(sum(session.credits, session.bonus_credits)), format.money(session.price));
  const goOn = outcome === "processing" && session?.url ? <a href={session.url}>{t.goOn}</a> : undefined;
  if (isCancelled) {
    return (
      <Banner tone="info" title={t.cancelled} action={goOn}>
        {t.cancelledExplained}
      </Banner>
    );
  }
  if (what === undefined || outcome === "expired" || outcome === "failed") {
    return null;
  }
  if (outcome === "processing") {
    return (
      <Banner tone="info" title={t.unfinished} action={goOn}>
        {what}
      </Banner>
    );
  }
  return (
    <Banner tone="good" title={t.done} action={<a href={href("buy", { session: session?.id })}>{t.see}</a>}>
      {what}
    </Banner>
  );
}
