//! Events of Stripe's that a test makes and signs itself: the honest ones, and those that could
//! never come from Stripe but must do no harm.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use sha2::Sha256;

use super::app::TestApp;
use super::client::Answer;

pub const PATH: &str = "/v1/webhooks/stripe";

/// The hexadecimal HMAC that Stripe's scheme v1 asks for.
pub fn mac(secret: &str, timestamp: i64, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{timestamp}.").as_bytes());
    mac.update(body);
    let bytes = mac.finalize().into_bytes();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl TestApp {
    pub fn webhook_secret(&self) -> &str {
        self.secrets.webhook_secret.expose_secret()
    }

    /// A good signature, as of the service's own clock.
    pub fn signature(&self, body: &[u8]) -> String {
        let now = self.clock.now().unix_seconds();
        format!("t={now},v1={}", mac(self.webhook_secret(), now, body))
    }

    pub async fn deliver(&self, event: &Value) -> Answer {
        let body = event.to_string();
        let signature = self.signature(body.as_bytes());
        self.anonymous()
            .post_text(PATH, body)
            .header("stripe-signature", &signature)
            .await
    }

    /// What became of a stored event: its status, and the note.
    pub async fn inbox(&self, event_id: &str) -> Vec<String> {
        let query = format!(
            "SELECT status || ' ' || COALESCE(note, '') AS line FROM stripe_inbox WHERE event_id = '{event_id}'"
        );
        self.db.lines(&query).await
    }
}

/// An event around an object.
pub fn event(id: &str, kind: &str, object: &Value) -> Value {
    json!({
        "id": id, "object": "event", "api_version": "2026-10-28", "type": kind,
        "created": 1_795_000_000, "livemode": false, "data": {"object": object},
        "pending_webhooks": 1, "request": null,
    })
}
