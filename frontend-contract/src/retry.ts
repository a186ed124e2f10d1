/** When a read is tried again by itself, and after how long. Writes never are: `idempotency.ts` says how they may be. */
import { ProblemError } from "./problem";

const MOST_TRIES = 3;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** Whether the same request may succeed a little later: nothing was answered, or the service could not right now. */
export function isTransient(error: unknown): boolean {
  if (error instanceof ProblemError) {
    return error.status >= 500 || error.status === 408 || error.status === 429;
  }
  // What `fetch` throws when nothing was answered.
  return error instanceof TypeError;
}

/** `failures`: how often it was tried again before, in vain. */
export function shouldRetry(failures: number, error: unknown): boolean {
  return failures < MOST_TRIES && isTransient(error);
}

/** As the service asks, else 1, 2, 4, … seconds. */
export function retryDelayMs(failures: number, error: unknown): number {
  const asked = error instanceof ProblemError ? error.retryAfter : null;
  return asked === null ? Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS) : asked * 1000;
}

/** Waits, or stops waiting when `signal` is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
    if (signal.aborted) {
      done();
    }
  });
}
