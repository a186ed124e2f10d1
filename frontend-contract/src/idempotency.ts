/**
 * The `Idempotency-Key` of a request that moves money or credits: one for each attempt of the user's, kept until its
 * outcome is known, so that a double click or a second try after a lost answer does not do it twice.
 */
import { ProblemError } from "./problem";

/** A fresh key. Made of random bytes, because `crypto.randomUUID` exists only in secure contexts. */
export function idempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export interface Attempts {
  /**
   * Sends `body` by `send`, with the key of the attempt. The same body while the first is under way joins it; the same
   * body after an outcome nobody knows is sent with the same key again; everything else is a new attempt.
   */
  run<Body, Answer>(body: Body, send: (body: Body, key: string) => Promise<Answer>): Promise<Answer>;
}

/** The attempts at one kind of request: make one for each button. */
export function createAttempts(): Attempts {
  let current: { body: string; key: string; running: Promise<unknown> | null } | null = null;
  return {
    run(body, send) {
      const text = JSON.stringify(body);
      if (current?.body !== text) {
        current = { body: text, key: idempotencyKey(), running: null };
      }
      const attempt = current;
      if (attempt.running !== null) {
        return attempt.running as ReturnType<typeof send>;
      }
      const running = send(body, attempt.key);
      attempt.running = running;
      const settle = (decided: boolean) => {
        attempt.running = null;
        if (decided && current === attempt) {
          current = null;
        }
      };
      running.then(
        () => settle(true),
        (error: unknown) => settle(isDecided(error)),
      );
      return running;
    },
  };
}

/** Whether a failed request has certainly had its effect, or certainly none: a lost answer and a 5xx may be either. */
function isDecided(error: unknown): boolean {
  if (!(error instanceof ProblemError)) {
    return false;
  }
  const undecided = error.status >= 500 || error.status === 408 || error.status === 429 || error.status === 401;
  return !undecided && error.code !== "request_in_progress";
}
