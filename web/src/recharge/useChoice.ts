/** What is chosen on this screen, and the order that follows from it. */
import { useState } from "react";

import { useRoute } from "../app/routes";
import { isOffered, wholeCredits } from "./amount";
import { type Order, orderOfNumber, orderOfPackage } from "./order";
import { OTHER } from "./Packages";
import { useAdvice, useCustomPrice, usePackages } from "./reads";

export function useChoice() {
  // Other screens send people here with an amount: `#/buy?credits=2500`, `#/buy?package=plus`.
  const asked = useRoute().params;
  const [currency, chooseCurrency] = useState<string>();
  const [code, applyCode] = useState<string>();
  const [typed, type] = useState(asked.get("credits") ?? "");
  const [picked, pick] = useState(asked.has("credits") ? OTHER : asked.get("package"));

  const packages = usePackages(currency, code);
  const advice = useAdvice();
  const list = packages.data;
  const number = picked === OTHER ? wholeCredits(typed) : null;
  const offered = number !== null && list !== undefined && isOffered(number, list.custom) ? number : null;
  const price = useCustomPrice(offered, list?.currency);

  // Until something is picked it is what fits; the smallest where nothing is known, which is soonest used up.
  const suggested = advice.data?.package_id ?? null;
  const chosen = picked ?? (advice.isPending ? null : (suggested ?? list?.data[0]?.id ?? null));

  function order(): Order | null {
    const preset = list?.data.find(({ id }) => id === chosen);
    if (list !== undefined && preset !== undefined) {
      return orderOfPackage(preset, list);
    }
    // The price of the number before stays until the new one is there: it is not this one's.
    const isPriced = price.data !== undefined && !price.isError && price.data.credits === offered;
    return chosen === OTHER && isPriced ? orderOfNumber(price.data) : null;
  }

  return {
    packages,
    advice: advice.data,
    suggested,
    chosen,
    pick,
    chooseCurrency,
    promotion: code === undefined ? undefined : list?.promotion,
    applyCode,
    custom: { typed, number, isOffered: offered !== null, error: price.error, onType: type },
    order: order(),
    isPricing: offered !== null && !price.isError,
  };
}
