//! Idempotency keys: the same request again gets the same bytes, another one under the same key is refused.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::error::ApiError;
use crate::store::StoredAnswer;

/// Stripe may forget a key once it is this old; the sandbox always does.
const KEPT_S: i64 = 24 * 60 * 60;

/// What an idempotent request is held against.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) key: String,
    pub(crate) path: String,
    pub(crate) fingerprint: String,
}

impl Key {
    pub(crate) fn new(key: &str, path: &str, parameters: &impl Serialize) -> Result<Key, ApiError> {
        if key.is_empty() || key.chars().count() > 255 {
            return Err(ApiError::invalid(
                "An idempotency key has between 1 and 255 characters.",
            ));
        }
        let text = serde_json::to_vec(parameters)
            .map_err(|_| ApiError::internal("unreadable parameters"))?;
        Ok(Key {
            key: key.to_owned(),
            path: path.to_owned(),
            fingerprint: hex(&Sha256::digest(text)),
        })
    }

    /// Whether the stored answer is this request's own. An error when it belongs to another request.
    pub(crate) fn judge(&self, stored: &StoredAnswer, now: i64) -> Result<bool, ApiError> {
        if now.saturating_sub(stored.created) > KEPT_S {
            return Ok(false);
        }
        let again = format!(
            "Try using a key other than '{}' if you meant to execute a different request.",
            self.key
        );
        if stored.path != self.path {
            return Err(ApiError::idempotency(format!(
                "Keys for idempotent requests can only be used for the same endpoint they were first used for ('{}' \
                 vs '{}'). {again}",
                self.path, stored.path
            )));
        }
        if stored.fingerprint != self.fingerprint {
            return Err(ApiError::idempotency(format!(
                "Keys for idempotent requests can only be used with the same parameters they were first used with. \
                 {again}"
            )));
        }
        Ok(true)
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
