/**
 * A test in a browser: an account that nobody else uses, in a profile that nobody else has. It fails, whatever it
 * looked at, when the page threw, warned, or was refused something by its own content security policy.
 */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { PATIENCE_MS } from "./becomes.mjs";
import { addressOf, launch } from "./browser.mjs";

/** @typedef {import("playwright-core").Browser} Browser */
/** @typedef {import("playwright-core").BrowserContext} Context */
/** @typedef {import("playwright-core").BrowserContextOptions} Profile */
/** @typedef {import("playwright-core").Page} Page */

/**
 * What a test is given.
 * @typedef {object} Scene
 * @property {string} account whose credits they are
 * @property {Page} page a tab
 * @property {Context} context the profile, for another tab
 * @property {(fragment?: string, tab?: Page) => Promise<void>} open goes to a screen: `open("buy")`
 */

/** @type {Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** @param {string} name */
export function freshAccount(name) {
  const words = name.toLowerCase().match(/[a-z]+/g) ?? [];
  return `${words.slice(0, 5).join("-")}-${randomBytes(4).toString("hex")}`;
}

/**
 * @param {string} name a fact about the page
 * @param {(scene: Scene) => Promise<void>} act
 * @param {Profile} [profile]
 */
export function scenario(name, act, profile = {}) {
  test(name, { timeout: 180_000 }, async () => {
    const context = await browser.newContext({ locale: "en-US", timezoneId: "UTC", ...profile });
    context.setDefaultTimeout(PATIENCE_MS);
    const complaints = listen(context);
    const account = freshAccount(name);
    const page = await context.newPage();
    const open = async (fragment = "", tab = page) => {
      await tab.goto(addressOf(account, fragment));
    };
    try {
      await act({ account, page, context, open });
      assert.deepEqual(complaints, [], "the page complained");
    } catch (error) {
      console.error(`${name}: the tabs as they were: ${await keep(context)}`);
      throw error;
    } finally {
      await context.close();
    }
  });
}

/** @param {Context} context */
function listen(context) {
  /** @type {string[]} */
  const complaints = [];
  context.on("weberror", (error) => complaints.push(String(error.error())));
  context.on("console", (message) => {
    // That an answer was an error is told by the browser in any case, and looked at by those tests that want one.
    const isAnswer = message.text().startsWith("Failed to load resource");
    if ((message.type() === "error" || message.type() === "warning") && !isAnswer) {
      complaints.push(message.text());
    }
  });
  return complaints;
}

/** Leaves what the tabs showed, for whoever looks into the failure. @param {Context} context */
async function keep(context) {
  const folder = mkdtempSync(join(tmpdir(), "credits-browser-"));
  for (const [number, tab] of context.pages().entries()) {
    await tab.screenshot({ path: join(folder, `${number}.png`), fullPage: true }).catch(() => undefined);
  }
  return folder;
}
