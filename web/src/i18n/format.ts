/**
 * Figures, money and instants as people of a locale write them. Amounts go to `Intl` as the strings that the service
 * sent: no digit passes through a float.
 */
import { majorUnits } from "../amounts/money";
import { type Language, localeOf, useLanguage } from "./language";

type Decimal = Intl.StringNumericLiteral;

export type Format = ReturnType<typeof createFormat>;

export function createFormat(locale: string) {
  const number = (options: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(locale, options);
    return (value: string | number) => format.format(value as Decimal);
  };
  const date = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, options);
    return (instant: string | Date) => format.format(new Date(instant));
  };
  const ago = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return {
    locale,
    /** All of its digits. */
    credits: number({ maximumFractionDigits: 6 }),
    /** At a glance: cut, never rounded up, so that nobody is shown more than they have. */
    creditsShort: number({ maximumFractionDigits: 2, roundingMode: "trunc" } as Intl.NumberFormatOptions),
    /** Of what is a forecast in any case. */
    creditsWhole: number({ maximumFractionDigits: 0 }),
    /** For an axis. */
    creditsCompact: number({ notation: "compact", maximumFractionDigits: 1 }),
    /** With its sign, for changes. */
    change: number({ maximumFractionDigits: 6, signDisplay: "exceptZero" }),
    count: number({ maximumFractionDigits: 6 }),
    /** Of a share between 0 and 1. */
    share: number({ style: "percent", maximumFractionDigits: 1 }),
    percent: (percent: number) => number({ style: "percent" })(percent / 100),
    money: ({ amount, currency }: { amount: number; currency: string }) =>
      number({ style: "currency", currency: currency.toUpperCase() })(majorUnits(amount, currency)),
    /** The price of one credit: as many decimals as it has. */
    unitPrice: (minor: string, currency: string) =>
      number({ style: "currency", currency: currency.toUpperCase(), maximumFractionDigits: 8 })(
        majorUnits(minor, currency),
      ),
    day: date({ dateStyle: "medium" }),
    dayShort: date({ day: "numeric", month: "short" }),
    moment: date({ dateStyle: "medium", timeStyle: "short" }),
    momentExact: date({ dateStyle: "full", timeStyle: "long" }),
    time: date({ timeStyle: "short" }),
    /** A calendar date of the account's ("2026-11-29"), which has no zone. */
    date: (day: string) => calendar(locale, { dateStyle: "medium" }, day),
    dateShort: (day: string) => calendar(locale, { day: "numeric", month: "short" }, day),
    /** From one instant to just before another, by their days in a time zone. */
    days: (start: string, end: string, timeZone: string) => days(locale, start, end, timeZone),
    month: (day: string) => calendar(locale, { month: "long", year: "numeric" }, day),
    relative: (instant: string, now: Date) => relative(ago, Date.parse(instant) - now.getTime()),
  };
}

const made = new Map<Language, Format>();

export function useFormat(): Format {
  const language = useLanguage();
  const format = made.get(language) ?? createFormat(localeOf(language));
  made.set(language, format);
  return format;
}

function calendar(locale: string, options: Intl.DateTimeFormatOptions, day: string): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}

function days(locale: string, start: string, end: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone });
  return format.formatRange(new Date(start), new Date(Date.parse(end) - 1));
}

const MINUTE = 60_000;
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * 24 * 60 * MINUTE],
  ["month", 30 * 24 * 60 * MINUTE],
  ["day", 24 * 60 * MINUTE],
  ["hour", 60 * MINUTE],
  ["minute", MINUTE],
];

/** Counted in the largest unit of which there is a whole one; towards now, so that no end seems further than it is. */
function relative(format: Intl.RelativeTimeFormat, ms: number): string {
  const [unit, size] = STEPS.find(([, size]) => Math.abs(ms) >= size) ?? (["second", 1000] as const);
  return format.format(Math.trunc(ms / size), unit);
}
