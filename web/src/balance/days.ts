/** The use of the last days, one figure for each, though the service names only those with use. */
import type { Schema } from "@credits/contract";

export const DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface Day {
  /** A date of the account's. */
  date: string;
  credits: string;
  count: number;
}

/** What to ask for. Which day it is for the account is not known before the answer: a day or two more at each end. */
export function askedDays(now: Date): { from: string; to: string } {
  const utc = (days: number) => new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);
  return { from: utc(-DAYS - 1), to: utc(2) };
}

/** The last days up to today in the account's zone, the oldest first. */
export function lastDays({ data, time_zone }: Schema.UsageSummary, now: Date): Day[] {
  const used = new Map(data.map((row) => [row.date, row]));
  const today = Date.parse(dateIn(time_zone, now));
  return Array.from({ length: DAYS }, (_, index) => {
    const date = new Date(today - (DAYS - 1 - index) * DAY_MS).toISOString().slice(0, 10);
    const row = used.get(date);
    return { date, credits: row?.credits ?? "0", count: row?.count ?? 0 };
  });
}

function dateIn(timeZone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone,
    calendar: "iso8601",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(now);
  const part = (type: string) => parts.find((it) => it.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}
