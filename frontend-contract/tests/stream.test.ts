import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { streamEvents, type LiveEvent, type StreamState } from "../src";
import { noAnswer, problem, serving, type Reply, type Service } from "./service";

const balance = (id: number, available: string) => `id: ${id}\nevent: balance\ndata: {"available":"${available}"}\n\n`;

/** A stream that says this and ends, or goes on in silence. */
const saying =
  (text: string, end: "ends" | "goes on" = "ends"): Reply =>
  ({ signal }) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(text));
        if (end === "ends") {
          controller.close();
        }
        signal.addEventListener("abort", () => controller.error(signal.reason));
      },
    });
    return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
  };

interface Reading {
  events: LiveEvent[];
  states: StreamState[];
  ended: Promise<unknown>;
  stop: AbortController;
}

function reading({ credits }: Service, lastEventId?: string): Reading {
  const stop = new AbortController();
  const events: LiveEvent[] = [];
  const states: StreamState[] = [];
  const onState = (state: StreamState) => states.push(state);
  const resume = lastEventId === undefined ? {} : { lastEventId };
  const read = async () => {
    for await (const event of streamEvents(credits, { signal: stop.signal, onState, ...resume })) {
      events.push(event);
    }
  };
  return { events, states, ended: read().catch((error: unknown) => error), stop };
}

const asks = ({ asked }: Service) => asked.map((request) => request.headers.get("Last-Event-ID"));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  // Without it a pause is anything between half and all of its length.
  vi.spyOn(Math, "random").mockReturnValue(1);
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the live stream", () => {
  it("gives what it is told, and leaves out what it does not know", async () => {
    const notice = 'id: 3\nevent: notification\ndata: {"kind":"balance.low"}\n\n';
    const service = serving([saying(balance(2, "5") + "event: colour\ndata: red\n\n" + notice, "goes on")]);
    const { events, states, stop, ended } = reading(service);
    await vi.advanceTimersByTimeAsync(0);
    expect(events).toEqual([
      { event: "balance", id: "2", data: { available: "5" } },
      { event: "notification", id: "3", data: { kind: "balance.low" } },
    ]);
    expect(states).toEqual(["connecting", "live"]);
    stop.abort();
    expect(await ended).toBeUndefined();
    expect(service.asked).toHaveLength(1);
  });

  it("comes back from where it was, after as long as it was told", async () => {
    const service = serving([saying("retry: 3000\n\n" + balance(7, "5")), saying(balance(8, "4"), "goes on")]);
    const { events, states, stop } = reading(service, "6");
    await vi.advanceTimersByTimeAsync(2_999);
    expect(asks(service)).toEqual(["6"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(asks(service)).toEqual(["6", "7"]);
    expect(events.map(({ id }) => id)).toEqual(["7", "8"]);
    expect(states).toEqual(["connecting", "live", "waiting", "connecting", "live"]);
    stop.abort();
  });

  it("sends no id before it has seen one", async () => {
    const service = serving([saying("", "goes on")]);
    const { stop } = reading(service);
    await vi.advanceTimersByTimeAsync(0);
    expect(asks(service)).toEqual([null]);
    stop.abort();
  });

  it("comes back ever more slowly while nobody answers, and quickly after that", async () => {
    const service = serving([noAnswer, noAnswer, noAnswer, saying(balance(1, "5")), saying("", "goes on")]);
    const { stop } = reading(service);
    const counts: number[] = [];
    for (const wait of [0, 1_000, 2_000, 4_000, 1_000]) {
      await vi.advanceTimersByTimeAsync(wait);
      counts.push(service.asked.length);
    }
    expect(counts).toEqual([1, 2, 3, 4, 5]);
    stop.abort();
  });

  it("never waits longer than half a minute by itself, and longer where it is asked to", async () => {
    const service = serving([
      ...Array<Reply>(8).fill(noAnswer),
      problem(503, "overloaded", { "Retry-After": "90" }),
      saying(""),
    ]);
    const { stop } = reading(service);
    await vi.advanceTimersByTimeAsync((1 + 2 + 4 + 8 + 16 + 30 + 30 + 30) * 1_000);
    expect(service.asked).toHaveLength(9);
    await vi.advanceTimersByTimeAsync(89_999);
    expect(service.asked).toHaveLength(9);
    await vi.advanceTimersByTimeAsync(1);
    expect(service.asked).toHaveLength(10);
    stop.abort();
  });

  it("gives up a connection that has fallen silent", async () => {
    const service = serving([saying(balance(1, "5"), "goes on")]);
    const { states, stop } = reading(service);
    await vi.advanceTimersByTimeAsync(44_999);
    expect(states.at(-1)).toBe("live");
    await vi.advanceTimersByTimeAsync(1_001);
    expect(asks(service)).toEqual([null, "1"]);
    stop.abort();
  });

  it("ends with what coming back would not mend", async () => {
    const service = serving([problem(403, "insufficient_scope")]);
    const { ended } = reading(service);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await ended).toMatchObject({ code: "insufficient_scope" });
    expect(service.asked).toHaveLength(1);
  });

  it("stops while it waits", async () => {
    const service = serving([noAnswer]);
    const { ended, stop } = reading(service);
    await vi.advanceTimersByTimeAsync(500);
    stop.abort();
    expect(await ended).toBeUndefined();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(service.asked).toHaveLength(1);
  });

  it("closes the connection when nobody reads on", async () => {
    const service = serving([saying(balance(1, "5"), "goes on")]);
    for await (const event of streamEvents(service.credits, { signal: new AbortController().signal })) {
      expect(event.id).toBe("1");
      break;
    }
    expect(service.asked[0]?.signal.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
