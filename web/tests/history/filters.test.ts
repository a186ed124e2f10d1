/** Filters between the page's address, the person who chose them, and the service. */
import { expect, test } from "vitest";

import { type Filters, isNarrowed, isWrongOrder, queryOf, readFilters, writeFilters } from "../../src/history/filters";

const read = (query: string) => readFilters(new URLSearchParams(query));
const NOW = new Date(2026, 10, 29, 18, 30);

test("what an address says is what is written into it again", () => {
  const all: Filters[] = [
    { time: "always" },
    { time: "week", kind: "debit", operation: "backtesting", reference: "run 7&8" },
    { time: "dates", from: "2026-02-28", to: "2026-03-01" },
    { time: "dates", to: "2026-03-01" },
  ];
  for (const filters of all) {
    const params = Object.entries(writeFilters(filters)).filter((it): it is [string, string] => it[1] !== undefined);
    expect(read(new URLSearchParams(params).toString())).toEqual(filters);
  }
});

test("what nobody can have chosen is left out", () => {
  expect(read("kind=theft&time=ever&operation=&from=2026-01-01")).toEqual({ time: "always" });
  expect(read("time=dates&from=2026-1-1&to=yesterday")).toEqual({ time: "dates" });
});

test("days are whole, and the last one is included", () => {
  expect(queryOf({ time: "dates", from: "2026-02-28", to: "2026-02-28" }, NOW)).toEqual({
    from: new Date(2026, 1, 28).toISOString(),
    to: new Date(2026, 2, 1).toISOString(),
  });
  expect(queryOf({ time: "today" }, NOW)).toEqual({ from: new Date(2026, 10, 29).toISOString() });
  expect(queryOf({ time: "week" }, NOW)).toEqual({ from: new Date(2026, 10, 23).toISOString() });
});

test("no filter asks for nothing in particular", () => {
  expect(queryOf({ time: "always" }, NOW)).toEqual({});
  expect(isNarrowed({ time: "always" })).toBe(false);
  expect(isNarrowed({ time: "always", kind: "grant" })).toBe(true);
  expect(isNarrowed({ time: "dates" })).toBe(true);
});

test("a range that ends before it begins is told", () => {
  expect(isWrongOrder({ time: "dates", from: "2026-02-02", to: "2026-02-01" })).toBe(true);
  expect(isWrongOrder({ time: "dates", from: "2026-02-02", to: "2026-02-02" })).toBe(false);
  expect(isWrongOrder({ time: "week", from: "2026-02-02", to: "2026-02-01" })).toBe(false);
});
