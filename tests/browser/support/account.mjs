/** What others do to an account while its owner looks at the page: administrators give, services take. */
import { asAdmin, asOwner, asService } from "./server.mjs";

/** @param {string} account @param {string} credits @param {string} [reason] */
export const give = (account, credits, reason = "Welcome") =>
  asAdmin(`/v1/admin/accounts/${account}/adjustments`, { credits: `+${credits}`, reason });

/** A backtest, which costs 0.4 credits an asset and 0.25 a year of bars. @param {string} account */
export const backtest = (account, { assets = 50, bar_years = 120, reference = "backtest-1" } = {}) =>
  asService("/v1/debits", {
    account_id: account,
    operation: "backtesting",
    quantities: { assets, bar_years },
    reference,
  });

/** @param {string} account @returns {Promise<{ status: string }[]>} */
export const purchasesOf = async (account) => (await asOwner(account, "/v1/purchases")).data;
