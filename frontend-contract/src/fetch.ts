/**
 * The one place that talks to the network: adds the access token, renews it once where it was refused, and throws
 * every answer that is a problem. Both the client and the live stream go through it.
 */
import { ProblemError } from "./problem";

/**
 * Gives an access token. After a 401 it is asked again with the token that was refused, and is to give another one
 * (the newest it has, if that is another already) or to throw.
 */
export type TokenSource = (refused?: string) => Promise<string>;

export type Send = (request: Request) => Promise<Response>;

export function authorised(token: TokenSource, send: Send): Send {
  return async (request) => {
    const first = await token();
    // The body of a request can be sent once: the original is kept for the second time.
    let response = await send(bearing(request.clone(), first));
    if (response.status === 401) {
      const second = await token(first);
      if (second !== first) {
        await response.body?.cancel();
        response = await send(bearing(request, second));
      }
    }
    if (!response.ok) {
      throw await ProblemError.of(response);
    }
    return response;
  };
}

function bearing(request: Request, token: string): Request {
  request.headers.set("Authorization", `Bearer ${token}`);
  return request;
}
