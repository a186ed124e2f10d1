//! The answers kept for idempotency keys; one is written in the transaction of its effect or not at all.

use redb::ReadableTable;
use serde::{Deserialize, Serialize};

use super::tables::ANSWERS;
use super::{StoreError, Tx};

/// What the first request with a key was, and what it was told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct StoredAnswer {
    pub(crate) path: String,
    pub(crate) fingerprint: String,
    pub(crate) status: u16,
    pub(crate) body: String,
    pub(crate) request_id: String,
    pub(crate) created: i64,
}

impl Tx {
    pub(crate) fn answer(&self, key: &str) -> Result<Option<StoredAnswer>, StoreError> {
        match self.inner.open_table(ANSWERS)?.get(key)? {
            Some(found) => Ok(Some(serde_json::from_slice(found.value())?)),
            None => Ok(None),
        }
    }

    pub(crate) fn keep_answer(&self, key: &str, answer: &StoredAnswer) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec(answer)?;
        self.inner
            .open_table(ANSWERS)?
            .insert(key, bytes.as_slice())?;
        Ok(())
    }
}
