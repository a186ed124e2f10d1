/** Opens the whole page in a test, before a service that answers with the contract's fixtures. */
import { createHandlers, type Scene } from "@credits/contract/msw";
import { cleanup, configure, render } from "@testing-library/react";
import { http, HttpResponse, type RequestHandler } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";

import { App } from "../../src/app/App";

const ORIGIN = location.origin;
const settings = {
  api_url: ORIGIN,
  token_url: "/token",
  sign_in_url: "/sign-in",
  product_name: "Credits",
  sandbox: false,
};

// A screen is fetched when it is first shown, on a machine that may do other things as well.
configure({ asyncUtilTimeout: 15_000 });

const server = setupServer();
/** What was asked of the service since the page was opened: "GET /v1/balance". */
export const asked: string[] = [];

server.events.on("request:start", ({ request }) => {
  const { pathname, search } = new URL(request.url);
  asked.push(`${request.method} ${pathname}${search}`);
});

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());
beforeEach(() => {
  // Unlike a browser's, the `fetch` at hand knows no page that an address could be relative to.
  const send = fetch;
  vi.stubGlobal("fetch", (input: RequestInfo, init?: RequestInit) =>
    send(typeof input === "string" ? new URL(input, ORIGIN).href : input, init),
  );
  vi.stubGlobal("scrollTo", () => undefined);
  Element.prototype.scrollTo = () => undefined;
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
  vi.unstubAllGlobals();
  asked.length = 0;
  sessionStorage.clear();
});

/** `address` is what follows the origin; `handlers` come before the scene's. */
export function openPage(address: string, scene: Scene = {}, ...handlers: RequestHandler[]) {
  history.replaceState(null, "", address);
  server.use(
    ...handlers,
    http.get(`${ORIGIN}/page.json`, () => HttpResponse.json(settings)),
    http.post(`${ORIGIN}/token`, () =>
      HttpResponse.json({ access_token: "token", expires_at: new Date(Date.now() + 3_600_000).toISOString() }),
    ),
    ...createHandlers({ apiUrl: ORIGIN, scene }),
  );
  return render(<App />);
}

export { ORIGIN };
