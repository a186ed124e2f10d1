/** Preferences as they are edited. */
import { expect, test } from "vitest";

import { choose, isSame, thresholdMistakes } from "../../src/notifications/preferences";

const choices = [
  { kind: "purchase.paid", in_feed: true, by_email: true },
  { kind: "balance.low", in_feed: true, by_email: true },
] as const;

test("a choice changes one channel of one kind", () => {
  expect(choose(choices, "balance.low", "by_email", false)).toEqual([
    choices[0],
    { kind: "balance.low", in_feed: true, by_email: false },
  ]);
});

test("a threshold is a number above nothing, and there once", () => {
  expect(thresholdMistakes(["100", "0", "", "-1", "1.0000001", "100.0", "50"])).toEqual([
    undefined,
    "wrong",
    "wrong",
    "wrong",
    "wrong",
    "twice",
    undefined,
  ]);
});

test("what was changed back is the same again", () => {
  const before = { low_balance: ["100"], kinds: [...choices] };
  const changed = { ...before, kinds: choose(choices, "balance.low", "by_email", false) };
  expect(isSame(before, changed)).toBe(false);
  expect(isSame(before, { ...before, kinds: choose(changed.kinds, "balance.low", "by_email", true) })).toBe(true);
});
