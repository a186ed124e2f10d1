import { describe, expect, it } from "vitest";

import { createEventParser, type StreamItem } from "../src/sse";

const TEXT =
  'retry: 3000\n\n: alive\n\nid: 4\nevent: balance\ndata: {"available":\ndata: "5"}\n\nid: 5\nevent: notification\ndata: {}\n\n';
const ITEMS: StreamItem[] = [
  { retry: 3000 },
  { id: "4", event: "balance", data: '{"available":\n"5"}' },
  { id: "5", event: "notification", data: "{}" },
];

function parsed(chunks: string[]): StreamItem[] {
  const parse = createEventParser();
  return chunks.flatMap((chunk) => parse(chunk));
}

describe("the parser of events", () => {
  it("reads them whole", () => {
    expect(parsed([TEXT])).toEqual(ITEMS);
  });

  it("reads them wherever they are cut", () => {
    for (let at = 1; at < TEXT.length; at++) {
      expect(parsed([TEXT.slice(0, at), TEXT.slice(at)])).toEqual(ITEMS);
    }
    expect(parsed([...TEXT])).toEqual(ITEMS);
  });

  it("takes every kind of line's end, cut in two as well", () => {
    const text = TEXT.replaceAll("\n", "\r\n");
    expect(parsed([text])).toEqual(ITEMS);
    expect(parsed([...text])).toEqual(ITEMS);
    expect(parsed([TEXT.replaceAll("\n", "\r"), "\n"])).toEqual(ITEMS);
  });

  it("gives nothing of an event that is not complete", () => {
    expect(parsed(["id: 4\ndata: {}\n"])).toEqual([]);
  });

  it("passes over what it does not know", () => {
    expect(parsed(["colour: red\nid\ndata:x\nretry: soon\n\n"])).toEqual([{ id: "", event: "message", data: "x" }]);
  });
});
