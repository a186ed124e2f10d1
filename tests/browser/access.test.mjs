/**
 * Every screen is for everyone: axe finds nothing in either language, light or dark; nothing is cut off on the
 * narrowest phone, in whichever direction one reads; and nothing moves while it loads.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { before, suite } from "node:test";

import { becomes } from "./support/becomes.mjs";
import { liveIn } from "./support/account.mjs";
import { heading } from "./support/buying.mjs";
import { addressOf } from "./support/browser.mjs";
import { freshAccount, scenario } from "./support/scenario.mjs";
import { rest, SCREENS, still } from "./support/screens.mjs";
import { readShifts, watchShifts } from "./support/shifts.mjs";

/** @typedef {import("playwright-core").Page} Page */

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LANGUAGES = { English: "en-US", German: "de-DE" };
const WIDE = { width: 1280, height: 900 };
const NARROWEST = { width: 320, height: 640 };
/** A page is called good up to 0.1; what is seen of this one moves nothing. */
const MOST_SHIFT = 0.02;

suite("every screen is for everyone", { concurrency: 3 }, () => {
  const account = freshAccount("everyone");
  let session = "";
  before(async () => {
    ({ id: session } = await liveIn(account));
  });

  for (const [language, locale] of Object.entries(LANGUAGES)) {
    for (const [name, { at, open }] of Object.entries(SCREENS)) {
      const look = async (/** @type {Page} */ page) => {
        await watchShifts(page);
        await page.goto(addressOf(account, at.replace("{session}", session)));
        await rest(page);
        const { sum, moved } = await readShifts(page);
        assert(sum < MOST_SHIFT, `it moved by ${sum} while it loaded: ${moved.join("; ")}`);

        await open?.(page);
        await page.evaluate(AXE);
        assert.deepEqual(await axeFindings(page), [], "light");
        await page.emulateMedia({ colorScheme: "dark" });
        await still(page);
        assert.deepEqual(await axeFindings(page, ["color-contrast"]), [], "dark");

        await page.setViewportSize(NARROWEST);
        for (const direction of ["ltr", "rtl"]) {
          await page.evaluate((direction) => void (document.documentElement.dir = direction), direction);
          // Charts are drawn anew when there is less room.
          await becomes(() => sticksOut(page), []);
        }
      };
      scenario(`${name}, in ${language}`, ({ page }) => look(page), { locale, viewport: WIDE });
    }
  }

  scenario("whoever asks for no motion gets none", async ({ page }) => {
    // Nothing arrives, so that everything that moves while one waits is there to be looked at.
    await page.route("**/v1/**", () => undefined);
    await page.goto(addressOf(account));
    await heading(page, "Overview").waitFor();
    const moving = () =>
      page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === "running"));
    assert.notEqual((await moving()).length, 0, "what is on its way shows that it is");
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== "running"));
  });
});

/**
 * What axe holds against the page, each with the elements meant.
 * @param {Page} page
 * @param {string[]} [rules] all, where none is named
 * @returns {Promise<string[]>}
 */
function axeFindings(page, rules) {
  return page.evaluate(async (rules) => {
    // @ts-expect-error axe has put itself there
    const { violations } = await window.axe.run(document, rules === undefined ? {} : { runOnly: rules });
    return violations.map(
      (/** @type {import("axe-core").Result} */ { id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(", ")}`,
    );
  }, rules);
}

/**
 * Whatever makes the page wider than the window it is in.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
function sticksOut(page) {
  return page.evaluate(() => {
    const root = document.scrollingElement ?? document.body;
    if (root.scrollWidth <= innerWidth) {
      return [];
    }
    const wide = [...document.querySelectorAll("main *")].filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      return right > innerWidth + 0.5 || left < -0.5;
    });
    return [`${root.scrollWidth} pixels`, ...wide.slice(0, 5).map(({ outerHTML }) => outerHTML.slice(0, 120))];
  });
}
