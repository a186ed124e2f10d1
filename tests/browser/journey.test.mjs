/** The five steps of the help article, as its readers take them. */
import assert from "node:assert/strict";
import { suite } from "node:test";

import { backtest, give } from "./support/account.mjs";
import {
  atStripe,
  available,
  glancesAvailable,
  GOOD_CARD,
  goToStripe,
  heading,
  isStillThere,
  mark,
  payAtStripe,
  payButton,
  paymentIsConfirmed,
  showsAvailable,
} from "./support/buying.mjs";
import { scenario } from "./support/scenario.mjs";

suite("the article's five steps", { concurrency: 2 }, () => {
  scenario("whoever follows the article buys a package and finds it in balance and history", async (scene) => {
    const { page, account, open } = scene;
    await give(account, "250");
    await backtest(account);

    // 1 and 2: the balance, what was consumed in this cycle, and the breakdown by operation.
    await open();
    await showsAvailable(page, "200");
    await available(page).getByText("Used this cycle").waitFor();
    const breakdown = page.getByRole("table", { name: "Credits used in this cycle, by operation" });
    await breakdown.getByRole("row", { name: "Backtesting 1 50 100%" }).waitFor();

    // 3: a preset, and what the buyer is to know before paying.
    await available(page).getByRole("link", { name: "Buy credits" }).click();
    await page.getByText("5,000 credits", { exact: true }).click();
    const terms = page.getByText(/non-refundable once purchased\. They end one year after the payment/);
    const [told, asked] = [await terms.boundingBox(), await payButton(page).boundingBox()];
    assert(told && asked && told.y + told.height <= asked.y, "the terms stand above the button");
    assert.equal(await payButton(page).textContent(), "Pay $46.00 at Stripe");

    // 4: paid at Stripe; "processing" turns into "done" by itself.
    const answer = await holdBackOutcome(page);
    await goToStripe(page);
    await payAtStripe(page);
    await heading(page, "Confirming the payment").waitFor();
    await mark(page);
    answer.letGo();
    await paymentIsConfirmed(page);
    await page.getByText("5,000 credits were added").waitFor();

    // 5: balance and history, without a reload.
    await glancesAvailable(page, "5,200");
    await page.getByRole("link", { name: "See it in the history" }).click();
    const line = page
      .getByRole("listitem")
      .filter({ has: page.getByRole("button", { name: "Details: Credits bought" }) });
    await line.getByText("+5,000").first().waitFor();
    await page.getByRole("link", { name: "Overview" }).click();
    await showsAvailable(page, "5,200");
    await isStillThere(page);
  });

  scenario("the way from the overview to the bought credits needs no mouse", async ({ page, open }) => {
    await open();
    await press(page, "link", "Buy credits");
    await heading(page, "Buy credits").waitFor();
    await reach(page, "radio", /^1,000 credits/);
    await page.keyboard.press("ArrowDown");
    await press(page, "button", "Pay $46.00 at Stripe");
    await atStripe(page);
    for (const [name = "", text = ""] of [
      ["Email", "payer@example.com"],
      ["Card number", GOOD_CARD],
      ["Expiry", "12/34"],
      ["CVC", "123"],
    ]) {
      await reach(page, "textbox", name);
      await page.keyboard.type(text);
    }
    await press(page, "button", "Pay $46.00");
    await paymentIsConfirmed(page);
    await press(page, "link", "To the overview");
    await showsAvailable(page, "5,000");
  });
});

/**
 * Keeps what became of a checkout from the page, until it is let go.
 * @param {import("playwright-core").Page} page
 */
async function holdBackOutcome(page) {
  /** @type {() => void} */
  let letGo = () => undefined;
  /** @type {Promise<void>} */
  const gone = new Promise((resolve) => (letGo = resolve));
  await page.route("**/v1/checkout-sessions/*", async (route) => {
    await gone;
    await route.continue();
  });
  return { letGo };
}

/**
 * Goes forward with the Tab key until it is there.
 * @param {import("playwright-core").Page} page
 * @param {"link" | "button" | "radio" | "textbox"} role
 * @param {string | RegExp} name
 */
async function reach(page, role, name) {
  const wanted = page.getByRole(role, { name, ...(typeof name === "string" && { exact: true }) }).first();
  await wanted.waitFor({ state: "attached" });
  for (let presses = 0; presses < 40; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press("Tab");
  }
  assert.fail(`the Tab key does not lead to ${name}`);
}

/**
 * What is pressed by keyboard shows that it has the focus.
 * @param {import("playwright-core").Page} page
 * @param {"link" | "button"} role
 * @param {string} name
 */
async function press(page, role, name) {
  await reach(page, role, name);
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle);
  assert.notEqual(outline, "none", `${name} does not show that it has the focus`);
  await page.keyboard.press("Enter");
}
