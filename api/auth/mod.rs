//! Who is calling, and what may they do: bearer tokens (JWT) of the platform's identity provider.
//!
//! A token is taken from one `Authorization` header and from nowhere else, verified with a key
//! whose own kind names the algorithm, and then held against the clock, the issuer and the
//! audience. Whatever is wrong, the caller learns nothing but that it was not good enough; the
//! absence of keys never lets anyone in.

mod claims;
mod compact;
mod cursor_seal;
mod error;
mod jwks;
mod jwks_fetch;
mod keys;
mod scopes;
mod signing_key;
pub mod token;
mod verified;

pub use claims::LEEWAY_SECONDS;
pub use cursor_seal::CursorSeal;
pub use error::AuthError;
pub use scopes::{Scope, Scopes};
pub use signing_key::{SigningKey, WebhookSecret};

use std::sync::Arc;

use ledger::ids::AccountId;
use serde_json::{Map, Value};

use self::compact::CompactToken;
use self::jwks::JwksCache;
use self::jwks_fetch::JwksFetcher;
use self::keys::VerifyingKey;
use self::verified::VerifiedTokens;
use crate::config::{IdentitySettings, TokenKeys};

/// Somebody whose token was found good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Who, as the identity provider names them: 1 to 255 characters.
    pub subject: String,
    /// Whose credits.
    pub account_id: AccountId,
    pub scopes: Scopes,
    /// The first second (Unix) at which the token is worth nothing any more.
    pub until: i64,
}

/// Judges tokens. One for the whole service: it holds the cache of the provider's keys.
#[derive(Debug)]
pub struct Authenticator {
    keys: KeySource,
    expected: IdentitySettings,
    verified: VerifiedTokens,
}

#[derive(Debug)]
enum KeySource {
    Shared(VerifyingKey),
    Published(JwksCache),
}

/// Why there is no authenticator.
#[derive(Debug, thiserror::Error)]
pub enum AuthSetupError {
    #[error("the sandbox's token secret has not been taken from the data directory yet")]
    SecretNotMade,
    #[error("no HTTP client for the identity provider's keys: {0}")]
    NoHttpClient(Box<dyn std::error::Error + Send + Sync>),
}

impl Authenticator {
    /// Fetches nothing yet; see [`Authenticator::is_ready`].
    pub fn new(identity: &IdentitySettings) -> Result<Authenticator, AuthSetupError> {
        let keys = match &identity.keys {
            TokenKeys::MadeOnce => return Err(AuthSetupError::SecretNotMade),
            TokenKeys::Secret(secret) => KeySource::Shared(VerifyingKey::shared_secret(secret)),
            TokenKeys::Jwks(url) => {
                let fetcher =
                    JwksFetcher::new(url.clone()).map_err(AuthSetupError::NoHttpClient)?;
                KeySource::Published(JwksCache::new(fetcher))
            }
        };
        Ok(Authenticator {
            keys,
            expected: identity.clone(),
            verified: VerifiedTokens::default(),
        })
    }

    /// The caller behind a request, from the values of all its `Authorization` headers, at `now`
    /// in Unix seconds.
    pub async fn authenticate<'a>(
        &self,
        authorization: impl IntoIterator<Item = &'a [u8]>,
        now: i64,
    ) -> Result<Caller, AuthError> {
        let token = compact::bearer(authorization)?;
        let digest = VerifiedTokens::digest(token);
        let claims = match self.verified.claims(&digest, now) {
            Some(claims) => claims,
            None => {
                let claims = Arc::new(self.verify(token, now).await?);
                self.verified.remember(digest, Arc::clone(&claims), now);
                claims
            }
        };
        claims::judge(&claims, &self.expected, now)
    }

    /// What a token says, if its signature is right.
    async fn verify(&self, token: &str, now: i64) -> Result<Map<String, Value>, AuthError> {
        let token = CompactToken::parse(token)?;
        match &self.keys {
            // The key id means nothing here: there is one secret.
            KeySource::Shared(key) => key.verify(&token)?,
            KeySource::Published(cache) => cache.key(&token, now).await?.verify(&token)?,
        }
        token.claims()
    }

    /// Whether tokens can be verified at all. For readiness; brings the keys if they are due.
    pub async fn is_ready(&self, now: i64) -> bool {
        match &self.keys {
            KeySource::Shared(_) => true,
            KeySource::Published(cache) => cache.is_ready(now).await,
        }
    }
}

#[cfg(test)]
mod tests;
