/** What the first look at the page costs: script over the wire, and time until it can be used on a slow processor. */
import assert from "node:assert/strict";
import { suite } from "node:test";

import { give } from "./support/account.mjs";
import { showsAvailable } from "./support/buying.mjs";
import { scenario } from "./support/scenario.mjs";
import { rest } from "./support/screens.mjs";

/** @typedef {import("playwright-core").Page} Page */

const MOST_SCRIPT_BYTES = 150_000;
const SLOWER = 4;
const LOADS = 3;

suite("figures", { concurrency: false }, () => {
  scenario("the overview is shown after less than 150 kB of script over the wire", async ({ page, account, open }) => {
    await give(account, "500");
    /** @type {import("playwright-core").Request[]} */
    const scripts = [];
    page.on("requestfinished", (request) => void (request.resourceType() === "script" && scripts.push(request)));
    await open();
    await showsAvailable(page, "500");
    const wire = sum(await Promise.all(scripts.map(async (request) => (await request.sizes()).responseBodySize)));
    console.log(`first load: ${scripts.length} scripts, ${kB(wire)} as they were sent`);
    assert(wire > 0 && wire < MOST_SCRIPT_BYTES, `${wire} bytes`);
  });

  scenario(
    "a processor four times as slow takes about as many times as long",
    async ({ page, account, open, context }) => {
      await give(account, "500");
      await page.addInitScript(watchWork);
      const processor = await context.newCDPSession(page);
      const usual = await timeToUse(page, open);
      await processor.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
      const slow = await timeToUse(page, open);
      const ratio = (slow / usual).toFixed(1);
      console.log(`can be used after ${usual} ms, with a processor ${SLOWER} times as slow ${slow} ms: ${ratio} times`);
      // Others use the machine too: what is looked for here is work that never ends.
      assert(slow < usual * SLOWER * SLOWER, `${ratio} times`);
    },
  );
});

/** @param {number[]} sizes */
const sum = (sizes) => sizes.reduce((sum, size) => sum + size, 0);

/** @param {number} bytes */
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/** In the page: keeps when it was last busy for longer than a person would not notice. */
function watchWork() {
  Object.assign(window, { busyUntil: 0 });
  new PerformanceObserver((list) => {
    const ends = list.getEntries().map(({ startTime, duration }) => startTime + duration);
    Object.assign(window, { busyUntil: Math.max(...ends) });
  }).observe({ type: "longtask", buffered: true });
}

/**
 * Milliseconds from the beginning of a load, with nothing in the browser's memory, until the balance is shown and the
 * page has no work to do any more: the best of a few, since others use the machine too.
 * @param {Page} page
 * @param {() => Promise<void>} open
 */
async function timeToUse(page, open) {
  const times = [];
  for (let load = 0; load < LOADS; load++) {
    await page.goto("about:blank");
    await open();
    await showsAvailable(page, "500");
    const shown = await page.evaluate(() => performance.now());
    await rest(page);
    await page.waitForTimeout(300);
    // @ts-expect-error left there by `watchWork`
    times.push(Math.max(shown, await page.evaluate(() => window.busyUntil)));
  }
  return Math.round(Math.min(...times));
}
