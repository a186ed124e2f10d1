/** All that a page needs of the service: import from here, and nothing of the API from anywhere else. */
export * from "./checkout";
export { createCredits, type Credits, type CreditsOptions } from "./client";
export type { TokenSource } from "./fetch";
export { PATIENCE_MS, type Followed } from "./follow";
export { adviceFor, errorAdvice, otherAdvice, type Advice, type ErrorCode } from "./errors";
export { createAttempts, idempotencyKey, type Attempts } from "./idempotency";
export { isProblem, ProblemError, UNREADABLE_ANSWER } from "./problem";
export * from "./refresh";
export { isTransient, retryDelayMs, shouldRetry } from "./retry";
export type * as Schema from "./schema";
export { streamEvents, type LiveEvent, type StreamOptions, type StreamState } from "./stream";
