/** Where the server under test is, and how a request to it is made: what `scripts/with-server.sh` has left for us. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";

/** @param {string} name */
function given(name) {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is not set: run me under scripts/with-server.sh`);
  }
  return value;
}

export const API_URL = given("API_URL");
export const SANDBOX_URL = given("SANDBOX_URL");
const SERVICE_TOKEN = given("SERVICE_TOKEN");
const ADMIN_TOKEN = given("ADMIN_TOKEN");

/** The key of the sandbox that stands in for Stripe. */
function stripeKey() {
  return JSON.parse(readFileSync(`${given("SERVER_DATA_DIR")}/sandbox-secrets.json`, "utf8")).stripe_secret_key;
}

/**
 * Asks, and takes nothing but success for an answer.
 * @param {string} url
 * @param {{ token?: string, method?: string, body?: unknown }} [request]
 * @returns {Promise<any>}
 */
async function ask(url, { token, method = "GET", body } = {}) {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(method === "GET" ? {} : { "idempotency-key": randomUUID() }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${url}: ${response.status} ${text}`);
  }
  return text === "" ? null : JSON.parse(text);
}

/** @param {string} path @param {unknown} body */
export const asService = (path, body) => ask(API_URL + path, { token: SERVICE_TOKEN, method: "POST", body });

/** @param {string} path @param {unknown} body @param {string} [method] */
export const asAdmin = (path, body, method = "POST") => ask(API_URL + path, { token: ADMIN_TOKEN, method, body });

/**
 * What the account's owner may ask for, without the page.
 * @param {string} account @param {string} path @param {{ method?: string, body?: unknown }} [request]
 */
export async function asOwner(account, path, request) {
  const { access_token } = await ask(`${API_URL}/sandbox/token?account=${account}`, { method: "POST" });
  return ask(API_URL + path, { ...request, token: access_token });
}

/**
 * Orders something of the sandbox that nothing at Stripe would do: to lose its events, or to send them late.
 * @param {string} path @param {unknown} body
 */
export const orderOfStripe = (path, body) =>
  ask(`${SANDBOX_URL}/_sandbox${path}`, { token: stripeKey(), method: "POST", body });
