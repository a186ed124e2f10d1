// Webhooks that the service sends, signed as Standard Webhooks says.

import { Webhook, WebhookVerificationError } from "standardwebhooks";
import type { webhooks } from "./schema.js";

export { WebhookVerificationError };

/** What is sent to webhook endpoints: `type` says what is in `data`. */
export type WebhookEvent = webhooks[keyof webhooks]["post"]["requestBody"]["content"]["application/json"];

/**
 * Checks the signature of a webhook with its endpoint's secret (whsec_…), and that it is not older than five minutes, and
 * reads it; otherwise it throws a WebhookVerificationError. The body must be as it came, to the byte. An event may come
 * more than once: `data.id` is the same then.
 */
export function verifyWebhook(body: string | Buffer, headers: Record<string, string>, secret: string): WebhookEvent {
  return new Webhook(secret).verify(body, headers) as WebhookEvent;
}
