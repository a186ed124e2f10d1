/**
 * What the service says when it says no: a problem document (RFC 9457) as an error that can be thrown. Act on `code`;
 * what to tell the user about it is in `errors.ts`.
 */
import type { Problem } from "./schema";

/** The code of an answer that is no problem document: it comes from something between us and the service. */
export const UNREADABLE_ANSWER = "unreadable_answer";

export class ProblemError extends Error {
  override readonly name = "ProblemError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** The id under which the request stands in the service's log. */
    readonly requestId: string | null,
    /** How many seconds to wait before trying again, where the service says so. */
    readonly retryAfter: number | null,
    /** All of the document: what some codes add to it, such as `shortfall` or `max_credits`. */
    readonly members: Partial<Problem>,
  ) {
    super(message);
  }

  static async of(response: Response): Promise<ProblemError> {
    const requestId = response.headers.get("X-Request-Id");
    const retryAfter = secondsUntil(response.headers.get("Retry-After"));
    const problem = await problemIn(response);
    if (problem === null) {
      const message = `The answer is ${response.status}, and not from the service.`;
      return new ProblemError(response.status, UNREADABLE_ANSWER, message, requestId, retryAfter, {});
    }
    const { code, detail } = problem;
    return new ProblemError(response.status, code, detail, problem.request_id ?? requestId, retryAfter, problem);
  }
}

export function isProblem(error: unknown, ...codes: string[]): error is ProblemError {
  return error instanceof ProblemError && (codes.length === 0 || codes.includes(error.code));
}

async function problemIn(response: Response): Promise<Problem | null> {
  if (!response.headers.get("Content-Type")?.startsWith("application/problem+json")) {
    return null;
  }
  const read: unknown = await response.json().catch(() => null);
  return typeof read === "object" && read !== null && "code" in read && "detail" in read ? (read as Problem) : null;
}

/** `Retry-After` is a number of seconds or a date. */
function secondsUntil(header: string | null): number | null {
  if (header === null) {
    return null;
  }
  if (/^\d+$/.test(header)) {
    return Number(header);
  }
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}
