/** A price in credits, which has up to nine decimals: all of them are shown. */
import { useFormat } from "./format";

export function usePriceInCredits(): (price: string) => string {
  const { locale } = useFormat();
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 9 });
  return (price) => format.format(price as Intl.StringNumericLiteral);
}
