/** Money comes in minor units as Stripe counts them; here they become the decimal strings that can be shown. */

/** How many digits of an amount stand behind the point. Source: docs.stripe.com/currencies. */
function decimalsOf(currency: string): number {
  if (/^(bif|clp|djf|gnf|jpy|kmf|krw|mga|pyg|rwf|vnd|vuv|xaf|xof|xpf)$/i.test(currency)) {
    return 0;
  }
  return /^(bhd|jod|kwd|omr|tnd)$/i.test(currency) ? 3 : 2;
}

/** Minor units, whole or (a price per credit) with decimals of their own, as a decimal string of the currency. */
export function majorUnits(minor: number | string, currency: string): string {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(minor)) ?? [];
  const places = decimalsOf(currency);
  const digits = whole.padStart(places + 1, "0");
  const cut = digits.length - places;
  const behind = digits.slice(cut) + fraction;
  return `${sign}${digits.slice(0, cut)}${behind === "" ? "" : `.${behind}`}`;
}

/** The minor units of what somebody has typed as a decimal string of the currency; null where it is no amount of it. */
export function minorUnits(major: string, currency: string): number | null {
  const [, whole, fraction = ""] = /^(\d{1,12})(?:\.(\d+))?$/.exec(major) ?? [];
  const places = decimalsOf(currency);
  return whole === undefined || fraction.length > places ? null : Number(whole + fraction.padEnd(places, "0"));
}
