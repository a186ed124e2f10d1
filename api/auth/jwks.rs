//! The identity provider's published keys, kept while they can be trusted.
//!
//! There is no background task: requests and readiness checks bring the keys. What must hold:
//! callers cause at most one fetch a minute, whatever they send and however many they are; keys
//! are believed for ten minutes without asking again, and for an hour when asking fails; without
//! keys nobody is let in. Seconds are those of the caller's clock.

use std::sync::{Arc, PoisonError, RwLock};

use jsonwebtoken::Algorithm;
use tokio::sync::Mutex;

use super::AuthError;
use super::compact::CompactToken;
use super::jwks_fetch::JwksFetcher;
use super::keys::{KeySet, VerifyingKey};

/// Keys are asked for again after this. A withdrawn key works for this long at most while the
/// identity provider answers.
pub const REFRESH_AFTER_SECONDS: u64 = 600;

/// Keys are not used beyond this, even if no others can be had.
pub const FORGET_AFTER_SECONDS: u64 = 3_600;

/// What callers can cause: one fetch in this time.
pub const CALLERS_INTERVAL_SECONDS: u64 = 60;

/// What readiness checks can cause while there are no keys, so that an identity provider that
/// starts after us is noticed soon. No caller can make these.
pub const READINESS_INTERVAL_SECONDS: u64 = 5;

#[derive(Debug, Clone)]
pub(super) struct JwksCache {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    fetcher: JwksFetcher,
    known: RwLock<Option<Known>>,
    /// When the last fetch began. Held while one is under way: there is one at a time.
    last_fetch: Mutex<Option<i64>>,
}

#[derive(Debug, Clone)]
struct Known {
    keys: Arc<KeySet>,
    since: i64,
}

impl Known {
    fn younger_than(&self, seconds: u64, now: i64) -> bool {
        is_near(self.since, now, seconds)
    }
}

/// Both ways: requests do not come in the order of their clocks, and keys from a future that a
/// clock set back has taken away must age like others.
fn is_near(then: i64, now: i64, seconds: u64) -> bool {
    then.abs_diff(now) < seconds
}

impl JwksCache {
    pub(super) fn new(fetcher: JwksFetcher) -> JwksCache {
        JwksCache {
            shared: Arc::new(Shared {
                fetcher,
                known: RwLock::new(None),
                last_fetch: Mutex::new(None),
            }),
        }
    }

    /// The key that `token` says it was signed with.
    pub(super) async fn key(
        &self,
        token: &CompactToken<'_>,
        now: i64,
    ) -> Result<VerifyingKey, AuthError> {
        // No published key is for HMAC, so there is nothing to ask for.
        if token.header.algorithm == Algorithm::HS256 {
            return Err(AuthError::AlgorithmRefused);
        }
        let known = self.shared.usable(now);
        let found = known.as_ref().and_then(|known| known.keys.find(token));
        match (&known, found) {
            (Some(known), Some(key)) if known.younger_than(REFRESH_AFTER_SECONDS, now) => {
                return Ok(key.clone());
            }
            // Due for a refresh: one request sees to it, the others go on with what there is.
            (_, Some(key)) if self.shared.last_fetch.try_lock().is_err() => {
                return Ok(key.clone());
            }
            _ => self.refresh(now, CALLERS_INTERVAL_SECONDS).await,
        }
        let known = self.shared.usable(now).ok_or(AuthError::KeysUnavailable)?;
        let key = known.keys.find(token).ok_or(AuthError::KeyUnknown)?;
        Ok(key.clone())
    }

    /// Whether tokens can be verified now; tries to get there if not.
    pub(super) async fn is_ready(&self, now: i64) -> bool {
        let known = self.shared.usable(now);
        match known {
            None => self.refresh(now, READINESS_INTERVAL_SECONDS).await,
            Some(known) if known.younger_than(REFRESH_AFTER_SECONDS, now) => {}
            Some(_) => self.refresh(now, CALLERS_INTERVAL_SECONDS).await,
        }
        let known = self.shared.usable(now);
        known.is_some_and(|known| !known.keys.is_empty())
    }

    /// In a task of its own: a caller who hangs up must not take the minute's one fetch along.
    async fn refresh(&self, now: i64, interval_seconds: u64) {
        let shared = Arc::clone(&self.shared);
        let fetch = tokio::spawn(async move { shared.fetch_if_due(now, interval_seconds).await });
        if fetch.await.is_err() {
            tracing::error!("fetching the identity provider's keys was cut short");
        }
    }
}

impl Shared {
    fn usable(&self, now: i64) -> Option<Known> {
        // Nothing can panic while the lock is held, so what is behind it is whole.
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let known = known.as_ref();
        known
            .filter(|known| known.younger_than(FORGET_AFTER_SECONDS, now))
            .cloned()
    }

    async fn fetch_if_due(&self, now: i64, interval_seconds: u64) {
        let mut last_fetch = self.last_fetch.lock().await;
        if last_fetch.is_some_and(|last| is_near(last, now, interval_seconds)) {
            return;
        }
        *last_fetch = Some(now);
        match self.fetcher.fetch().await {
            Ok(keys) => {
                let keys = Arc::new(keys);
                let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
                *known = Some(Known { keys, since: now });
            }
            Err(reason) => {
                tracing::warn!(%reason, "the identity provider's keys could not be fetched");
            }
        }
    }
}
