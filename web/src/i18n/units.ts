/** Amounts with their unit, for sentences: "97.5 credits", "1 day". */
import { useFormat } from "./format";
import { texts } from "./texts";

const useUnits = texts({
  en: {
    credits: (count: string, one: boolean) => `${count} ${one ? "credit" : "credits"}`,
    days: (count: string, one: boolean) => `${count} ${one ? "day" : "days"}`,
  },
  de: {
    credits: (count: string, one: boolean) => `${count} ${one ? "Credit" : "Credits"}`,
    days: (count: string, one: boolean) => `${count} ${one ? "Tag" : "Tage"}`,
  },
});

export interface Units {
  /** All of its digits, without a sign. */
  credits: (credits: string) => string;
  /** Cut after two decimals, as at a glance. */
  creditsShort: (credits: string) => string;
  /** Of a price in credits, which has up to nine decimals. */
  price: (price: string) => string;
  days: (days: number | bigint) => string;
}

export function useAmounts(): Units {
  const units = useUnits();
  const format = useFormat();
  const exact = new Intl.NumberFormat(format.locale, { maximumFractionDigits: 9 });
  const size = (credits: string) => credits.replace(/^-/, "");
  return {
    credits: (credits) => units.credits(format.credits(size(credits)), size(credits) === "1"),
    creditsShort: (credits) => units.credits(format.creditsShort(size(credits)), size(credits) === "1"),
    price: (price) => units.credits(exact.format(price as Intl.StringNumericLiteral), price === "1"),
    days: (days) => units.days(format.count(String(days)), String(days) === "1"),
  };
}
