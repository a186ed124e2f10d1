/** What is sold, and what a recharge would cost today: at least and at most. */
import type { Schema } from "@credits/contract";

import { useRead } from "../data/useRead";
import { boughtAtOnce, capOf, type Draft, type Mistakes } from "./settings";

export function usePackages() {
  return useRead("packages", [], (credits, signal) => credits.get("/v1/packages", { signal }));
}

export interface RechargePrice {
  least: Schema.CustomPrice;
  most: Schema.CustomPrice;
}

/** Undefined while it is not known, or while nothing is written that has a price. */
export function useRechargePrice(
  draft: Draft,
  sold: Schema.CustomPricing,
  mistakes: Mistakes,
): RechargePrice | undefined {
  const isPriced = mistakes.amount === undefined && mistakes.threshold === undefined;
  const [fewest, most] = isPriced ? boughtAtOnce(draft, sold) : [null, null];
  const prices = { least: usePrice(fewest, draft.currency).data, most: usePrice(most, draft.currency).data };
  return isPriced && prices.least !== undefined && prices.most !== undefined
    ? { least: prices.least, most: prices.most }
    : undefined;
}

/** With a lower cap not one recharge would ever go through. */
export function isCapTooLow(draft: Draft, price: RechargePrice | undefined): boolean {
  const cap = capOf(draft);
  return price !== undefined && cap !== null && cap < price.least.price.amount;
}

function usePrice(count: string | null, currency: string) {
  const asked = count ?? "";
  return useRead(
    "customPrice",
    [asked, currency],
    (credits, signal) =>
      credits.get("/v1/packages/custom-price", { params: { query: { credits: asked, currency } }, signal }),
    { enabled: count !== null, keepPrevious: count !== null },
  );
}
