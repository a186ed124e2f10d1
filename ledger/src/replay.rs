//! Idempotency, as the ledger sees it: a key is used once, for one request. The stored answer's
//! bytes are the writer's business; here only whether a request is new, a repeat, or a misuse.

use std::collections::BTreeMap;

use crate::ids::{AccountId, PurchaseId};
use crate::rejection::Rejection;

/// A digest of the caller, the method, the route and the key they sent.
pub type KeyDigest = [u8; 16];

/// A digest of the request itself: path, query and body.
pub type Fingerprint = [u8; 16];

/// A key belongs to the account of whoever sent it, which is not always the account concerned:
/// a service has its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId {
    pub owner: AccountId,
    pub digest: KeyDigest,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub id: KeyId,
    pub fingerprint: Fingerprint,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsedKey {
    pub fingerprint: Fingerprint,
    /// The purchase that the request opened, so that a repeat can go on with it.
    pub purchase_id: Option<PurchaseId>,
    /// False only while a checkout session is being made at Stripe.
    pub answered: bool,
}

pub type UsedKeys = BTreeMap<KeyId, UsedKey>;

#[derive(Debug, PartialEq, Eq)]
pub enum Replay {
    /// Not seen before.
    New,
    /// Seen, and its effect is under way: go on with this purchase.
    Resume(PurchaseId),
    /// Seen and answered: give the stored answer again.
    Answered,
}

pub fn judge(keys: &UsedKeys, key: Option<&Key>) -> Result<Replay, Rejection> {
    let Some(key) = key else {
        return Ok(Replay::New);
    };
    match keys.get(&key.id) {
        None => Ok(Replay::New),
        Some(used) if used.fingerprint != key.fingerprint => {
            Err(Rejection::KeyWasUsedForAnotherRequest)
        }
        Some(used) if used.answered => Ok(Replay::Answered),
        Some(used) => Ok(used.purchase_id.map_or(Replay::Answered, Replay::Resume)),
    }
}
