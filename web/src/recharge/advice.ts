/** How an amount stands to what the account will likely need until it ends: nobody is to buy what will expire. */
import type { Schema } from "@credits/contract";

import { isMore, isZero, less } from "../amounts/credits";

export type Fit = { kind: "fits" } | { kind: "likely" } | { kind: "tooMuch"; unused: string };

/** Null where there is no forecast, or nothing was chosen. */
export function fitOf(chosen: string | null, forecast: Schema.UseForecast | null | undefined): Fit | null {
  if (chosen === null || !forecast) {
    return null;
  }
  const { low, likely } = forecast.needed;
  if (!isMore(chosen, low) && !isZero(low)) {
    return { kind: "fits" };
  }
  return isMore(chosen, likely) ? { kind: "tooMuch", unused: less(chosen, likely) } : { kind: "likely" };
}
