/** Waiting for what comes by itself. */
import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";

/** How long anything may take to be seen; on a machine under load the browser is slow, not the page. */
export const PATIENCE_MS = 30_000;

/**
 * Waits until what is read is what is expected.
 * @template T
 * @param {() => T | Promise<T>} read
 * @param {T} expected
 */
export async function becomes(read, expected) {
  for (const until = Date.now() + PATIENCE_MS; ; await setTimeout(50)) {
    const now = await read();
    if (isDeepStrictEqual(now, expected)) {
      return;
    }
    if (Date.now() > until) {
      assert.deepEqual(now, expected);
    }
  }
}
