//! The queue of webhook deliveries; one leaves it only when it was delivered, dropped by order, or given up.

use redb::ReadableTable;
use serde::{Deserialize, Serialize};

use super::tables::{FINISHED, WAITING};
use super::{StoreError, Tx};

/// Which event goes where.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct DeliveryKey {
    pub(crate) position: u64,
    pub(crate) url: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeliveryState {
    Waiting,
    Delivered,
    Dropped,
    GivenUp,
}

/// One event on its way to one target.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Delivery {
    pub(crate) event: String,
    pub(crate) state: DeliveryState,
    pub(crate) attempts: u32,
    /// How often the event is sent once its turn comes; more than one when duplicates were asked for.
    pub(crate) copies: u32,
    pub(crate) first_at_ms: i64,
    pub(crate) next_at_ms: i64,
    pub(crate) last_answer: Option<String>,
}

impl Tx {
    pub(crate) fn put_delivery(
        &self,
        key: &DeliveryKey,
        delivery: &Delivery,
    ) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec(delivery)?;
        let at = (key.position, key.url.as_str());
        let mut waiting = self.inner.open_table(WAITING)?;
        let mut finished = self.inner.open_table(FINISHED)?;
        if delivery.state == DeliveryState::Waiting {
            finished.remove(at)?;
            waiting.insert(at, bytes.as_slice())?;
        } else {
            waiting.remove(at)?;
            finished.insert(at, bytes.as_slice())?;
        }
        Ok(())
    }

    /// Makes every delivery that was tried before due now: a restart doesn't sit out the pauses of the run before.
    /// What was meant for a target that no longer exists goes to those that do.
    pub(crate) fn hurry_deliveries(&self, now_ms: i64, targets: &[&str]) -> Result<(), StoreError> {
        let mut waiting = self.inner.open_table(WAITING)?;
        let mut changed = Vec::new();
        for (key, mut delivery) in super::reads::deliveries_in(&waiting)? {
            let known = targets.contains(&key.url.as_str());
            if known && delivery.attempts == 0 {
                continue;
            }
            delivery.next_at_ms = now_ms;
            changed.push((key, known, serde_json::to_vec(&delivery)?));
        }
        for (key, known, bytes) in changed {
            if known {
                waiting.insert((key.position, key.url.as_str()), bytes.as_slice())?;
                continue;
            }
            if !targets.is_empty() {
                waiting.remove((key.position, key.url.as_str()))?;
            }
            for target in targets {
                if waiting.get((key.position, *target))?.is_none() {
                    waiting.insert((key.position, *target), bytes.as_slice())?;
                }
            }
        }
        Ok(())
    }
}
