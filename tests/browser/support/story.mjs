/** Two months in the life of an account, told day by day to a server whose clock is moved. */
import { renameSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

import { becomes } from "./becomes.mjs";
import { buy, checkout, give, holdReports, payForm, work } from "./account.mjs";
import { asAdmin, asOwner, asService } from "./server.mjs";

const DAY = 86_400;

/**
 * Sets the server's clock to so many days ago.
 * @param {string} clock the file that libfaketime reads
 * @param {number} days
 */
async function goTo(clock, days) {
  // All of it at once: the server may look at any moment.
  writeFileSync(`${clock}.new`, `-${Math.round(days * DAY)}\n`);
  renameSync(`${clock}.new`, clock);
  await setTimeout(20);
}

/** A number from 0 to 1 that is always the same for the same seed. @param {number} seed */
function chance(seed) {
  const wave = Math.sin(seed * 12.9898) * 43758.5453;
  return wave - Math.floor(wave);
}

/** What a day's work was. @param {string} account @param {number} day days ago */
async function workOf(account, day) {
  const isWeekend = [0, 6].includes(new Date(Date.now() - day * DAY * 1000).getUTCDay());
  if (isWeekend && chance(day) < 0.6) {
    return;
  }
  const busy = isWeekend ? 0.4 : 0.6 + chance(day + 0.5);
  const tokens = { input_tokens: Math.round(60_000 * busy), output_tokens: Math.round(9_000 * busy) };
  await work(account, "model_inference", tokens, { variant: "medium", reference: `answer-${900 - day * 7}` });
  await work(account, "model_inference", tokens, { variant: "large", reference: `answer-${903 - day * 7}` });
  if (day % 2 === 0) {
    const bars = { assets: Math.round(40 * busy), bar_years: Math.round(90 * busy) };
    const description = "Momentum over large caps";
    await work(account, "backtesting", bars, { reference: `backtest-${400 - day * 3}`, description });
  }
  if (day % 3 === 1) {
    await work(
      account,
      "strategy_generation",
      { attempts: Math.ceil(4 * busy) },
      { reference: `strategy-${150 - day}` },
    );
  }
  if (day % 7 === 2) {
    await work(account, "market_analysis", { reports: 2 }, { reference: `report-${60 - day}` });
  }
}

/** @param {string} account @param {string} clock @returns the session of its last purchase */
export async function tell(account, clock) {
  const endsIn = (/** @type {number} */ days) => new Date(Date.now() + days * DAY * 1000).toISOString();
  /** @type {Record<number, () => Promise<unknown>>} */
  const events = {
    64: () => give(account, "250", "Welcome"),
    62: () => buy(account, { package_id: "plus" }),
    47: async () => {
      const { purchase_id } = await buy(account, { package_id: "starter" });
      await asAdmin(`/v1/admin/purchases/${purchase_id}/refund`, { reason: "Bought by mistake" });
    },
    40: () => checkout(account, { package_id: "pro" }),
    33: async () => {
      const { url } = await asOwner(account, "/v1/payment-method-sessions", { method: "POST", body: {} });
      await payForm(url);
      const settings = {
        enabled: true,
        threshold: "500",
        credits: "1000",
        monthly_cap: { amount: 5000, currency: "usd" },
      };
      await asOwner(account, "/v1/auto-recharge", { method: "PUT", body: settings });
    },
    24: () => buy(account, { package_id: "plus" }),
    9: async () => {
      const failed = await work(
        account,
        "market_analysis",
        { reports: 3 },
        { reference: "report-50", description: "Sector rotation" },
      );
      await asService(`/v1/debits/${failed.id}/refund`, { reason: "The analysis did not finish" });
    },
  };
  for (let day = 65; day > 0; day--) {
    await goTo(clock, day);
    await events[day]?.();
    if (day <= 61) {
      await workOf(account, day);
    }
  }

  await goTo(clock, 0.2);
  await asOwner(account, "/v1/notifications/read", { method: "POST", body: { until: await newestNotice(account) } });
  const thanks = { credits: "+400", reason: "Thank you for your report", expires_at: endsIn(12) };
  await asAdmin(`/v1/admin/accounts/${account}/adjustments`, thanks);
  const last = await buy(account, { credits: "2500" });
  await goTo(clock, 0.02);
  await workOf(account, 0);
  await holdReports(account, 4, "report-63");
  await goTo(clock, 0);
  await checkout(account, { package_id: "plus" });
  await becomes(async () => (await asOwner(account, "/v1/notifications")).unread > 1, true);
  return last;
}

/** @param {string} account @returns {Promise<number>} */
async function newestNotice(account) {
  return (await asOwner(account, "/v1/notifications")).data[0].number;
}
