// What users of the package see.

export { Credits } from "./client.js";
export { CreditsError } from "./problem.js";
export type * from "./schema.js";
export { newIdempotencyKey, type CallOptions, type Settings, type WriteOptions } from "./transport.js";
export { verifyWebhook, WebhookVerificationError, type WebhookEvent } from "./webhook.js";
