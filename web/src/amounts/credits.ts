/**
 * Arithmetic with credits. They come and go as decimal strings of at most six decimals; inside they are whole
 * micro-credits, never floats.
 */
const DECIMALS = 6;
const ONE = 10n ** BigInt(DECIMALS);

/** The micro-credits of a decimal string as the service writes it. */
export function micro(credits: string): bigint {
  const read = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(credits);
  if (read === null) {
    throw new RangeError(`Not an amount of credits: ${credits}`);
  }
  const [, sign, whole = "", fraction = ""] = read;
  const size = BigInt(whole) * ONE + BigInt(fraction.padEnd(DECIMALS, "0"));
  return sign === "-" ? -size : size;
}

/** The decimal string of so many micro-credits, as the service writes it. */
export function credits(micros: bigint): string {
  const size = micros < 0n ? -micros : micros;
  const fraction = String(size % ONE)
    .padStart(DECIMALS, "0")
    .replace(/0+$/, "");
  return `${micros < 0n ? "-" : ""}${size / ONE}${fraction === "" ? "" : `.${fraction}`}`;
}

export function sum(...amounts: string[]): string {
  return credits(amounts.reduce((total, amount) => total + micro(amount), 0n));
}

/** `a` less `b`. */
export function less(a: string, b: string): string {
  return credits(micro(a) - micro(b));
}

export function isZero(amount: string): boolean {
  return micro(amount) === 0n;
}

export function isMore(a: string, than: string): boolean {
  return micro(a) > micro(than);
}

/** For drawing alone: how long a bar is, never what stands beside it. */
export function drawn(amount: string): number {
  return Number(amount);
}
