/** Whole credits: what is bought comes in no other. */
import { credits, micro } from "./credits";

const ONE = micro("1");

/** The next whole number of credits, the same if it is one. Of nothing, or less, it is 0. */
export function wholeUp(amount: string): string {
  const micros = micro(amount);
  return micros <= 0n ? "0" : credits(((micros + ONE - 1n) / ONE) * ONE);
}
