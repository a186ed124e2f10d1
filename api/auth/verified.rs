//! Tokens whose signatures were found right a moment ago, so that a caller who comes thousands of
//! times a second is not verified thousands of times. Only the signature is remembered: what a token
//! says is held against the clock, the issuer and the audience each time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// A key that its provider has withdrawn verifies nothing new, and nothing old for longer than this.
const SECONDS: i64 = 60;

/// When so many are remembered, all are forgotten.
const MOST: usize = 4_096;

type Claims = Arc<Map<String, Value>>;

/// By the digest of the whole token: a token itself is never kept.
#[derive(Debug, Default)]
pub(super) struct VerifiedTokens {
    tokens: Mutex<HashMap<[u8; 32], Verified>>,
}

#[derive(Debug)]
struct Verified {
    claims: Claims,
    at: i64,
}

impl VerifiedTokens {
    pub(super) fn digest(token: &str) -> [u8; 32] {
        Sha256::digest(token.as_bytes()).into()
    }

    /// The claims of a token that was verified within the last minute.
    pub(super) fn claims(&self, digest: &[u8; 32], now: i64) -> Option<Claims> {
        let tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        let verified = tokens.get(digest)?;
        let age = now.saturating_sub(verified.at);
        (0..SECONDS).contains(&age).then(|| verified.claims.clone())
    }

    pub(super) fn remember(&self, digest: [u8; 32], claims: Claims, now: i64) {
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        if tokens.len() >= MOST {
            tokens.clear();
        }
        tokens.insert(digest, Verified { claims, at: now });
    }
}
