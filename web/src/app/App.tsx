/** The whole page: signed in, live, framed, with one screen shown. */
import { QueryClientProvider } from "@tanstack/react-query";
import { Suspense, useState } from "react";

import { createQueryClient } from "../data/client";
import { Live } from "../live/Live";
import { Session } from "../session/Session";
import { ScreenSkeleton } from "../ui/ScreenSkeleton";
import { ErrorBoundary } from "./ErrorBoundary";
import { Frame } from "./Frame";
import { useRoute } from "./routes";
import { screens } from "./screens";

export function App() {
  const [queries] = useState(createQueryClient);
  const { screen } = useRoute();
  const Screen = screens[screen];
  return (
    <QueryClientProvider client={queries}>
      <Session>
        <Live>
          <Frame>
            <ErrorBoundary key={screen}>
              <Suspense fallback={<ScreenSkeleton />}>
                <Screen />
              </Suspense>
            </ErrorBoundary>
          </Frame>
        </Live>
      </Session>
    </QueryClientProvider>
  );
}
