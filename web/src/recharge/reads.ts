/** What the screen of buying reads. */
import { useEffect, useState } from "react";

import { useRead } from "../data/useRead";

export function usePackages(currency: string | undefined, code: string | undefined) {
  return useRead(
    "packages",
    [currency, code],
    (credits, signal) => credits.get("/v1/packages", { params: { query: { currency, promotion_code: code } }, signal }),
    { keepPrevious: true },
  );
}

export function useAdvice() {
  return useRead("advice", [], (credits, signal) => credits.get("/v1/purchase-advice", { signal }));
}

/** The price of so many credits, asked for once the number has stood still; the one before stays until it is there. */
export function useCustomPrice(number: string | null, currency: string | undefined) {
  const settled = useSettled(number);
  return useRead(
    "customPrice",
    [settled, currency],
    (credits, signal) =>
      credits.get("/v1/packages/custom-price", { params: { query: { credits: settled ?? "", currency } }, signal }),
    { enabled: settled !== null, keepPrevious: settled !== null },
  );
}

export function useCheckoutSession(id: string | null) {
  return useRead(
    "checkout",
    [id],
    (credits, signal) => credits.get("/v1/checkout-sessions/{id}", { params: { path: { id: id ?? "" } }, signal }),
    { enabled: id !== null },
  );
}

export function usePurchase(id: string) {
  return useRead("purchases", [id], (credits, signal) =>
    credits.get("/v1/purchases/{id}", { params: { path: { id } }, signal }),
  );
}

/** Those of a purchase name it, and say when what it bought ends. */
export function useLots() {
  return useRead("lots", ["of purchases"], (credits, signal) =>
    credits.get("/v1/lots", { params: { query: { limit: 100 } }, signal }),
  );
}

const STILL_MS = 250;

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), STILL_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
