/** What others do to an account shows on its owner's page by itself. */
import { suite } from "node:test";

import { backtest, give, holdReports } from "./support/account.mjs";
import { isStillThere, mark, showsAvailable } from "./support/buying.mjs";
import { scenario } from "./support/scenario.mjs";
import { asService } from "./support/server.mjs";

suite("live", { concurrency: 3 }, () => {
  scenario("work that a service charges moves the balance by itself", async ({ page, account, open }) => {
    await give(account, "500");
    await open();
    await showsAvailable(page, "500");
    await mark(page);
    await backtest(account);
    await showsAvailable(page, "450");
    await page.getByRole("row", { name: /^Backtesting .* backtest-1 -50 450$/ }).waitFor();
    await page.getByRole("row", { name: "Backtesting 1 50 100%" }).waitFor();
    await isStillThere(page);
  });

  scenario("work that begins and ends shows as set aside, then as used", async ({ page, account, open }) => {
    await give(account, "500");
    await open();
    await showsAvailable(page, "500");
    await mark(page);
    const { id } = await holdReports(account, 4, "report-7");
    await showsAvailable(page, "400");
    await page
      .getByRole("definition")
      .filter({ hasText: /^100\s*for work under way$/ })
      .waitFor();
    await asService(`/v1/holds/${id}/capture`, { quantities: { reports: 3 } });
    await showsAvailable(page, "425");
    await page
      .getByRole("definition")
      .filter({ hasText: /^0\s*no work under way$/ })
      .waitFor();
    await isStillThere(page);
  });

  scenario("who falls below the threshold is warned at once, and has a notice", async ({ page, account, open }) => {
    await give(account, "130");
    await open();
    await showsAvailable(page, "130");
    await mark(page);
    await backtest(account);
    await page.getByText("Only 80 credits left").waitFor();
    await page.getByRole("link", { name: "Notices 2 unread" }).click();
    await page.getByRole("heading", { name: /^Only 80 credits left/ }).waitFor();
    await page.getByRole("button", { name: "Mark all as read" }).click();
    await page.getByRole("heading", { name: "All notices are read." }).waitFor();
    await page.getByRole("link", { name: "Notices", exact: true }).waitFor();
    await isStillThere(page);
  });
});
