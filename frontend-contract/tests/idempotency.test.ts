import { describe, expect, it } from "vitest";

import { createAttempts, idempotencyKey, ProblemError } from "../src";

const refusal = (status: number, code: string) => new ProblemError(status, code, "", null, null, {});

/** Runs the same attempt after it has failed with `error`, and says whether the key was the same. */
async function keepsItsKeyAfter(error: unknown): Promise<boolean> {
  const attempts = createAttempts();
  const keys: string[] = [];
  const send = async (_: unknown, key: string) => {
    keys.push(key);
    throw error;
  };
  for (let time = 0; time < 2; time++) {
    await attempts.run({ credits: "500" }, send).catch(() => undefined);
  }
  return keys[0] === keys[1];
}

describe("a key", () => {
  it("is another each time, and one that the service takes", () => {
    expect(idempotencyKey()).not.toBe(idempotencyKey());
    expect(idempotencyKey()).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each([
    new TypeError("no answer"),
    refusal(500, "internal"),
    refusal(503, "outcome_unknown"),
    refusal(408, "request_timeout"),
    refusal(401, "unauthorized"),
    refusal(409, "request_in_progress"),
  ])("is kept while nobody knows what became of the attempt: %s", async (error) => {
    expect(await keepsItsKeyAfter(error)).toBe(true);
  });

  it.each([
    refusal(402, "insufficient_credits"),
    refusal(409, "purchase_not_open"),
    refusal(422, "credits_out_of_range"),
    refusal(400, "invalid_body"),
  ])("is done with once the attempt was refused: %s", async (error) => {
    expect(await keepsItsKeyAfter(error)).toBe(false);
  });
});

describe("attempts", () => {
  it("joins a double click", async () => {
    const attempts = createAttempts();
    const sent: string[] = [];
    let answer: (value: string) => void = () => undefined;
    const send = (_: unknown, key: string) => {
      sent.push(key);
      return new Promise<string>((resolve) => (answer = resolve));
    };
    const clicks = [attempts.run({ package_id: "plus" }, send), attempts.run({ package_id: "plus" }, send)];
    answer("done");
    expect(await Promise.all(clicks)).toEqual(["done", "done"]);
    expect(sent).toHaveLength(1);
  });

  it("are new after an answer, and for another body", async () => {
    const attempts = createAttempts();
    const keys: string[] = [];
    const send = async (_: unknown, key: string) => keys.push(key);
    await attempts.run({ package_id: "plus" }, send);
    await attempts.run({ package_id: "plus" }, send);
    const both = [attempts.run({ package_id: "plus" }, send), attempts.run({ package_id: "pro" }, send)];
    await Promise.all(both);
    expect(new Set(keys).size).toBe(4);
  });

  it("keeps the newer attempt's key when the older one ends", async () => {
    const attempts = createAttempts();
    const keys: string[] = [];
    let end: () => void = () => undefined;
    const old = attempts.run("old", () => new Promise<void>((resolve) => (end = resolve)));
    const send = async (_: unknown, key: string) => {
      keys.push(key);
      throw new TypeError("no answer");
    };
    await attempts.run("new", send).catch(() => undefined);
    end();
    await old;
    await attempts.run("new", send).catch(() => undefined);
    expect(keys[0]).toBe(keys[1]);
  });
});
