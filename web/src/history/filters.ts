/** What the history is narrowed to: as it stands in the page's address, and as the service is asked. */
import type { Schema } from "@credits/contract";

export const KINDS = [
  "grant",
  "debit",
  "hold",
  "capture",
  "release",
  "refund",
  "expiry",
  "clawback",
  "freeze",
  "thaw",
  "adjustment",
  "debt_payment",
] as const satisfies Schema.EntryKind[];

/** Every kind stands in the list above. */
type Missing = Exclude<Schema.EntryKind, (typeof KINDS)[number]>;
export const noKindIsMissing: Missing extends never ? true : Missing = true;

export const TIMES = ["always", "today", "week", "month", "quarter", "dates"] as const;
export type Time = (typeof TIMES)[number];

export interface Filters {
  kind?: Schema.EntryKind;
  operation?: string;
  reference?: string;
  time: Time;
  /** Dates of the browser's calendar, "2026-11-29"; both included. Of `dates` alone. */
  from?: string;
  to?: string;
}

export interface HistoryQuery {
  kind?: Schema.EntryKind;
  operation?: string;
  reference?: string;
  from?: string;
  to?: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Whatever the address says that nobody can have chosen is left out. */
export function readFilters(params: URLSearchParams): Filters {
  const kind = KINDS.find((kind) => kind === params.get("kind"));
  const time = TIMES.find((time) => time === params.get("time")) ?? "always";
  const operation = params.get("operation");
  const reference = params.get("reference");
  const dates = time === "dates" ? { from: dateIn(params.get("from")), to: dateIn(params.get("to")) } : {};
  return tidy({ kind, operation: operation || undefined, reference: reference || undefined, time, ...dates });
}

export function writeFilters(filters: Filters): Record<string, string | undefined> {
  const { kind, operation, reference, time, from, to } = filters;
  return time === "dates"
    ? { kind, operation, reference, time, from, to }
    : { kind, operation, reference, time: time === "always" ? undefined : time };
}

export function isNarrowed(filters: Filters): boolean {
  return Object.values(writeFilters(filters)).some((value) => value !== undefined);
}

/** Half-open, as the service has it: from the start of the first day until the start of the one after the last. */
export function queryOf(filters: Filters, now: Date): HistoryQuery {
  const { kind, operation, reference } = filters;
  return tidy({ kind, operation, reference, ...spanOf(filters, now) });
}

function spanOf({ time, from, to }: Filters, now: Date): { from?: string; to?: string } {
  switch (time) {
    case "always":
      return {};
    case "today":
      return { from: startOfDay(now, 0).toISOString() };
    case "week":
      return { from: startOfDay(now, -6).toISOString() };
    case "month":
      return { from: startOfDay(now, -29).toISOString() };
    case "quarter":
      return { from: startOfDay(now, -89).toISOString() };
    case "dates":
      return tidy({
        from: from === undefined ? undefined : startOf(from, 0).toISOString(),
        to: to === undefined ? undefined : startOf(to, 1).toISOString(),
      });
  }
}

/** Both dates given, and the last before the first: nothing would be found, and nobody would know why. */
export function isWrongOrder({ time, from, to }: Filters): boolean {
  return time === "dates" && from !== undefined && to !== undefined && to < from;
}

function startOfDay(at: Date, days: number): Date {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + days);
}

function startOf(date: string, days: number): Date {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return new Date(year, month - 1, day + days);
}

function dateIn(text: string | null): string | undefined {
  return text !== null && DATE.test(text) && !Number.isNaN(startOf(text, 0).getTime()) ? text : undefined;
}

/** Without the members that are undefined: they would stand in the address as words. */
function tidy<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}
