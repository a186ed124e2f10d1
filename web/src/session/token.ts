/**
 * The access token: had from the platform with the session's cookies, kept in memory alone, and renewed before it
 * ends or when it was refused. However many ask at once, one request is made.
 */
import type { TokenSource } from "@credits/contract";

/** The platform gives no token any more: the user has to sign in again. */
export class SessionEnded extends Error {
  override readonly name = "SessionEnded";
}

interface Token {
  access_token: string;
  expires_at: string;
}

const RENEWED_BEFORE_END_MS = 60_000;

export function createTokenSource(tokenUrl: string, onEnded: () => void, now: () => number = Date.now): TokenSource {
  let current: { text: string; endsAt: number } | null = null;
  let asking: Promise<string> | null = null;

  async function ask(): Promise<string> {
    const response = await fetch(tokenUrl, { method: "POST", credentials: "include" });
    if (response.status === 401) {
      current = null;
      onEnded();
      throw new SessionEnded();
    }
    if (!response.ok) {
      throw new Error(`No token: ${response.status}`);
    }
    const { access_token, expires_at } = (await response.json()) as Token;
    current = { text: access_token, endsAt: Date.parse(expires_at) };
    return access_token;
  }

  return async (refused) => {
    const usable = current !== null && current.text !== refused && now() < current.endsAt ? current : null;
    if (usable !== null && now() < usable.endsAt - RENEWED_BEFORE_END_MS) {
      return usable.text;
    }
    asking ??= ask().finally(() => (asking = null));
    try {
      return await asking;
    } catch (error) {
      // While the platform cannot be reached, a token that is still good does.
      if (usable !== null && !(error instanceof SessionEnded)) {
        return usable.text;
      }
      throw error;
    }
  };
}
