//! Webhooks that the service sends, signed as Standard Webhooks says.

use crate::Error;
use crate::models::WebhookEvent;

/// Checks the signature of a webhook with its endpoint's secret (`whsec_…`), and that it is not older than five minutes,
/// and reads it. The body must be the bytes as they came. An event may come more than once: `data.id` is the same then.
pub fn verify_webhook(body: &[u8], headers: &reqwest::header::HeaderMap, secret: &str) -> Result<WebhookEvent, Error> {
    let webhook = standardwebhooks::Webhook::new(secret).map_err(Error::Signature)?;
    webhook.verify(body, headers).map_err(Error::Signature)?;
    Ok(serde_json::from_slice(body)?)
}
