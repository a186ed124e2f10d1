/** Follows a session from the return page on, until it is known what became of it. */
import { type CheckoutProgress, followCheckout, queryKey, staleAfterChange } from "@credits/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { useCredits } from "../session/Session";

interface Followed {
  progress: CheckoutProgress | null;
  error: unknown;
}

export function useOutcome(id: string): Followed & { again: () => void } {
  const credits = useCredits();
  const queries = useQueryClient();
  const [followed, setFollowed] = useState<Followed>({ progress: null, error: null });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const stopping = new AbortController();
    const follow = async () => {
      for await (const progress of followCheckout(credits, id, stopping.signal)) {
        setFollowed({ progress, error: null });
        if (progress.outcome !== "processing") {
          for (const topic of staleAfterChange.checkout_done) {
            void queries.invalidateQueries({ queryKey: queryKey(topic) });
          }
        }
      }
    };
    follow().catch((error: unknown) => {
      if (!stopping.signal.aborted) {
        setFollowed({ progress: null, error });
      }
    });
    return () => stopping.abort();
  }, [credits, queries, id, attempt]);

  const again = () => {
    setFollowed({ progress: null, error: null });
    setAttempt(attempt + 1);
  };
  return { ...followed, again };
}
