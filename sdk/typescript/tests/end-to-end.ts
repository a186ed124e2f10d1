// The end-to-end test: the same steps in every language, against a live server. sdk/test.sh runs it.

import assert from "node:assert/strict";
import {
  Credits,
  CreditsError,
  verifyWebhook,
  WebhookVerificationError,
  type HoldWithBalance,
  type NewDebit,
  type Quote,
} from "../src/index.js";

const account = "sdk-typescript";

function env(name: string): string {
  const value = process.env[name];
  assert.ok(value, `${name} is not set: run me under sdk/test.sh`);
  return value;
}

let replayed = false;
let answers = 0;
const onResponse = (response: Response): void => {
  replayed = response.headers.get("Idempotent-Replayed") === "true";
  answers++;
};
const admin = new Credits({ baseUrl: env("API_URL"), token: env("ADMIN_TOKEN") });
const service = new Credits({ baseUrl: env("API_URL"), token: env("SERVICE_TOKEN"), onResponse });
const shaky = new Credits({ baseUrl: env("SHAKY_URL"), token: env("SERVICE_TOKEN"), onResponse });
const newer = new Credits({ baseUrl: env("SHAKY_URL"), token: env("USER_TOKEN") });
const user = new Credits({ baseUrl: env("API_URL"), token: async () => env("USER_TOKEN"), onResponse });

const work = (reference: string): NewDebit => ({
  account_id: account,
  operation: "model_inference",
  variant: "large",
  quantities: { input_tokens: 1200, output_tokens: 350 },
  reference,
});
let quote: Quote;
let hold: HoldWithBalance;

const steps: Record<string, () => Promise<void>> = {
  async grant() {
    const { balance } = await admin.createAdjustment(account, { credits: "+100", reason: "A test" });
    assert.equal(balance.available, "100");
  },
  async quote() {
    const quantities = { assets: 3, bar_years: 7.5 };
    quote = await service.createQuote({ account_id: account, operation: "backtesting", quantities });
    assert.ok(quote.affordable);
    assert.deepEqual(quote.quantities, quantities);
  },
  async hold() {
    hold = await service.createHold({ account_id: account, quote_id: quote.id, reference: "run-1" });
    assert.equal(hold.credits, quote.credits);
    assert.equal(hold.status, "active");
  },
  async capture() {
    const capture = await service.captureHold(hold.id, { credits: "0.5" });
    assert.equal(capture.charged, "0.5");
    assert.equal(capture.held, "0");
  },
  async debit() {
    const idempotencyKey = "typescript-answer-1";
    const first = await service.createDebit(work("answer-1"), { idempotencyKey });
    assert.ok(!replayed, "the first answer is a repeat");
    const second = await service.createDebit(work("answer-1"), { idempotencyKey });
    assert.ok(replayed);
    assert.deepEqual(second, first);
  },
  async retry() {
    await shaky.createDebit(work("answer-2"));
    assert.ok(replayed, "the lost answer was not asked for again with the same key");
  },
  async history() {
    answers = 0;
    const sequences: number[] = [];
    for await (const entry of user.usageHistory({ limit: 2 })) sequences.push(entry.sequence);
    assert.deepEqual(sequences, [5, 4, 3, 2, 1]);
    assert.equal(answers, 3);
  },
  async export() {
    const text = await user.exportUsageHistory({ format: "csv", from: hold.created_at });
    // Names, hold, capture and two debits; not the grant before them.
    assert.equal(text.trim().split("\r\n").length, 5, text);
  },
  async tomorrow() {
    const grant = (await newer.listUsageHistory()).data.at(-1);
    assert.equal(grant?.kind as string, "windfall");
  },
  async problem() {
    const tooMuch = { account_id: account, operation: "backtesting", credits: "1000", reference: "too-much" };
    await assert.rejects(service.createDebit(tooMuch), (error) => {
      assert.ok(error instanceof CreditsError);
      assert.equal(error.status, 402);
      assert.equal(error.code, "insufficient_credits");
      assert.equal(error.problem.required, "1000");
      assert.ok(error.problem.shortfall);
      return true;
    });
  },
  async webhook() {
    const names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
    const headers = Object.fromEntries(names.map((name) => [name, env(name.toUpperCase().replaceAll("-", "_"))]));
    const body = env("WEBHOOK_BODY");
    const secret = env("WEBHOOK_SECRET");
    const event = verifyWebhook(body, headers, secret);
    assert.ok(event.type === "balance.low");
    assert.equal(event.data.credits, "97.5");
    assert.throws(() => verifyWebhook(body.replace("97.5", "98.5"), headers, secret), WebhookVerificationError);
  },
};

for (const [name, step] of Object.entries(steps)) {
  try {
    await step();
    console.log(`ok ${name}`);
  } catch (error) {
    process.exitCode = 1;
    console.log(`FAILED ${name}: ${String(error).replaceAll("\n", " ")}`);
  }
}
