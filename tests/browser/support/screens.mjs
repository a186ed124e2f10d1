/** Every screen of the page, and when it has come to rest. */

/** @typedef {import("playwright-core").Page} Page */

/**
 * The screens by name: where each is, and what is opened on it. `{session}` is that of a paid checkout.
 * @type {Record<string, { at: string, open?: (page: Page) => Promise<void> }>}
 */
export const SCREENS = {
  overview: { at: "" },
  buy: { at: "buy" },
  "buy-custom": { at: "buy?credits=2500" },
  paid: { at: "buy?session={session}" },
  history: { at: "history" },
  entry: {
    at: "history?operation=backtesting",
    open: async (page) => {
      await page.locator("main ol ol button").first().click();
      await page.getByRole("dialog").waitFor();
    },
  },
  lots: { at: "lots" },
  purchases: { at: "purchases" },
  "auto-recharge": { at: "auto-recharge" },
  notices: { at: "notifications" },
  preferences: { at: "notifications?view=preferences" },
  estimator: { at: "estimate" },
};

/** What is shown in place of what is on its way. */
const ON_ITS_WAY = "[class*=skeleton]";

/** Waits until nothing is on its way any more. @param {Page} page */
export async function rest(page) {
  await page.getByRole("main").waitFor();
  await page.waitForFunction((waiting) => document.querySelector(waiting) === null, ON_ITS_WAY);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await still(page);
}

/** Waits until no colour is on its way to another. @param {Page} page */
export async function still(page) {
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
}
