/** What a recharge would cost today: at least and at most. */
import type { Schema } from "@credits/contract";

import { useCustomPrice } from "../recharge/reads";
import { boughtAtOnce, capOf, type Draft, type Mistakes } from "./settings";

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
  const prices = {
    least: useCustomPrice(fewest, draft.currency).data,
    most: useCustomPrice(most, draft.currency).data,
  };
  return isPriced && prices.least !== undefined && prices.most !== undefined
    ? { least: prices.least, most: prices.most }
    : undefined;
}

/** With a lower cap not one recharge would ever go through. */
export function isCapTooLow(draft: Draft, price: RechargePrice | undefined): boolean {
  const cap = capOf(draft);
  return price !== undefined && cap !== null && cap < price.least.price.amount;
}
