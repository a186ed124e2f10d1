/**
 * The live stream of the balance and notices, read with `fetch` because a browser's `EventSource` cannot send a token.
 * It comes back by itself, from where it was, until it is aborted or the service refuses it for good.
 */
import type { Credits } from "./client";
import { isProblem } from "./problem";
import { isTransient, pause } from "./retry";
import type { Balance, Notification } from "./schema";
import { createEventParser, type StreamItem } from "./sse";

export type LiveEvent =
  { event: "balance"; id: string; data: Balance } | { event: "notification"; id: string; data: Notification };

export type StreamState = "connecting" | "live" | "waiting";

export interface StreamOptions {
  signal: AbortSignal;
  /** The id of the last event that was seen: those told since come first. */
  lastEventId?: string;
  onState?: (state: StreamState) => void;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** The service says something every 15 seconds: after three silences the connection is dead, whatever it looks like. */
const SILENCE_MS = 45_000;

/** The events of the account, for as long as they are read. Throws only what coming back would not mend. */
export async function* streamEvents(credits: Credits, options: StreamOptions): AsyncGenerator<LiveEvent, void> {
  const { signal, onState } = options;
  let { lastEventId } = options;
  let firstWait = FIRST_WAIT_MS;
  let wait = firstWait;
  while (!signal.aborted) {
    let asked = 0;
    onState?.("connecting");
    try {
      for await (const item of connect(credits, signal, lastEventId)) {
        wait = firstWait;
        if (item === "open") {
          onState?.("live");
        } else if ("retry" in item) {
          firstWait = item.retry;
          wait = firstWait;
        } else {
          lastEventId = item.id ?? lastEventId;
          const live = liveEvent(item);
          if (live !== null) {
            yield live;
          }
        }
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (isFinal(error)) {
        throw error;
      }
      asked = isProblem(error) ? (error.retryAfter ?? 0) * 1000 : 0;
    }
    onState?.("waiting");
    await pause(Math.max(asked, jittered(wait)), signal);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}

/** One connection, to its end. */
async function* connect(credits: Credits, signal: AbortSignal, lastEventId: string | undefined) {
  const connection = new AbortController();
  const abort = () => connection.abort(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  let silence: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => connection.abort(new DOMException("The stream is silent.", "TimeoutError")), SILENCE_MS);
  };
  try {
    heard();
    const response = await credits.fetch("/v1/events", {
      headers: { Accept: "text/event-stream", ...(lastEventId === undefined ? {} : { "Last-Event-ID": lastEventId }) },
      signal: connection.signal,
    });
    yield "open" as const;
    const parse = createEventParser();
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let read = await reader?.read(); read !== undefined && !read.done; read = await reader?.read()) {
      heard();
      yield* parse(read.value);
    }
  } finally {
    clearTimeout(silence);
    signal.removeEventListener("abort", abort);
    connection.abort();
  }
}

/** Null for kinds of events that this version does not know. */
function liveEvent(item: Exclude<StreamItem, { retry: number }>): LiveEvent | null {
  const id = item.id ?? "";
  switch (item.event) {
    case "balance":
      return { event: "balance", id, data: JSON.parse(item.data) as Balance };
    case "notification":
      return { event: "notification", id, data: JSON.parse(item.data) as Notification };
    default:
      return null;
  }
}

/** A refusal that is about the caller. Whatever else ends a connection passes. */
function isFinal(error: unknown): boolean {
  return isProblem(error) && !isTransient(error);
}

/** Between half of it and all of it, so that a restarted service is not met by everybody at once. */
function jittered(ms: number): number {
  return ms / 2 + (Math.random() * ms) / 2;
}
