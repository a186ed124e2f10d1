// Refusals and failures that the service describes (RFC 9457).

import type { Problem } from "./schema.js";

/** The service said no, and why: act on `code`; docs/ERRORS.md lists them all. */
export class CreditsError extends Error {
  override readonly name = "CreditsError";
  readonly code: string;
  readonly status: number;

  /** `problem` has everything that it said: numbers that a program needs are members of their own. */
  constructor(readonly problem: Problem) {
    super(`${problem.code} (${problem.status}): ${problem.detail}`);
    this.code = problem.code;
    this.status = problem.status;
  }

  /** What is no problem document, a proxy's page for example, becomes one with the code `unknown`. */
  static ofAnswer(status: number, answer: unknown): CreditsError {
    const known = typeof answer === "object" && answer !== null && "code" in answer;
    if (known) return new CreditsError(answer as Problem);
    const title = "The answer is no problem document.";
    const detail = String(answer ?? "");
    return new CreditsError({ type: "about:blank", title, status, detail, code: "unknown", request_id: "" });
  }
}
