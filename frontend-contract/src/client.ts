/**
 * The typed client: `createCredits(…).get("/v1/balance")` gives the answer's body or throws a `ProblemError`. Paths,
 * parameters, bodies and answers are those of the OpenAPI document (`schema.ts`).
 */
import createClient, { type Client, type ClientPathsWithMethod, type MaybeOptionalInit } from "openapi-fetch";

import type { AnswerOf } from "./answers";
import { authorised, type Send, type TokenSource } from "./fetch";
import type { paths } from "./schema";

export interface CreditsOptions {
  /** Where the service is, without a slash at the end; "" for the page's own origin. */
  apiUrl: string;
  token: TokenSource;
  /** Instead of the platform's own `fetch`. */
  fetch?: Send;
}

type Method = "get" | "post" | "put" | "delete";
type PathsWith<M extends Method> = ClientPathsWithMethod<Client<paths>, M>;
type Init<P extends keyof paths, M extends Method> = MaybeOptionalInit<paths[P], M>;
type Ask<M extends Method> = <P extends PathsWith<M>>(
  path: P,
  ...init: undefined extends Init<P, M> ? [init?: Init<P, M>] : [init: Init<P, M>]
) => Promise<AnswerOf<paths[P][M]>>;

export interface Credits {
  get: Ask<"get">;
  post: Ask<"post">;
  put: Ask<"put">;
  delete: Ask<"delete">;
  /** For what is no JSON: the live stream, a file. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>;
}

export function createCredits({ apiUrl, token, fetch: send = (request) => fetch(request) }: CreditsOptions): Credits {
  const authorisedSend = authorised(token, send);
  const client = createClient<paths>({ baseUrl: apiUrl, fetch: authorisedSend });
  // Whatever is no success was thrown by `authorisedSend`.
  const ask = <M extends Method>(method: M) =>
    (async (path: never, init: never) => (await client.request(method, path, init)).data) as unknown as Ask<M>;
  return {
    get: ask("get"),
    post: ask("post"),
    put: ask("put"),
    delete: ask("delete"),
    fetch: (path, init) => authorisedSend(new Request(apiUrl + path, init)),
  };
}
