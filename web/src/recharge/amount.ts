/** A number of credits as people type it. */
import type { Schema } from "@credits/contract";

import { isMore } from "../amounts/credits";

/** Digits in groups of three, parted by one and the same mark: "2,500", "2.500", "2 500", "2’500". */
const GROUPED = /^\d{1,3}(?:([.,'’\u00a0\u202f ])\d{3}(?:\1\d{3})*)?$/;

/** The whole number that was meant, as the service takes it; null where none was. "2.5" is none. */
export function wholeCredits(text: string): string | null {
  const typed = text.trim();
  const digits = GROUPED.test(typed) ? typed.replace(/\D/g, "") : typed;
  return /^\d{1,13}$/.test(digits) ? digits.replace(/^0+(?=\d)/, "") : null;
}

export function isOffered(number: string, { min_credits, max_credits }: Schema.CustomPricing): boolean {
  return !isMore(min_credits, number) && !isMore(number, max_credits);
}
