/** Reads server-sent events out of a stream of text, however it was cut into chunks on its way. */

export interface ServerSentEvent {
  id: string | null;
  event: string;
  data: string;
}

export type StreamItem = ServerSentEvent | { retry: number };

/** Feed it chunks; each call gives what is complete by now. Comments, which keep the connection alive, give nothing. */
export function createEventParser(): (chunk: string) => StreamItem[] {
  let rest = "";
  let fields: { id: string | null; event: string; data: string[] } = { id: null, event: "message", data: [] };

  function line(text: string): StreamItem | null {
    if (text === "") {
      const { id, event, data } = fields;
      fields = { id: null, event: "message", data: [] };
      return data.length > 0 ? { id, event, data: data.join("\n") } : null;
    }
    const colon = text.indexOf(":");
    const name = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? "" : text.slice(colon + 1).replace(/^ /, "");
    if (name === "id") {
      fields.id = value;
    } else if (name === "event") {
      fields.event = value;
    } else if (name === "data") {
      fields.data.push(value);
    } else if (name === "retry" && /^\d+$/.test(value)) {
      return { retry: Number(value) };
    }
    return null;
  }

  return (chunk) => {
    rest += chunk;
    // A carriage return at the very end may be half of a line's end.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    return lines.map(line).filter((item) => item !== null);
  };
}
