/** Signs the page in: reads its settings, makes the client, and says so when the session has ended. */
import { createCredits, type Credits } from "@credits/contract";
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";

import { NotOpened } from "./NotOpened";
import { SignedOut } from "./SignedOut";
import { loadSettings, type PageSettings } from "./settings";
import { createTokenSource } from "./token";

interface SessionValue {
  credits: Credits;
  settings: PageSettings;
}

const SessionContext = createContext<SessionValue | null>(null);

export function useSession(): SessionValue {
  const session = use(SessionContext);
  if (session === null) {
    throw new Error("useSession is for what stands in a Session.");
  }
  return session;
}

/** The client to the service. */
export function useCredits(): Credits {
  return useSession().credits;
}

export function Session({ children }: { children: ReactNode }) {
  const [settings, setSettings] = useState<PageSettings | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const [ended, setEnded] = useState(false);

  useEffect(() => {
    loadSettings().then(setSettings, setFailure);
  }, [attempt]);

  const session = useMemo(
    () =>
      settings && {
        settings,
        credits: createCredits({
          apiUrl: settings.api_url,
          token: createTokenSource(settings.token_url, () => setEnded(true)),
        }),
      },
    [settings],
  );

  if (failure !== null && session === null) {
    const again = () => {
      setFailure(null);
      setAttempt(attempt + 1);
    };
    return <NotOpened error={failure} onRetry={again} />;
  }
  if (session === null) {
    return null;
  }
  if (ended) {
    return <SignedOut settings={session.settings} />;
  }
  return <SessionContext value={session}>{children}</SessionContext>;
}
