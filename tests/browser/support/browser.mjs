/** Debian's browser, and where it is sent to. */
import { chromium } from "playwright-core";

import { API_URL } from "./server.mjs";

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking"],
  });
}

/** @param {string} account @param {string} [fragment] */
export function addressOf(account, fragment = "") {
  return `${API_URL}/?account=${account}#/${fragment}`;
}
