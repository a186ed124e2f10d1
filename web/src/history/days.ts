/** Entries under the days on which they were made, by the reader's calendar. Their order stays as it is. */
import type { Schema } from "@credits/contract";

export interface Day {
  /** "2026-11-29" */
  day: string;
  entries: Schema.Entry[];
}

export function byDay(entries: readonly Schema.Entry[]): Day[] {
  const days: Day[] = [];
  for (const entry of entries) {
    const day = dayOf(new Date(entry.created_at));
    const last = days.at(-1);
    if (last?.day === day) {
      last.entries.push(entry);
    } else {
      days.push({ day, entries: [entry] });
    }
  }
  return days;
}

export function dayOf(at: Date): string {
  const part = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${part(at.getMonth() + 1)}-${part(at.getDate())}`;
}
