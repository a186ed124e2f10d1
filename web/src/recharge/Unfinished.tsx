/** Who left for Stripe and came back by the browser's own button finds the open payment, or what became of it. */
import { checkoutOutcome } from "@credits/contract";
import { useEffect } from "react";

import { sum } from "../amounts/credits";
import { href, replace } from "../app/routes";
import { useFormat } from "../i18n/format";
import { Banner } from "../ui/Banner";
import { useCheckoutSession } from "./reads";
import { useTexts } from "./texts";
import { rememberCheckout, rememberedCheckout } from "./unfinished";

export function Unfinished() {
  const { unfinished: t } = useTexts();
  const format = useFormat();
  const { data: session } = useCheckoutSession(rememberedCheckout());
  const outcome = session && checkoutOutcome[session.status];

  useEffect(() => {
    if (session === undefined || outcome === "processing") {
      return;
    }
    rememberCheckout(null);
    // An attempt that came to nothing is nothing to be told of: a new one is under way here.
    if (outcome !== "expired" && outcome !== "failed") {
      replace(href("buy", { session: session.id }));
    }
  }, [session, outcome]);

  if (outcome !== "processing" || !session?.url) {
    return null;
  }
  const credits = format.credits(sum(session.credits, session.bonus_credits));
  return (
    <Banner
      tone="info"
      title={t.title(credits, format.money(session.price))}
      action={<a href={session.url}>{t.goOn}</a>}
    >
      {t.explained}
    </Banner>
  );
}
