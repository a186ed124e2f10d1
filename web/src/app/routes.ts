/** Where in the page one is. It stands in the fragment (`#/history?kind=debit`), so that static files serve it all. */
import { useSyncExternalStore } from "react";

export const SCREENS = [
  "overview",
  "buy",
  "history",
  "lots",
  "purchases",
  "auto-recharge",
  "notifications",
  "estimate",
] as const;
export type Screen = (typeof SCREENS)[number];

export interface Route {
  screen: Screen;
  params: URLSearchParams;
}

export function readRoute(fragment: string): Route {
  const [path = "", query = ""] = fragment.replace(/^#?\/?/, "").split("?");
  return { screen: SCREENS.find((screen) => screen === path) ?? "overview", params: new URLSearchParams(query) };
}

/** The address of a screen. What has no value is left out. */
export function href(screen: Screen, params: Record<string, string | undefined> = {}): string {
  const given = Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams(given).toString();
  return `#/${screen === "overview" ? "" : screen}${query === "" ? "" : `?${query}`}`;
}

let read = { fragment: "", route: readRoute("") };

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, currentRoute);
}

/** The same object for as long as the fragment is the same. */
export function currentRoute(): Route {
  if (read.fragment !== location.hash) {
    read = { fragment: location.hash, route: readRoute(location.hash) };
  }
  return read.route;
}

export function go(to: string): void {
  location.hash = to;
}

/** Goes there without leaving the present place behind in the browser's history. */
export function replace(to: string): void {
  history.replaceState(history.state, "", to);
  dispatchEvent(new HashChangeEvent("hashchange"));
}

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}
