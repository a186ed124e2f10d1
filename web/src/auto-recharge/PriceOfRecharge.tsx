/** What a recharge costs today, in a sentence. */
import { useFormat } from "../i18n/format";
import { useAmounts } from "../i18n/units";
import { Skeleton } from "../ui/Skeleton";
import type { RechargePrice } from "./prices";
import { useTexts } from "./texts";

export function PriceOfRecharge({ price }: { price: RechargePrice | undefined }) {
  const t = useTexts().form;
  const format = useFormat();
  const amounts = useAmounts();
  if (price === undefined) {
    return <Skeleton width="16ch" />;
  }
  const { least, most } = price;
  return least.credits === most.credits
    ? t.price(amounts.credits(least.credits), format.money(least.price))
    : t.priceRange(format.money(least.price), format.money(most.price));
}
