/** Takes a picture of every screen, light, dark and on a phone: see screens.sh. */
import { execFileSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { addressOf, launch } from "./support/browser.mjs";
import { rest, SCREENS } from "./support/screens.mjs";
import { tell } from "./support/story.mjs";

const FOLDER = fileURLToPath(new URL("../../docs/screens/", import.meta.url));
const CLOCK = process.env.FAKETIME_TIMESTAMP_FILE ?? "";
const MOST_BYTES = 150_000;

/** @type {Record<string, import("playwright-core").BrowserContextOptions>} */
const LOOKS = {
  light: { colorScheme: "light", viewport: { width: 1280, height: 800 } },
  dark: { colorScheme: "dark", viewport: { width: 1280, height: 800 } },
  phone: { colorScheme: "light", viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};

const { id: session } = await tell("ada", CLOCK);
mkdirSync(FOLDER, { recursive: true });
const browser = await launch();
for (const [look, profile] of Object.entries(LOOKS)) {
  const context = await browser.newContext({ locale: "en-US", timezoneId: "UTC", reducedMotion: "reduce", ...profile });
  for (const [name, { at, open }] of Object.entries(SCREENS)) {
    const page = await context.newPage();
    await page.goto(addressOf("ada", at.replace("{session}", session)));
    await rest(page);
    await open?.(page);
    await rest(page);
    for (const chart of await page.getByRole("img").all()) {
      // It is drawn when it is first seen.
      await chart.scrollIntoViewIfNeeded();
      await chart.locator("path, rect").first().waitFor({ state: "attached" });
    }
    await page.evaluate(() => scrollTo(0, 0));
    const path = `${FOLDER}${name}-${look}.png`;
    // Of what is opened on a screen that alone is looked at.
    await page.screenshot({ path, fullPage: open === undefined });
    execFileSync("pngquant", ["--force", "--skip-if-larger", "--strip", "--output", path, "256", path]);
    if (statSync(path).size > MOST_BYTES) {
      throw new Error(`${path} has more than ${MOST_BYTES} bytes`);
    }
    await page.close();
  }
  await context.close();
}
await browser.close();
