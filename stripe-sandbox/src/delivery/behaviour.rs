//! How deliveries are made to misbehave on request; the default is to deliver each event once, at once.

use serde::{Deserialize, Serialize};

use crate::store::{StoreError, Tx};

const SETTING: &str = "webhook_behaviour";
/// More than this would be a load test of the receiver.
const MAX_DUPLICATES: u32 = 100;
const MAX_DELAY_MS: u32 = 24 * 60 * 60 * 1_000;

/// Applies to events that happen from now on; kept over restarts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Behaviour {
    /// How often each event is sent beyond the first time.
    duplicate: u32,
    delay_ms: u32,
    /// Lose every event.
    drop: bool,
    /// Lose this many events.
    drop_next: u32,
    /// Deliver what waits together in reverse order.
    pub(crate) reorder: bool,
}

impl Behaviour {
    pub(crate) fn of(tx: &Tx) -> Result<Behaviour, StoreError> {
        Ok(tx.setting(SETTING)?.unwrap_or_default())
    }

    pub(crate) fn now(store: &crate::store::Store) -> Result<Behaviour, StoreError> {
        Ok(store.read()?.setting(SETTING)?.unwrap_or_default())
    }

    pub(crate) fn keep(&self, tx: &Tx) -> Result<(), StoreError> {
        tx.set(SETTING, self)
    }

    /// What is out of range, in words.
    pub(crate) fn complaint(&self) -> Option<String> {
        if self.duplicate > MAX_DUPLICATES {
            return Some(format!("duplicate is at most {MAX_DUPLICATES}"));
        }
        (self.delay_ms > MAX_DELAY_MS).then(|| format!("delay_ms is at most {MAX_DELAY_MS}"))
    }

    /// Whether the event that happens now is lost. Counts it.
    pub(crate) fn drops_this_one(&mut self) -> bool {
        let counted = self.drop_next > 0;
        self.drop_next = self.drop_next.saturating_sub(1);
        self.drop || counted
    }

    pub(crate) fn copies(&self) -> u32 {
        self.duplicate.saturating_add(1)
    }

    pub(crate) fn delay_ms(&self) -> i64 {
        i64::from(self.delay_ms)
    }
}
