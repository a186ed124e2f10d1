/** Money that somebody types, in minor units as Stripe counts them: the way back from `majorUnits`. */
import { majorUnits } from "../amounts/money";

/** Null where it is no amount in this currency: no number, or with more decimals than the currency has. */
export function minorUnits(major: string, currency: string): number | null {
  const places = majorUnits(0, currency).split(".")[1]?.length ?? 0;
  const [, whole, fraction = ""] = /^(\d{1,12})(?:\.(\d+))?$/.exec(major) ?? [];
  return whole === undefined || fraction.length > places ? null : Number(whole + fraction.padEnd(places, "0"));
}
