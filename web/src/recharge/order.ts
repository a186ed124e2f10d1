/** What is about to be bought, whichever way it was chosen: what is sent to the checkout, and what it comes to. */
import type { Offer, Schema } from "@credits/contract";

import { sum } from "../amounts/credits";

export interface Order {
  offer: Offer;
  /** The bonus included. */
  credits: string;
  bonus: string;
  price: Schema.Money;
  pricePerCredit: string;
  savingPercent: number;
  /** The promotion code that it is bought with. */
  code?: string;
}

/** With the promotion code that the packages were asked for with, where it is for this one. */
export function orderOfPackage(chosen: Schema.Package, list: Schema.PackageList): Order {
  const { price, bonus_credits, price_per_credit, saving_percent } = chosen.with_promotion ?? chosen;
  const code = chosen.with_promotion && list.promotion?.code;
  return {
    offer: { package_id: chosen.id, currency: list.currency, ...(code === undefined ? {} : { promotion_code: code }) },
    credits: sum(chosen.credits, bonus_credits),
    bonus: bonus_credits,
    price,
    pricePerCredit: price_per_credit,
    savingPercent: saving_percent,
    code,
  };
}

export function orderOfNumber(priced: Schema.CustomPrice): Order {
  return {
    offer: { credits: priced.credits, currency: priced.price.currency },
    credits: priced.credits,
    bonus: "0",
    price: priced.price,
    pricePerCredit: priced.price_per_credit,
    savingPercent: priced.saving_percent,
  };
}
