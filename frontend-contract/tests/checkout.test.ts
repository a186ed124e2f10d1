import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import {
  checkoutOutcome,
  createAttempts,
  followCardSession,
  followCheckout,
  PATIENCE_MS,
  returnedFrom,
  returnUrls,
  startCardSession,
  startCheckout,
  withoutReturn,
} from "../src";
import { json, noAnswer, problem, serving, type Reply, type Service } from "./service";

const PAGE = "https://app.example.com/credits/?tenant=a%20b#/buy";
const standing = (status: string) => json({ id: "cs_1", status });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Follows a session to the end of it or of patience; each step as "seconds outcome". */
async function followed({ credits }: Service): Promise<string[]> {
  const begin = Date.now();
  const steps: string[] = [];
  const read = async () => {
    for await (const { outcome, delayed } of followCheckout(credits, "cs_1", new AbortController().signal)) {
      steps.push(`${(Date.now() - begin) / 1000} ${outcome}${delayed ? ", delayed" : ""}`);
    }
  };
  const end = read().catch((error: { code: string }) => steps.push(`${(Date.now() - begin) / 1000} ${error.code}`));
  await vi.advanceTimersByTimeAsync(2 * PATIENCE_MS);
  await end;
  return steps;
}

describe("the way to Stripe and back", () => {
  it("keeps the page's own query and place", () => {
    expect(returnUrls(PAGE, "checkout")).toEqual({
      success_url: "https://app.example.com/credits/?tenant=a+b&checkout={CHECKOUT_SESSION_ID}#/buy",
      cancel_url: "https://app.example.com/credits/?tenant=a+b&checkout=cancelled#/buy",
    });
    expect(returnUrls("http://127.0.0.1:8080/", "card").success_url).toBe(
      "http://127.0.0.1:8080/?card={CHECKOUT_SESSION_ID}",
    );
  });

  it("does not pile up marks of earlier returns", () => {
    const once = returnUrls("https://app.example.com/?checkout=cs_1&card=cancelled#/buy", "checkout").success_url;
    expect(once).toBe("https://app.example.com/?checkout={CHECKOUT_SESSION_ID}#/buy");
  });

  it.each(["checkout", "card"] as const)("is recognised: %s", (errand) => {
    const { success_url, cancel_url } = returnUrls(PAGE, errand);
    const back = success_url.replace("{CHECKOUT_SESSION_ID}", "cs_test_1");
    expect(returnedFrom(back)).toEqual({ errand, sessionId: "cs_test_1" });
    expect(returnedFrom(cancel_url)).toEqual({ errand, sessionId: null });
    expect(withoutReturn(back)).toBe("https://app.example.com/credits/?tenant=a+b#/buy");
    expect(returnedFrom(withoutReturn(back))).toBeNull();
  });
});

describe("starting", () => {
  it("makes one session of a double click, and asks with the same key after a lost answer", async () => {
    const service = serving([noAnswer, json({ id: "cs_1" }, 201)]);
    const attempts = createAttempts();
    const click = () => startCheckout(service.credits, attempts, { package_id: "plus" }, PAGE);
    await Promise.allSettled([click(), click()]);
    expect((await click()).id).toBe("cs_1");
    const keys = service.asked.map((request) => request.headers.get("Idempotency-Key"));
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
  });

  it("says what is bought and where to come back to", async () => {
    const service = serving([json({ id: "cs_1" }, 201)]);
    await startCheckout(service.credits, createAttempts(), { credits: "2500", currency: "eur" }, PAGE);
    await startCardSession(service.credits, createAttempts(), PAGE);
    const bodies = service.asked.map((request) => request.json());
    expect(await Promise.all(bodies)).toEqual([
      { credits: "2500", currency: "eur", ...returnUrls(PAGE, "checkout") },
      returnUrls(PAGE, "card"),
    ]);
  });
});

describe("a session that is followed", () => {
  it.each(Object.entries(checkoutOutcome).filter(([status]) => status !== "open"))(
    "is settled when it is %s",
    async (status, outcome) => {
      expect(await followed(serving([standing(status)]))).toEqual([`0 ${outcome}`]);
    },
  );

  it("turns from processing into done by itself", async () => {
    const service = serving([standing("open"), standing("open"), standing("paid")]);
    expect(await followed(service)).toEqual(["0 processing", "1 processing", "2.5 done"]);
  });

  it("is asked about ever more slowly, and at last no more", async () => {
    const service = serving([standing("open")]);
    const steps = await followed(service);
    expect(steps.at(-1)).toMatch(/^1[012]\d\.?\d* processing, delayed$/);
    expect(steps.filter((step) => step.includes("delayed"))).toHaveLength(1);
    expect(service.asked.length).toBeLessThan(20);
  });

  it("is followed through an outage", async () => {
    const service = serving([noAnswer, problem(503, "unavailable"), standing("open"), noAnswer, standing("paid")]);
    expect((await followed(service)).map((step) => step.split(" ")[1])).toEqual(["processing", "done"]);
  });

  it("that was seen once is delayed, not lost, if the outage lasts", async () => {
    const steps = await followed(serving([standing("open"), noAnswer]));
    expect(steps).toHaveLength(2);
    expect(steps[1]).toMatch(/processing, delayed$/);
  });

  it("that was never seen is an error at the end", async () => {
    const steps = await followed(serving([problem(503, "unavailable")]));
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatch(/^1[012]\d\.?\d* unavailable$/);
  });

  it("that does not exist is an error at once", async () => {
    expect(await followed(serving([problem(404, "not_found")]))).toEqual(["0 not_found"]);
  });

  it("is left alone when the page is left", async () => {
    const service = serving([standing("open")]);
    const stop = new AbortController();
    const following = followCheckout(service.credits, "cs_1", stop.signal);
    await following.next();
    stop.abort();
    const next = following.next();
    await vi.advanceTimersByTimeAsync(PATIENCE_MS);
    expect((await next).done).toBe(true);
    expect(service.asked).toHaveLength(1);
  });
});

it.each([
  ["complete", 1],
  ["expired", 1],
  ["open", 2],
])("a card's session is settled unless it is open: %s", async (status, answers) => {
  const replies: Reply[] = [standing(status), standing("complete")];
  const following = followCardSession(serving(replies).credits, "cs_1", new AbortController().signal);
  const seen: string[] = [];
  const read = async () => {
    for await (const { now } of following) {
      seen.push(now.status);
    }
  };
  const end = read();
  await vi.advanceTimersByTimeAsync(PATIENCE_MS);
  await end;
  expect(seen).toHaveLength(answers);
});
