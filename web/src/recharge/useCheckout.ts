/** Starts a purchase and leaves for Stripe. However often it is pressed, one session is made. */
import { createAttempts, type Offer, queryKey, staleAfterChange, startCheckout } from "@credits/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { href } from "../app/routes";
import { useCredits } from "../session/Session";
import { rememberCheckout } from "./remembered";

export function useCheckout() {
  const credits = useCredits();
  const queries = useQueryClient();
  const [attempts] = useState(createAttempts);
  /** The browser is on its way to Stripe: what was pressed stays pressed. */
  const [leaving, setLeaving] = useState(false);

  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: (offer: Offer) => startCheckout(credits, attempts, offer, new URL(href("buy"), location.href).href),
    onSuccess: (session) => {
      for (const topic of staleAfterChange.create_checkout_session) {
        void queries.invalidateQueries({ queryKey: queryKey(topic) });
      }
      rememberCheckout(session.id);
      if (session.url) {
        setLeaving(true);
        location.assign(session.url);
      }
    },
  });

  // Whoever comes back by the browser's button may find the page as it was left, with its button pressed.
  useEffect(() => {
    const shown = (event: PageTransitionEvent) => {
      if (event.persisted) {
        setLeaving(false);
        void queries.invalidateQueries({ queryKey: queryKey("checkout") });
      }
    };
    addEventListener("pageshow", shown);
    return () => removeEventListener("pageshow", shown);
  }, [queries]);

  return { pay: mutate, error, isPaying: isPending || leaving, reset };
}
