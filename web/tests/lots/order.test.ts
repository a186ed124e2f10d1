/** The order in which lots are used, and the pace that forfeits nothing. */
import { expect, test } from "vitest";

import { inBurnOrder, nextToEnd, paces, urgencyOf } from "../../src/lots/order";
import { lot } from "./lot";

const NOW = new Date("2026-11-29T12:00:00Z");

test("a lower priority goes before any that end sooner", () => {
  const promotion = lot({ id: "b", priority: -1 });
  const ending = lot({ id: "a", expires_at: "2026-12-01T00:00:00Z" });
  expect(inBurnOrder([ending, promotion])).toEqual([promotion, ending]);
  expect(paces([ending, promotion], NOW).map(({ credits }) => credits)).toEqual(["2000"]);
});

test("the soonest end first, then given before paid, then the oldest", () => {
  const soonest = lot({ id: "d", expires_at: "2026-12-24T00:00:00Z" });
  const given = lot({ id: "c", source: "bonus" });
  const older = lot({ id: "b", granted_at: "2026-11-01T00:00:00Z" });
  const younger = lot({ id: "a" });
  expect(inBurnOrder([younger, older, given, soonest])).toEqual([soonest, given, older, younger]);
});

test("ends are compared as instants, whatever their fractions are", () => {
  const later = lot({ id: "a", expires_at: "2027-11-23T08:59:12.000001Z" });
  const whole = lot({ id: "b", expires_at: "2027-11-23T08:59:11Z" });
  expect(inBurnOrder([later, whole])).toEqual([whole, later]);
});

test("thirty days are soon, ninety are near", () => {
  expect(urgencyOf(lot({ expires_at: "2026-12-29T12:00:00Z" }), NOW)).toBe("soon");
  expect(urgencyOf(lot({ expires_at: "2026-12-29T12:00:01Z" }), NOW)).toBe("near");
  expect(urgencyOf(lot({ expires_at: "2027-02-27T12:00:01Z" }), NOW)).toBe("far");
});

test("the pace covers what is used before the lot as well, and is rounded up", () => {
  const first = lot({ id: "a", remaining: "100", expires_at: "2026-12-09T12:00:00Z" });
  const second = lot({ id: "b", remaining: "50.5", expires_at: "2026-12-19T12:00:00Z" });
  expect(paces([second, first, lot({ id: "c" })], NOW)).toEqual([
    { lot: first, credits: "100", perDay: "10" },
    { lot: second, credits: "150.5", perDay: "8" },
  ]);
});

test("what work under way holds needs no hurry", () => {
  const ending = lot({ remaining: "100", held: "60", expires_at: "2026-12-09T12:00:00Z" });
  expect(paces([ending], NOW)).toEqual([{ lot: ending, credits: "40", perDay: "4" }]);
  expect(paces([{ ...ending, held: "100" }], NOW)).toEqual([]);
});

test("what a dispute keeps back cannot be used, and the next end is of what can", () => {
  const disputed = lot({ id: "a", remaining: "100", frozen: "100", expires_at: "2026-12-09T12:00:00Z" });
  const held = lot({ id: "b", remaining: "100", held: "100", expires_at: "2026-12-10T12:00:00Z" });
  const free = lot({ id: "c" });
  expect(paces([disputed, held, free], NOW)).toEqual([]);
  expect(nextToEnd([disputed, held, free])).toBe(free);
  expect(nextToEnd([disputed, held])).toBeUndefined();
});

test("where a day is left there is no pace, and an empty lot needs none", () => {
  const ending = lot({ id: "a", remaining: "7", expires_at: "2026-12-01T11:59:59Z" });
  const empty = lot({ id: "b", remaining: "0", expires_at: "2026-12-01T00:00:00Z" });
  expect(paces([ending, empty], NOW)).toEqual([{ lot: ending, credits: "7", perDay: null }]);
});
