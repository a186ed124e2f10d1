/** Entries as people understand them. */
import { expect, test } from "vitest";

import { KINDS } from "../../src/history/filters";
import { availableBefore, changeOf, changeOfLot, owedBy, storyOf } from "../../src/history/story";
import { de } from "../../src/history/texts.de";
import { en } from "../../src/history/texts.en";
import { entry } from "./entry";

test("a grant of a purchase was bought, any other was given", () => {
  expect(storyOf(entry({ kind: "grant", amount: "1000", purchase_id: "p" }))).toBe("bought");
  expect(storyOf(entry({ kind: "grant", amount: "1000" }))).toBe("given");
});

test("the sign tells what an adjustment, a clawback and a changed hold did", () => {
  expect(storyOf(entry({ kind: "adjustment", amount: "100" }))).toBe("raised");
  expect(storyOf(entry({ kind: "adjustment", amount: "-0.5" }))).toBe("lowered");
  expect(storyOf(entry({ kind: "clawback", amount: "-5" }))).toBe("taken_back");
  expect(storyOf(entry({ kind: "clawback", amount: "5" }))).toBe("restored");
  expect(storyOf(entry({ kind: "hold", amount: "0", held_change: "5" }))).toBe("set_aside");
  expect(storyOf(entry({ kind: "hold", amount: "0", held_change: "-5" }))).toBe("released");
});

test("every kind has a story, and the story words in both languages", () => {
  for (const kind of KINDS) {
    const story = storyOf(entry({ kind }));
    for (const texts of [en, de]) {
      expect(texts.titles[story]).toMatch(/\w/);
      expect(texts.meanings[story]).toMatch(/\.$/);
      expect(texts.kinds[kind]).toMatch(/\w/);
    }
  }
});

test("a hold shows what is held, a freeze what is frozen, a capture what was taken", () => {
  expect(changeOf(entry({ kind: "hold", amount: "0", held_change: "75" }))).toEqual({ of: "held", credits: "75" });
  expect(changeOf(entry({ kind: "release", amount: "0", held_change: "-15" }))).toEqual({ of: "held", credits: "-15" });
  expect(changeOf(entry({ kind: "freeze", amount: "0", frozen_change: "9" }))).toEqual({ of: "frozen", credits: "9" });
  expect(changeOf(entry({ kind: "capture", amount: "-60", held_change: "-75" }))).toEqual({
    of: "owned",
    credits: "-60",
  });
});

test("what was available before is what is available after, less what the entry changed", () => {
  expect(availableBefore(entry())).toBe("1000");
  expect(availableBefore(entry({ kind: "hold", amount: "0", held_change: "75", available_after: "925" }))).toBe("1000");
  const capture = entry({ kind: "capture", amount: "-60.000001", held_change: "-75", available_after: "939.999999" });
  expect(availableBefore(capture)).toBe("925");
  expect(availableBefore(entry({ kind: "freeze", amount: "0", frozen_change: "10", available_after: "0" }))).toBe("10");
});

test("only debt that grew is owed", () => {
  expect(owedBy(entry({ debt_change: "3" }))).toBe("3");
  expect(owedBy(entry({ kind: "debt_payment", debt_change: "-3" }))).toBeNull();
  expect(owedBy(entry())).toBeNull();
});

test("of a lot the credits are shown, else what came under a hold, else what froze", () => {
  expect(changeOfLot({ lot_id: "l", credits: "-5", held_change: "-7" })).toEqual({ of: "owned", credits: "-5" });
  expect(changeOfLot({ lot_id: "l", credits: "0", held_change: "7" })).toEqual({ of: "held", credits: "7" });
  expect(changeOfLot({ lot_id: "l", credits: "0", frozen_change: "2" })).toEqual({ of: "frozen", credits: "2" });
});
