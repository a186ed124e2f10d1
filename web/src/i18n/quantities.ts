/** What work is counted in, in the page's languages: the quantities that every installation begins with, else their names. */
import { texts } from "./texts";

const useQuantityTexts = texts<Record<string, string>>({
  en: {
    base: "Base price",
    input_tokens: "Tokens read",
    output_tokens: "Tokens written",
    attempts: "Attempts",
    assets: "Assets",
    bar_years: "Years of price bars, all assets together",
    reports: "Reports",
  },
  de: {
    base: "Grundpreis",
    input_tokens: "Gelesene Token",
    output_tokens: "Geschriebene Token",
    attempts: "Versuche",
    assets: "Werte",
    bar_years: "Jahre an Kursdaten, für alle Werte zusammen",
    reports: "Berichte",
  },
});

export function useQuantityName(): (quantity: string) => string {
  const known = useQuantityTexts();
  return (quantity) => known[quantity] ?? quantity.replace(/_/g, " ");
}
