/** Reads the live stream for as long as the page is signed in, and carries what it tells into what was read before. */
import {
  createRefresher,
  queryKey,
  type Schema,
  staleAfterBalance,
  staleAfterNotice,
  streamEvents,
  type StreamState,
} from "@credits/contract";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useEffect, useState } from "react";

import { useCredits } from "../session/Session";

const LiveContext = createContext<StreamState>("connecting");

/** How the stream stands: while it is "waiting", what is shown may be out of date. */
export function useLive(): StreamState {
  return use(LiveContext);
}

export function Live({ children }: { children: ReactNode }) {
  const credits = useCredits();
  const queries = useQueryClient();
  const [state, setState] = useState<StreamState>("connecting");

  useEffect(() => {
    const stopping = new AbortController();
    const refresher = createRefresher((topics) =>
      topics.forEach((topic) => void queries.invalidateQueries({ queryKey: queryKey(topic) })),
    );
    const follow = async () => {
      for await (const event of streamEvents(credits, { signal: stopping.signal, onState: setState })) {
        if (event.event === "balance") {
          const before = queries.getQueryData<Schema.Balance>(queryKey("balance"));
          queries.setQueryData(queryKey("balance"), event.data);
          refresher.add(staleAfterBalance(before, event.data));
        } else {
          refresher.add(staleAfterNotice(event.data));
        }
      }
    };
    // A stream that is refused for good leaves the page as it is without one: it asks for itself.
    follow().catch(() => setState("waiting"));
    return () => {
      stopping.abort();
      refresher.stop();
    };
  }, [credits, queries]);

  return <LiveContext value={state}>{children}</LiveContext>;
}
