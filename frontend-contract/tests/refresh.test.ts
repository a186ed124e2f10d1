import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import {
  createRefresher,
  queryKey,
  staleAfterBalance,
  staleAfterChange,
  staleAfterNotice,
  type Schema,
  type Topic,
} from "../src";
import { document } from "./document";

const cycle = { start: "2026-11-01T00:00:00Z", end: "2026-12-01T00:00:00Z", consumed: "3", by_operation: [] };
const before: Schema.Balance = {
  account_id: "user-1",
  as_of: "2026-11-29T12:00:00Z",
  available: "100",
  held: "0",
  frozen: "0",
  debt: "0",
  pending: "0",
  cycle,
  next_expiry: null,
  expiring: { within_7_days: "0", within_30_days: "0", within_90_days: "0" },
  runway_days: null,
};
const AMOUNTS: Topic[] = ["lots", "history", "summary", "quote", "advice"];

describe("what is stale after a new balance", () => {
  it.each<[string, Partial<Schema.Balance>, Topic[]]>([
    ["another instant alone", { as_of: "2026-11-29T12:00:05Z", runway_days: 4 }, []],
    ["less available", { available: "95" }, AMOUNTS],
    ["more held", { held: "5" }, AMOUNTS],
    ["a debt", { debt: "5" }, AMOUNTS],
    ["more consumed", { cycle: { ...cycle, consumed: "4" } }, AMOUNTS],
    ["a new cycle", { cycle: { ...cycle, start: "2026-12-01T00:00:00Z" } }, AMOUNTS],
    ["money under way", { pending: "1000" }, ["purchases"]],
    ["a dispute", { frozen: "5" }, [...AMOUNTS, "purchases"]],
  ])("%s", (_, change, stale) => {
    expect(staleAfterBalance(before, { ...before, ...change })).toEqual(stale);
  });

  it("nothing when there was none before", () => {
    expect(staleAfterBalance(undefined, before)).toEqual([]);
  });
});

describe("what is stale after a notice", () => {
  it.each(document.components.schemas.NotificationKind.enum as Schema.NotificationKind[])(
    "the feed, of %s too",
    (kind) => {
      const stale = staleAfterNotice({ kind });
      expect(stale[0]).toBe("notifications");
      expect(new Set(stale).size).toBe(stale.length);
    },
  );

  it("purchases and balance, of a receipt", () => {
    expect(staleAfterNotice({ kind: "purchase.paid" })).toEqual(expect.arrayContaining(["purchases", "balance"]));
  });

  it("the feed alone, of a kind that is newer than the table", () => {
    expect(staleAfterNotice({ kind: "a.new.kind" as Schema.NotificationKind })).toEqual(["notifications"]);
  });
});

it("a purchase that is done leaves nothing of the account as it was", () => {
  expect(staleAfterChange.checkout_done).toEqual(expect.arrayContaining(["balance", "purchases", ...AMOUNTS]));
});

it("a topic's key begins the keys of all that was asked about it", () => {
  const key = queryKey("lots", { limit: 5 });
  expect(key.slice(0, queryKey("lots").length)).toEqual(queryKey("lots"));
  expect(key).not.toEqual(queryKey("lots", { limit: 6 }));
});

describe("the refresher", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("hands on at once, then at most once in its time, each topic once", () => {
    const refresh = vi.fn();
    const refresher = createRefresher(refresh, 2_000);
    refresher.add(["lots"]);
    expect(refresh.mock.calls).toEqual([[["lots"]]]);
    refresher.add(["history", "lots"]);
    refresher.add(["lots"]);
    vi.advanceTimersByTime(1_999);
    expect(refresh).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1);
    expect(refresh.mock.calls[1]).toEqual([["history", "lots"]]);
    vi.advanceTimersByTime(10_000);
    expect(refresh).toHaveBeenCalledTimes(2);
    refresher.add(["lots"]);
    expect(refresh).toHaveBeenCalledTimes(3);
  });

  it("does nothing where nothing is stale, or once it is stopped", () => {
    const refresh = vi.fn();
    const refresher = createRefresher(refresh, 2_000);
    refresher.add([]);
    expect(refresh).not.toHaveBeenCalled();
    refresher.add(["lots"]);
    refresher.add(["history"]);
    refresher.stop();
    vi.advanceTimersByTime(10_000);
    expect(refresh).toHaveBeenCalledTimes(1);
  });
});
