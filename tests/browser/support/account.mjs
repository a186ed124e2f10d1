/** What is done to an account beside its owner's page: administrators give, services take, and its owner buys. */
import { becomes } from "./becomes.mjs";
import { GOOD_CARD } from "./buying.mjs";
import { asAdmin, asOwner, asService } from "./server.mjs";

/** @param {string} account @param {string} credits @param {string} [reason] */
export const give = (account, credits, reason = "Welcome") =>
  asAdmin(`/v1/admin/accounts/${account}/adjustments`, { credits: `+${credits}`, reason });

/**
 * Work that is charged at once.
 * @param {string} account
 * @param {string} operation
 * @param {Record<string, number>} quantities
 * @param {{ reference: string, variant?: string, description?: string }} about
 */
export const work = (account, operation, quantities, about) =>
  asService("/v1/debits", { account_id: account, operation, quantities, ...about });

/** A backtest, which costs 0.4 credits an asset and 0.25 a year of bars. @param {string} account */
export const backtest = (account, { assets = 50, bar_years = 120, reference = "backtest-1" } = {}) =>
  work(account, "backtesting", { assets, bar_years }, { reference });

/** Reports under way, at 25 credits each. @param {string} account @param {number} reports @param {string} reference */
export const holdReports = (account, reports, reference) =>
  asService("/v1/holds", { account_id: account, operation: "market_analysis", quantities: { reports }, reference });

/** @param {string} account @returns {Promise<{ status: string }[]>} */
export const purchasesOf = async (account) => (await asOwner(account, "/v1/purchases")).data;

/** A checkout that nobody has paid yet. @param {string} account @param {object} offer */
export const checkout = (account, offer) => asOwner(account, "/v1/checkout-sessions", { method: "POST", body: offer });

/** A purchase that is paid, and its credits there. @param {string} account @param {object} offer */
export async function buy(account, offer) {
  const session = await checkout(account, offer);
  await payForm(session.url);
  await becomes(async () => (await asOwner(account, `/v1/checkout-sessions/${session.id}`)).status, "paid");
  return session;
}

/** Fills in the form of a page that stands in for Stripe's, without a browser. @param {string} url */
export async function payForm(url) {
  const form = { card_number: GOOD_CARD, exp: "12/34", cvc: "123", email: "payer@example.com" };
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
  if (response.status !== 303) {
    throw new Error(`the form was answered ${response.status}`);
  }
}

/** A bit of everything, so that no screen is empty. @param {string} account */
export async function liveIn(account) {
  await give(account, "400");
  const paid = await buy(account, { package_id: "starter" });
  await backtest(account);
  const tokens = { input_tokens: 90_000, output_tokens: 12_000 };
  const failed = await work(account, "model_inference", tokens, { variant: "large", reference: "answer-17" });
  await asService(`/v1/debits/${failed.id}/refund`, { reason: "The model did not answer" });
  await work(account, "strategy_generation", { attempts: 150 }, { reference: "strategy-3" });
  await holdReports(account, 12, "report-9");
  await checkout(account, { package_id: "plus" });
  return paid;
}
