/** What the other screens are for: finding an entry, knowing a cost, recharging by itself, choosing what to hear of. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { suite } from "node:test";

import { becomes } from "./support/becomes.mjs";
import { backtest, give } from "./support/account.mjs";
import { glancesAvailable, payAtStripe } from "./support/buying.mjs";
import { scenario } from "./support/scenario.mjs";
import { asOwner, SANDBOX_URL } from "./support/server.mjs";

suite("screens", { concurrency: 3 }, () => {
  scenario("an entry is found by its kind and by its reference", async ({ page, account, open }) => {
    await give(account, "500");
    await backtest(account, { reference: "backtest-1" });
    await backtest(account, { reference: "backtest-2" });
    const lines = page.getByRole("main").getByRole("button", { name: /^Details: / });
    await open("history");
    await becomes(() => lines.count(), 3);

    await page.getByLabel("Kind").selectOption("Adjusted");
    await becomes(() => lines.allTextContents(), ["Details: Credits for you"]);

    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByRole("searchbox", { name: "Reference" }).fill("backtest-2");
    await page.getByRole("button", { name: "Search" }).click();
    await becomes(() => lines.allTextContents(), ["Details: Backtesting"]);
    await page.getByRole("main").getByText("backtest-2").waitFor();

    // What is narrowed stands in the address, and a stranger to the account's references finds nothing.
    assert.match(page.url(), /reference=backtest-2/);
    await page.getByRole("searchbox", { name: "Reference" }).fill("nothing");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByText("No entry matches").waitFor();
  });

  scenario("the detail of a debit says what it cost and why", async ({ page, account, open }) => {
    await give(account, "500");
    await backtest(account);
    await open("history");
    await page.getByRole("button", { name: "Details: Backtesting" }).click();
    const detail = page.getByRole("dialog", { name: "Backtesting" });
    await detail.getByRole("row", { name: /^Assets.* 50 .*20$/ }).waitFor();
    await detail.getByRole("row", { name: /120 .*30$/ }).waitFor();
    await detail.getByText("backtest-1").waitFor();
    await detail.getByText("Version 1").waitFor();
    await page.keyboard.press("Escape");
    await detail.waitFor({ state: "detached" });
  });

  scenario("the history is downloaded as CSV, as it is filtered", async ({ page, account, open }) => {
    await give(account, "500");
    await backtest(account);
    await open("history?kind=debit");
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download CSV" }).click();
    const download = await coming;
    assert.match(download.suggestedFilename(), /^credits-history-\d{4}-\d\d-\d\d\.csv$/);
    const [head, ...lines] = (await readFile(await download.path(), "utf8")).trimEnd().split(/\r?\n/);
    assert.match(head ?? "", /sequence/);
    assert.equal(lines.length, 1, "the debit alone");
    assert.match(lines[0] ?? "", /debit.*backtesting.*backtest-1/);
  });

  scenario("the estimator knows the cost, and what is missing for it", async ({ page, account, open }) => {
    await give(account, "100");
    await open("estimate");
    await page.getByLabel("Operation").selectOption("Backtesting");
    await page.getByLabel("Assets", { exact: true }).fill("100");
    await page.getByLabel("Years of price bars, all").fill("40");
    await page.getByText("You can afford it.").waitFor();
    const cost = page.getByRole("status").filter({ hasText: "One of these" });
    await cost.getByText(/^50\s*credits$/).waitFor();

    await page.getByLabel("Assets", { exact: true }).fill("2000");
    await cost.getByText(/^810\s*credits$/).waitFor();
    await page.getByText("710 credits are missing.").waitFor();
    await page.getByRole("main").getByRole("link", { name: "Buy credits" }).click();
    await page
      .getByRole("radio", { name: /^1,000 credits/ })
      .and(page.locator(":checked"))
      .waitFor({ state: "attached" });
  });

  scenario("auto-recharge buys by itself with the card that was saved", async ({ page, account, open }) => {
    await give(account, "150");
    await open("auto-recharge");
    await page.getByRole("button", { name: "Save a card" }).click();
    await page.waitForURL((url) => url.href.startsWith(SANDBOX_URL));
    await payAtStripe(page);
    await page.getByText("Your card is saved.").waitFor();
    await page.getByText("•••• 4242").waitFor();

    await page.getByText("Recharge automatically").click();
    await page.getByRole("button", { name: "Save settings" }).click();
    await page.getByText("As soon as fewer than 100 credits are available, 1,000 credits are bought.").waitFor();
    await backtest(account, { assets: 100, bar_years: 160 });
    await glancesAvailable(page, "1,070");
    await page.getByText("$10.00 of $50.00").waitFor();
  });

  scenario("what one wants to hear of is kept", async ({ page, account, open }) => {
    await open("notifications?view=preferences");
    const mails = page.getByRole("switch", { name: "Bought credits have arrived: By mail" });
    await mails.click();
    await page.getByRole("textbox", { name: "Threshold 1" }).fill("750");
    await page.getByText("You have changes that are not saved.").waitFor();
    await page.getByRole("button", { name: "Save choices" }).click();
    await page.getByText("Saved.", { exact: true }).waitFor();
    const kept = await asOwner(account, "/v1/notification-preferences");
    assert.deepEqual(kept.low_balance, ["750"]);
    assert.equal(kept.kinds.find(isPaid).by_email, false);
    await page.reload();
    await mails.waitFor();
    assert(!(await mails.isChecked()));
  });

  scenario(
    "the page speaks German to whoever's browser does",
    async ({ page, account, open }) => {
      await give(account, "12345.5");
      await open();
      await page.getByRole("heading", { name: "Übersicht" }).waitFor();
      await page.getByText("12.345,5").first().waitFor();
      await page.getByRole("button", { name: "English" }).click();
      await page.getByText("12,345.5").first().waitFor();
      await page.reload();
      await page.getByRole("heading", { name: "Overview" }).waitFor();
      assert.equal(await page.locator("html").getAttribute("lang"), "en");
    },
    { locale: "de-DE" },
  );
});

/** @param {{ kind: string }} choice */
function isPaid({ kind }) {
  return kind === "purchase.paid";
}
