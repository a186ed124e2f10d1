/** Buying: choosing an amount, and, back from Stripe, what became of the payment. The article's steps three to five. */
import { returnedFrom, withoutReturn } from "@credits/contract";
import { useEffect } from "react";

import { href, replace, useRoute } from "../app/routes";
import { Screen } from "../ui/Screen";
import { Choose } from "./Choose";
import { Outcome } from "./Outcome";
import { Steps } from "./Steps";
import { useTexts } from "./texts";

export default function Buy() {
  const t = useTexts();
  const { params } = useRoute();
  const back = returnedFrom(location.href);
  const session = params.get("session") ?? back?.sessionId ?? null;
  const isCancelled = params.has("cancelled") || (back !== null && back.sessionId === null);
  useArrival();

  return (
    <Screen title={t.title} lead={session === null ? t.lead : undefined} actions={<Steps isBack={session !== null} />}>
      {session === null ? <Choose isCancelled={isCancelled} /> : <Outcome key={session} id={session} />}
    </Screen>
  );
}

/** Moves the marks of a return from the page's query into the fragment: a reload is then no second return. */
function useArrival(): void {
  useEffect(() => {
    const back = returnedFrom(location.href);
    if (back?.errand === "checkout") {
      const { sessionId } = back;
      const there = href("buy", sessionId === null ? { cancelled: "1" } : { session: sessionId });
      replace(new URL(there, withoutReturn(location.href)).href);
    }
  }, []);
}
