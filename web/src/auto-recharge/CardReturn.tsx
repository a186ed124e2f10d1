/** What became of saving a card, for whoever comes back from Stripe; the address forgets it at once. */
import { followCardSession, type Return, returnedFrom, staleAfterChange, withoutReturn } from "@credits/contract";
import { useEffect, useState } from "react";

import { useStale } from "../data/useStale";
import { useCredits } from "../session/Session";
import { Banner } from "../ui/Banner";
import { Problem } from "../ui/Problem";
import { useTexts } from "./texts";

type Outcome = "saving" | "savedNow" | "notSaved" | "stillOpen";

export function CardReturn() {
  const t = useTexts().card;
  const [outcome, failure, again] = useOutcome();
  if (failure !== null) {
    return <Problem error={failure} onRetry={again} />;
  }
  return outcome === null ? null : <Banner live tone={tones[outcome]} title={t[outcome]} />;
}

const tones = { saving: "info", savedNow: "good", notSaved: "info", stillOpen: "warn" } as const;

function useOutcome(): [Outcome | null, unknown, () => void] {
  const credits = useCredits();
  const stale = useStale();
  const [returned] = useState(readReturn);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    if (returned === null) {
      return;
    }
    history.replaceState(history.state, "", withoutReturn(location.href));
    if (returned.sessionId === null) {
      setOutcome("notSaved");
      return;
    }
    const stopping = new AbortController();
    const follow = async (id: string) => {
      setOutcome("saving");
      for await (const { now, delayed } of followCardSession(credits, id, stopping.signal)) {
        if (now.status === "complete") {
          setOutcome("savedNow");
          stale(staleAfterChange.card_saved);
        } else if (now.status === "expired") {
          setOutcome("notSaved");
        } else if (delayed) {
          setOutcome("stillOpen");
        }
      }
    };
    follow(returned.sessionId).catch(setFailure);
    return () => stopping.abort();
  }, [credits, stale, returned, attempt]);

  const again = () => {
    setFailure(null);
    setAttempt(attempt + 1);
  };
  return [outcome, failure, again];
}

/** Rendering may be begun more than once: the address is read here, and changed only once it has been. */
function readReturn(): Return | null {
  const returned = returnedFrom(location.href);
  return returned?.errand === "card" ? returned : null;
}
