/** What more than one screen reads. What a single screen reads stands with that screen. */
import { BALANCE_POLL_MS } from "@credits/contract";

import { useLive } from "../live/Live";
import { useRead } from "./useRead";

/** Kept up to date by the live stream; asked for while that is down. */
export function useBalance() {
  const live = useLive();
  return useRead("balance", [], (credits, signal) => credits.get("/v1/balance", { signal }), {
    refetchInterval: live === "waiting" ? BALANCE_POLL_MS : false,
  });
}

export function useOperations() {
  return useRead("operations", [], (credits, signal) => credits.get("/v1/operations", { signal }));
}

export function useAutoRecharge() {
  return useRead("autoRecharge", [], (credits, signal) => credits.get("/v1/auto-recharge", { signal }));
}

/** The first page of notices, and how many of all of them were not read yet. */
export function useLatestNotices() {
  return useRead("notifications", ["latest"], (credits, signal) => credits.get("/v1/notifications", { signal }));
}
