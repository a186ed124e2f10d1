//! One durable transaction; everything that changes state goes through it and commits whole.

use redb::{ReadableTable, WriteTransaction};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::reads::{bytes_in, ids_in, pending_in, position_in, setting_in};
use super::tables::{ANSWERS, DUE, FINISHED, ORDER, POSITIONS, RECORDS, SETTINGS, WAITING};
use super::{Reads, Record, StoreError};

pub(crate) struct Tx {
    pub(super) inner: WriteTransaction,
}

impl Tx {
    pub(super) fn new(inner: WriteTransaction) -> Tx {
        Tx { inner }
    }

    pub(super) fn commit(self) -> Result<(), StoreError> {
        Ok(self.inner.commit()?)
    }

    pub(super) fn make_tables(&self) -> Result<(), StoreError> {
        self.inner.open_table(RECORDS)?;
        self.inner.open_table(ORDER)?;
        self.inner.open_table(POSITIONS)?;
        self.inner.open_table(ANSWERS)?;
        self.inner.open_table(WAITING)?;
        self.inner.open_table(FINISHED)?;
        self.inner.open_table(DUE)?;
        self.inner.open_table(SETTINGS)?;
        Ok(())
    }

    /// Inserts or replaces a record. A new one takes the last place of its kind; returns its place.
    pub(crate) fn put<T: Record>(&self, record: &T) -> Result<u64, StoreError> {
        let bytes = serde_json::to_vec(record)?;
        self.inner
            .open_table(RECORDS)?
            .insert((T::KIND, record.id()), bytes.as_slice())?;
        let mut positions = self.inner.open_table(POSITIONS)?;
        if let Some(known) = position_in(&positions, T::KIND, record.id())? {
            return Ok(known);
        }
        let mut order = self.inner.open_table(ORDER)?;
        let last = order
            .range((T::KIND, 0)..(T::KIND, u64::MAX))?
            .next_back()
            .transpose()?
            .map_or(0, |(key, _)| key.value().1);
        let position = last.saturating_add(1);
        order.insert((T::KIND, position), record.id())?;
        positions.insert((T::KIND, record.id()), position)?;
        Ok(position)
    }

    /// Has `payments` look at the object when the time has come.
    pub(crate) fn plan(&self, at: i64, id: &str) -> Result<(), StoreError> {
        self.inner.open_table(DUE)?.insert((at, id), ())?;
        Ok(())
    }

    pub(crate) fn unplan(&self, at: i64, id: &str) -> Result<(), StoreError> {
        self.inner.open_table(DUE)?.remove((at, id))?;
        Ok(())
    }

    /// Times and ids of what is due, in the order of time.
    pub(crate) fn due(&self, now: i64) -> Result<Vec<(i64, String)>, StoreError> {
        let due = self.inner.open_table(DUE)?;
        let mut found = Vec::new();
        for row in due.range(..(now.saturating_add(1), ""))? {
            let (key, _) = row?;
            let (at, id) = key.value();
            found.push((at, id.to_owned()));
        }
        Ok(found)
    }

    pub(crate) fn setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        setting_in(&self.inner.open_table(SETTINGS)?, name)
    }

    pub(crate) fn set<T: Serialize>(&self, name: &str, value: &T) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec(value)?;
        self.inner
            .open_table(SETTINGS)?
            .insert(name, bytes.as_slice())?;
        Ok(())
    }
}

impl Reads for Tx {
    fn bytes(&self, kind: &str, id: &str) -> Result<Option<Vec<u8>>, StoreError> {
        bytes_in(&self.inner.open_table(RECORDS)?, kind, id)
    }
    fn position(&self, kind: &str, id: &str) -> Result<Option<u64>, StoreError> {
        position_in(&self.inner.open_table(POSITIONS)?, kind, id)
    }
    fn ids(&self, kind: &str, low: u64, high: u64) -> Result<Vec<(u64, String)>, StoreError> {
        ids_in(&self.inner.open_table(ORDER)?, kind, low, high)
    }
    fn pending_webhooks(&self, position: u64) -> Result<u64, StoreError> {
        pending_in(&self.inner.open_table(WAITING)?, position)
    }
}
