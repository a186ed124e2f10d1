/** Stripe's events come late or never, and the buyer is not left in doubt: the page asks until it knows. */
import { afterEach, suite } from "node:test";

import {
  glancesAvailable,
  goToStripe,
  heading,
  isStillThere,
  mark,
  payAtStripe,
  paymentIsConfirmed,
} from "./support/buying.mjs";
import { scenario } from "./support/scenario.mjs";
import { orderOfStripe } from "./support/server.mjs";

suite("webhooks", { concurrency: false }, () => {
  afterEach(async () => {
    await orderOfStripe("/webhooks/behaviour", {});
    await orderOfStripe("/faults", { next: [] });
  });

  scenario("a payment whose event is lost is found by asking", async ({ page, open }) => {
    await orderOfStripe("/webhooks/behaviour", { drop: true });
    await open("buy");
    await goToStripe(page);
    await stripeFails(page, 2);
    await payAtStripe(page);
    await becomesDoneByItself(page);
  });

  scenario("a payment whose event is late is done as soon as it comes", async ({ page, open }) => {
    await orderOfStripe("/webhooks/behaviour", { delay_ms: 3_000 });
    await open("buy");
    await goToStripe(page);
    // Whoever asks Stripe in the meantime gets no answer: it is the event that tells.
    await stripeFails(page, 50);
    await payAtStripe(page);
    await becomesDoneByItself(page);
  });

  scenario("the same event sent many times grants once", async ({ page, open }) => {
    await orderOfStripe("/webhooks/behaviour", { duplicate: 5, reorder: true });
    await open("buy");
    await goToStripe(page);
    await payAtStripe(page);
    await paymentIsConfirmed(page);
    await glancesAvailable(page, "1,000");
  });
});

/**
 * Has Stripe fail so often when it is asked about the session whose page is shown.
 * @param {import("playwright-core").Page} page
 * @param {number} times
 */
async function stripeFails(page, times) {
  const [session] = /cs_\w+/.exec(page.url()) ?? [];
  const fault = { status: 500, path: `/v1/checkout/sessions/${session}` };
  await orderOfStripe("/faults", { next: Array(times).fill(fault) });
}

/** @param {import("playwright-core").Page} page */
async function becomesDoneByItself(page) {
  await heading(page, "Confirming the payment").waitFor();
  await mark(page);
  await paymentIsConfirmed(page);
  await glancesAvailable(page, "1,000");
  await isStillThere(page);
}
