/** How one buys on the page, and pays on the page that stands in for Stripe's. */
import assert from "node:assert/strict";

import { SANDBOX_URL } from "./server.mjs";

/** @typedef {import("playwright-core").Page} Page */

export const GOOD_CARD = "4242424242424242";
export const DECLINED_CARD = "4000000000000002";

/** @param {Page} page */
export const payButton = (page) => page.getByRole("button", { name: /^Pay .* at Stripe$/ });

/** @param {Page} page @param {string} name */
export const heading = (page, name) => page.getByRole("heading", { name, exact: true });

/** Goes from the page to Stripe's. @param {Page} page */
export async function goToStripe(page) {
  await payButton(page).click();
  await atStripe(page);
}

/** @param {Page} page */
export const atStripe = (page) => page.waitForURL((url) => url.href.startsWith(SANDBOX_URL));

/** Fills in Stripe's form and sends it. @param {Page} page @param {string} [card] */
export async function payAtStripe(page, card = GOOD_CARD) {
  await page.getByLabel("Email").fill("payer@example.com");
  await page.getByLabel("Card number").fill(card);
  await page.getByLabel("Expiry").fill("12/34");
  await page.getByLabel("CVC").fill("123");
  await page
    .getByRole("button", { name: /^(Pay|Save)/ })
    .first()
    .click();
}

/** @param {Page} page */
export const paymentIsConfirmed = (page) => heading(page, "Payment confirmed").waitFor();

/** The large figure of the overview. @param {Page} page */
export const available = (page) => page.getByRole("region", { name: "Available credits" });

/** @param {Page} page @param {string} figure */
export const showsAvailable = (page, figure) => available(page).getByText(figure, { exact: true }).first().waitFor();

/** The figure that stands in the head of every other screen. @param {Page} page @param {string} figure */
export const glancesAvailable = (page, figure) =>
  page
    .getByRole("banner")
    .getByRole("link", { name: `${figure} available` })
    .waitFor();

/** Marks the document, so that `isStillThere` can tell that it was not loaded anew. @param {Page} page */
export const mark = (page) => page.evaluate(() => void document.documentElement.setAttribute("data-mark", ""));

/** @param {Page} page */
export async function isStillThere(page) {
  assert.equal(await page.locator("html[data-mark]").count(), 1, "the page was loaded anew");
}
