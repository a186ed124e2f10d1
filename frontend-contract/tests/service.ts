/** A service that answers what a test says, request by request, and remembers what it was asked. */
import { createCredits, type Credits, type TokenSource } from "../src";

export const API = "https://credits.example.com";

export type Reply = (request: Request) => Response | Promise<Response>;

export interface Service {
  credits: Credits;
  asked: Request[];
}

/** Answers in the order of `replies`; the last one goes on for ever. */
export function serving(replies: Reply[], token: TokenSource = async () => "token"): Service {
  const asked: Request[] = [];
  const send = async (request: Request) => {
    request.signal.throwIfAborted();
    asked.push(request);
    const reply = replies.length > 1 ? replies.shift() : replies[0];
    if (reply === undefined) {
      throw new Error("the test says nothing");
    }
    return reply(request);
  };
  return { credits: createCredits({ apiUrl: API, token, fetch: send }), asked };
}

export const json =
  (body: unknown, status = 200): Reply =>
  () =>
    Response.json(body, { status });

export const problem =
  (status: number, code: string, headers: Record<string, string> = {}): Reply =>
  () =>
    Response.json(
      { type: `urn:credits:problem:${code}`, title: code, status, detail: "What happened.", code, request_id: "r-1" },
      { status, headers: { "Content-Type": "application/problem+json", ...headers } },
    );

export const noAnswer: Reply = () => {
  throw new TypeError("fetch failed");
};
