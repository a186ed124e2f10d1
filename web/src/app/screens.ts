/** Which module shows which screen. Each is a chunk of its own, fetched when it is first gone to. */
import { type ComponentType, lazy } from "react";

import type { Screen } from "./routes";

const modules: Record<Screen, () => Promise<{ default: ComponentType }>> = {
  overview: () => import("../balance"),
  buy: () => import("../recharge"),
  history: () => import("../history"),
  lots: () => import("../lots"),
  purchases: () => import("../purchases"),
  "auto-recharge": () => import("../auto-recharge"),
  notifications: () => import("../notifications"),
  estimate: () => import("../estimator"),
};

export const screens = Object.fromEntries(
  Object.entries(modules).map(([screen, load]) => [screen, lazy(load)]),
) as unknown as Record<Screen, ComponentType>;

/** Fetches a screen's module ahead of its being shown. That it cannot be had is told when it is. */
export function preload(screen: Screen): void {
  modules[screen]().catch(() => undefined);
}
