/** Asks about something that is under way at Stripe until it is settled, ever more slowly, and not for ever. */
import { isTransient, pause } from "./retry";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10_000;
/** Stripe confirms within seconds. What takes longer comes by the live stream, or is there at the next visit. */
export const PATIENCE_MS = 2 * 60_000;

export interface Followed<T> {
  now: T;
  /** It is still under way, and no longer asked about. */
  delayed: boolean;
}

/** Every answer of `read`, up to the first that is settled or to the end of patience. */
export async function* follow<T>(
  read: () => Promise<T>,
  isSettled: (now: T) => boolean,
  signal: AbortSignal,
): AsyncGenerator<Followed<T>, void> {
  const until = Date.now() + PATIENCE_MS;
  let last: T | undefined;
  for (let wait = FIRST_WAIT_MS; !signal.aborted; wait = Math.min(wait * 1.5, LONGEST_WAIT_MS)) {
    const isOver = Date.now() + wait > until;
    try {
      last = await read();
      const settled = isSettled(last);
      yield { now: last, delayed: isOver && !settled };
      if (settled) {
        return;
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (!isTransient(error) || (isOver && last === undefined)) {
        throw error;
      }
      if (isOver && last !== undefined) {
        yield { now: last, delayed: true };
      }
    }
    if (isOver) {
      return;
    }
    await pause(wait, signal);
  }
}
