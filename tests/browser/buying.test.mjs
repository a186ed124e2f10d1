/** Buying in every way that people do: their own amount, a card that is declined, twice, and with the back button. */
import assert from "node:assert/strict";
import { suite } from "node:test";

import { give, purchasesOf } from "./support/account.mjs";
import {
  atStripe,
  DECLINED_CARD,
  glancesAvailable,
  goToStripe,
  isStillThere,
  mark,
  payAtStripe,
  payButton,
  paymentIsConfirmed,
  showsAvailable,
} from "./support/buying.mjs";
import { scenario } from "./support/scenario.mjs";

suite("buying", { concurrency: 3 }, () => {
  scenario("a custom amount is priced while it is typed, and says what it may be", async ({ page, open }) => {
    await open("buy");
    await page.getByText("Another amount").click();
    const field = page.getByRole("textbox", { name: "Number of credits" });
    await page.getByText("A whole number from 100 to 1,000,000.").waitFor();

    const refused = [
      ["99", "A whole number from 100 to 1,000,000."],
      ["1000001", "A whole number from 100 to 1,000,000."],
      ["12.5", "Please write a whole number, such as 2500."],
    ];
    for (const [number = "", mistake = ""] of refused) {
      await field.fill(number);
      await page.getByText(mistake).waitFor();
      assert.equal(await field.getAttribute("aria-invalid"), "true", number);
      assert(await page.getByRole("button", { name: "Choose an amount" }).isDisabled(), number);
    }

    // 1 000 at a cent, 1 500 at nine tenths of one.
    await field.fill("2,500");
    await page.getByRole("button", { name: "Pay $23.50 at Stripe" }).waitFor();
    await page.getByRole("definition").filter({ hasText: "$0.0094" }).waitFor();
    await field.fill("10000");
    await page.getByRole("button", { name: "Pay $86.00 at Stripe" }).waitFor();
    await goToStripe(page);
    await payAtStripe(page);
    await paymentIsConfirmed(page);
    await glancesAvailable(page, "10,000");
  });

  scenario("a declined card buys nothing, and a good one then buys once", async ({ page, account, open }) => {
    await open("buy");
    await goToStripe(page);
    await payAtStripe(page, DECLINED_CARD);
    await page.getByRole("alert").filter({ hasText: "declined" }).waitFor();
    await payAtStripe(page);
    await paymentIsConfirmed(page);
    await glancesAvailable(page, "1,000");
    assert.deepEqual(await statusesOf(account), ["paid"]);
  });

  scenario("a double click on pay makes one purchase", async ({ page, account, open }) => {
    await open("buy");
    await payButton(page).waitFor();
    let asked = 0;
    page.on("request", (request) => void (asked += isCheckout(request) ? 1 : 0));
    await payButton(page).dblclick();
    await atStripe(page);
    assert.equal(asked, 1);
    assert.deepEqual(await statusesOf(account), ["open"]);
  });

  scenario("a second try after a lost answer makes one purchase", async ({ page, account, open }) => {
    await open("buy");
    /** @type {(string | undefined)[]} */
    const keys = [];
    await page.route("**/v1/checkout-sessions", async (route) => {
      keys.push(route.request().headers()["idempotency-key"]);
      if (keys.length === 1) {
        await route.fetch();
        await route.abort("connectionreset");
      } else {
        await route.continue();
      }
    });
    await payButton(page).click();
    await page.getByRole("alert").waitFor();
    await goToStripe(page);
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
    assert.deepEqual(await statusesOf(account), ["open"]);
  });

  scenario("who gives up at Stripe is told that nothing was charged", async ({ page, account, open }) => {
    await open("buy");
    await goToStripe(page);
    await page.getByRole("link", { name: "Back" }).click();
    await page.getByText("Nothing was charged").first().waitFor();
    await page.getByRole("link", { name: "Go on paying" }).click();
    await atStripe(page);
    assert.deepEqual(await statusesOf(account), ["open"]);
  });

  scenario("the back button at Stripe leaves a page that can pay, and still one purchase", async (scene) => {
    const { page, account, open } = scene;
    await open("buy");
    await goToStripe(page);
    await page.goBack();
    await page.getByText("You have not finished paying").waitFor();
    assert(await payButton(page).isEnabled(), "the button is not still pressed");
    await goToStripe(page);
    assert.deepEqual(await statusesOf(account), ["open"], "the same open session");
  });

  scenario("the back button after paying tells of the purchase, and buys nothing", async ({ page, account, open }) => {
    await open("buy");
    await goToStripe(page);
    await payAtStripe(page);
    await paymentIsConfirmed(page);
    await page.goBack();
    // To Stripe's page, which has been paid, or past it to the page as it was left.
    if (!page.url().includes("#/buy")) {
      await page.getByText("You have paid already").waitFor();
      await page.goBack();
    }
    await page.getByText("You have just bought credits").waitFor();
    assert(await payButton(page).isEnabled(), "the button is not still pressed");
    assert.deepEqual(await statusesOf(account), ["paid"]);
  });

  scenario("a reload after paying tells the same again, and buys nothing", async ({ page, account, open }) => {
    await open("buy");
    await goToStripe(page);
    await payAtStripe(page);
    await paymentIsConfirmed(page);
    await page.reload();
    await paymentIsConfirmed(page);
    assert.deepEqual(await statusesOf(account), ["paid"]);
  });

  scenario("what is bought in one tab shows in the other by itself", async ({ page, account, context, open }) => {
    await give(account, "40");
    const other = await context.newPage();
    await open("", other);
    await showsAvailable(other, "40");
    await mark(other);
    await open("buy");
    await goToStripe(page);
    await payAtStripe(page);
    await showsAvailable(other, "1,040");
    await other.getByRole("row", { name: /^Credits bought/ }).waitFor();
    await isStillThere(other);
    await paymentIsConfirmed(page);
  });
});

/** @param {import("playwright-core").Request} request */
function isCheckout(request) {
  return request.method() === "POST" && new URL(request.url()).pathname === "/v1/checkout-sessions";
}

/** @param {string} account */
async function statusesOf(account) {
  return (await purchasesOf(account)).map(({ status }) => status);
}
