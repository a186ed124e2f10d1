/** What the service expects of the credits there are, by past use. */
import { useRead } from "../data/useRead";

export function usePurchaseAdvice() {
  return useRead("advice", [], (credits, signal) => credits.get("/v1/purchase-advice", { signal }));
}
