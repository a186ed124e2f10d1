import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";

import { createCredits, streamEvents } from "../src";
import { createHandlers, everyday, fixtures, type Scene } from "../src/msw";
import { API } from "./service";

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function playing(scene: Scene = {}) {
  server.use(...createHandlers({ apiUrl: API, scene }));
  return createCredits({ apiUrl: API, token: async () => "token" });
}

it("an account in daily use is answered with", async () => {
  const credits = playing();
  expect(await credits.get("/v1/balance")).toEqual(fixtures.get_balance);
  const path = { id: "cs_test_1" };
  const session = await credits.get("/v1/checkout-sessions/{id}", { params: { path } });
  expect(session).toEqual(fixtures[everyday.get_checkout_session]);
  const header = { "Idempotency-Key": "k" };
  const created = await credits.post("/v1/checkout-sessions", { params: { header }, body: { package_id: "scale" } });
  expect(created).toEqual(fixtures.create_checkout_session);
  await credits.delete("/v1/payment-methods/{id}", { params: { path: { id: "pm_1" } } });
});

it("a list goes on after its first page", async () => {
  const credits = playing();
  const first = await credits.get("/v1/usage-history");
  const query = { cursor: first.next_cursor ?? "" };
  expect(await credits.get("/v1/usage-history", { params: { query } })).toEqual(fixtures["list_usage_history.next"]);
  expect(await credits.get("/v1/lots", { params: { query } })).toEqual(fixtures.list_lots);
});

it("a scene has another answer, or a problem", async () => {
  const credits = playing({ get_balance: "get_balance.low", list_lots: "problem.insufficient_scope" });
  expect(await credits.get("/v1/balance")).toEqual(fixtures["get_balance.low"]);
  await expect(credits.get("/v1/lots")).rejects.toMatchObject({ status: 403, code: "insufficient_scope" });
});

it("the live stream tells the scene's balance, and stays open", async () => {
  const credits = playing({ get_balance: "get_balance.low" });
  const stop = new AbortController();
  const events = streamEvents(credits, { signal: stop.signal });
  const first = await events.next();
  expect(first.value).toEqual({ event: "balance", id: "0", data: fixtures["get_balance.low"] });
  const second = events.next();
  stop.abort();
  expect((await second).done).toBe(true);
});

it("a stream is refused where the balance is", async () => {
  const credits = playing({ get_balance: "problem.insufficient_scope" });
  const events = streamEvents(credits, { signal: new AbortController().signal });
  await expect(events.next()).rejects.toMatchObject({ code: "insufficient_scope" });
});

it("the history is a file, too", async () => {
  const file = await playing().fetch("/v1/usage-history/export");
  expect(file.headers.get("Content-Type")).toContain("text/csv");
  expect(await file.text()).toMatch(/^sequence,/);
});
