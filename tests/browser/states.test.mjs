/** What the page says while things are not as they should be. */
import assert from "node:assert/strict";
import { suite } from "node:test";
import { setTimeout } from "node:timers/promises";

import { give } from "./support/account.mjs";
import { heading, showsAvailable } from "./support/buying.mjs";
import { scenario } from "./support/scenario.mjs";

suite("states", { concurrency: 3 }, () => {
  scenario("an account with nothing is told how credits work", async ({ page, open }) => {
    await open();
    await heading(page, "How credits work").waitFor();
    await showsAvailable(page, "0");
    await open("history");
    await page.getByText("Nothing has happened yet").waitFor();
    await open("purchases");
    await page.getByText("Nothing bought yet").waitFor();
  });

  scenario(
    "while the service fails the page says so, and tries again when asked to",
    async ({ page, account, open }) => {
      await give(account, "500");
      let isDown = true;
      const json = { status: 503, code: "unavailable", detail: "Not now.", request_id: "down-1" };
      const answer = { status: 503, contentType: "application/problem+json", headers: { "retry-after": "0" }, json };
      await page.route("**/v1/**", (route) => (isDown ? route.fulfill(answer) : route.continue()));
      await open("history");
      const alert = page.getByRole("alert");
      await alert.waitFor();
      await alert.getByText("down-1").waitFor();
      isDown = false;
      await alert.getByRole("button", { name: "Try again" }).click();
      await page.getByRole("button", { name: "Details: Credits for you" }).waitFor({ state: "attached" });
      assert.equal(await alert.count(), 0);
    },
  );

  scenario("a page that cannot be reached at first can be tried again", async ({ page, account, open }) => {
    await give(account, "500");
    await page.route("**/page.json", (route) => route.abort());
    await open();
    await page.getByRole("alert").waitFor();
    await page.unroute("**/page.json");
    await page.getByRole("button", { name: "Try again" }).click();
    await showsAvailable(page, "500");
  });

  scenario("whoever loses the connection is told, and catches up when it is back", async (scene) => {
    const { page, account, context, open } = scene;
    await give(account, "500");
    await open();
    await showsAvailable(page, "500");
    await context.setOffline(true);
    await page.getByText("You are offline. What you see may be out of date.").waitFor();
    await give(account, "100");
    await context.setOffline(false);
    await page.getByText("You are offline.").waitFor({ state: "detached" });
    await showsAvailable(page, "600");
  });

  scenario("when the platform's session has ended one signs in again", async ({ page, open }) => {
    await page.route("**/sandbox/token*", (route) => route.fulfill({ status: 401 }));
    await page.route("**/page.json", async (route) => {
      const settings = await (await route.fetch()).json();
      await route.fulfill({ json: { ...settings, sign_in_url: "https://platform.example/sign-in" } });
    });
    await open();
    await heading(page, "You have been signed out").waitFor();
    const way = page.getByRole("link", { name: "Sign in again" });
    assert.equal(await way.getAttribute("href"), "https://platform.example/sign-in");
  });

  scenario("a token that is refused is renewed without a word", async ({ page, account, open }) => {
    await give(account, "500");
    /** @type {string | undefined} */
    let refused;
    await page.route("**/v1/balance", async (route) => {
      const { authorization } = route.request().headers();
      refused ??= authorization;
      if (authorization === refused) {
        // The sandbox's tokens of one second are the same.
        await setTimeout(1_000);
        await route.fulfill({ status: 401, json: {} });
      } else {
        await route.continue();
      }
    });
    const balance = page.waitForResponse((response) => response.url().endsWith("/v1/balance") && response.ok());
    await open();
    await showsAvailable(page, "500");
    await balance;
  });
});
