/** Entries under their days. */
import { expect, test } from "vitest";

import { byDay } from "../../src/history/days";
import { entry } from "./entry";

const at = (year: number, month: number, day: number, hour: number) =>
  entry({ created_at: new Date(year, month - 1, day, hour).toISOString() });

test("entries of one day stand together, in the order in which they came", () => {
  const [evening, morning, before] = [at(2026, 11, 29, 23), at(2026, 11, 29, 1), at(2026, 11, 28, 23)];
  expect(byDay([evening, morning, before])).toEqual([
    { day: "2026-11-29", entries: [evening, morning] },
    { day: "2026-11-28", entries: [before] },
  ]);
});

test("no entries have no days", () => {
  expect(byDay([])).toEqual([]);
});
