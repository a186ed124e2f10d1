// One request and its answer: token, timeout, retries with the same idempotency key, problems.

import createFetchClient, { type Client } from "openapi-fetch";
import { CreditsError } from "./problem.js";
import type { paths } from "./schema.js";

export interface Settings {
  /** Where the service is: https://credits.example.com */
  baseUrl: string;
  /** The bearer token, or what gives one: it is asked before each attempt. */
  token: string | (() => string | Promise<string>);
  /** Bounds each attempt; 30 seconds by default. */
  timeoutMs?: number;
  /** How often a call is tried again after 429, 503 or a lost connection; 2 by default. */
  retries?: number;
  /** Is told of every answer: X-Request-Id, Idempotent-Replayed, RateLimit. */
  onResponse?: (response: Response) => void;
  /** Sends in place of the global fetch. */
  fetch?: (request: Request) => Promise<Response>;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export interface WriteOptions extends CallOptions {
  /**
   * Names the request, so that repeating it later, even from another process, does nothing twice. Without it every call
   * has a fresh key, which its retries share.
   */
  idempotencyKey?: string;
}

/** A fresh key, to be kept by those who want to repeat a request later. */
export function newIdempotencyKey(): string {
  return crypto.randomUUID();
}

/** No caller waits longer than this between two attempts: what asks for more is thrown as it is. */
const LONGEST_WAIT_MS = 30_000;

export class Transport {
  /** The same client without names: `client.api.GET("/v1/balance")`. */
  readonly api: Client<paths>;
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
    const baseUrl = settings.baseUrl.replace(/\/+$/, "");
    this.api = createFetchClient<paths>({ baseUrl, fetch: (request: Request) => this.#send(request) });
  }

  protected init({ signal }: CallOptions): { signal?: AbortSignal } {
    return signal ? { signal } : {};
  }

  protected key({ idempotencyKey }: WriteOptions): { "Idempotency-Key": string } {
    return { "Idempotency-Key": idempotencyKey ?? newIdempotencyKey() };
  }

  protected async answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
    const { data, error, response } = await call;
    if (!response.ok || data === undefined) throw CreditsError.ofAnswer(response.status, error);
    return data;
  }

  protected async nothing(call: Promise<{ error?: unknown; response: Response }>): Promise<void> {
    const { error, response } = await call;
    if (!response.ok) throw CreditsError.ofAnswer(response.status, error);
  }

  async #send(request: Request): Promise<Response> {
    const retries = this.#settings.retries ?? 2;
    const repeatable = request.method !== "POST" || request.headers.has("Idempotency-Key");
    for (let attempt = 0; ; attempt++) {
      let wait: number | undefined = 500 * 2 ** attempt;
      try {
        const response = await this.#attempt(request);
        wait = waitAfter(response, repeatable, wait);
        if (attempt >= retries || wait === undefined) return response;
      } catch (error) {
        if (attempt >= retries || !repeatable || request.signal.aborted) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  async #attempt(original: Request): Promise<Response> {
    const { token, timeoutMs = 30_000, onResponse, fetch = globalThis.fetch } = this.#settings;
    const signal = AbortSignal.any([original.signal, AbortSignal.timeout(timeoutMs)]);
    const request = new Request(original.clone(), { signal });
    request.headers.set("Authorization", `Bearer ${typeof token === "string" ? token : await token()}`);
    const response = await fetch(request);
    onResponse?.(response);
    return response;
  }
}

/** How long to wait before another attempt; undefined if it would not be safe, or not be worth it. */
function waitAfter({ status, headers }: Response, repeatable: boolean, backOff: number): number | undefined {
  const retryAfter = headers.get("Retry-After") ?? "";
  const named = /^\d+$/.test(retryAfter);
  const underWay = status === 409 && named; // the same request is still executed
  if (status !== 429 && !(repeatable && (status === 503 || underWay))) return undefined;
  const wait = named ? Number(retryAfter) * 1000 : backOff;
  return wait <= LONGEST_WAIT_MS ? wait : undefined;
}
