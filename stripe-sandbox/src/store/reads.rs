//! Looking things up, the same in a snapshot and inside a transaction; nothing here can change anything.

use redb::{ReadTransaction, ReadableTable};
use serde::de::DeserializeOwned;

use super::tables::{DUE, FINISHED, ORDER, POSITIONS, RECORDS, SETTINGS, WAITING};
use super::{Delivery, DeliveryKey, Record, StoreError};

/// The questions both a snapshot and a transaction can answer.
pub(crate) trait Reads {
    fn bytes(&self, kind: &str, id: &str) -> Result<Option<Vec<u8>>, StoreError>;
    fn position(&self, kind: &str, id: &str) -> Result<Option<u64>, StoreError>;
    /// Ids of a kind with positions in `low..high`, oldest first.
    fn ids(&self, kind: &str, low: u64, high: u64) -> Result<Vec<(u64, String)>, StoreError>;
    /// How many deliveries of the event at this position are still to be made.
    fn pending_webhooks(&self, position: u64) -> Result<u64, StoreError>;
}

/// One record by id.
pub(crate) fn load<T: Record>(reads: &dyn Reads, id: &str) -> Result<Option<T>, StoreError> {
    match reads.bytes(T::KIND, id)? {
        Some(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
        None => Ok(None),
    }
}

/// The state as of one commit.
pub(crate) struct Snapshot {
    inner: ReadTransaction,
}

impl Snapshot {
    pub(super) fn new(inner: ReadTransaction) -> Snapshot {
        Snapshot { inner }
    }

    pub(super) fn anything_due(&self, now: i64) -> Result<bool, StoreError> {
        let due = self.inner.open_table(DUE)?;
        Ok(due.first()?.is_some_and(|(key, _)| key.value().0 <= now))
    }

    pub(crate) fn setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        setting_in(&self.inner.open_table(SETTINGS)?, name)
    }

    pub(crate) fn waiting(&self) -> Result<Vec<(DeliveryKey, Delivery)>, StoreError> {
        deliveries_in(&self.inner.open_table(WAITING)?)
    }

    pub(crate) fn finished(&self) -> Result<Vec<(DeliveryKey, Delivery)>, StoreError> {
        deliveries_in(&self.inner.open_table(FINISHED)?)
    }
}

impl Reads for Snapshot {
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

pub(super) fn bytes_in(
    table: &impl ReadableTable<(&'static str, &'static str), &'static [u8]>,
    kind: &str,
    id: &str,
) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(table.get((kind, id))?.map(|found| found.value().to_vec()))
}

pub(super) fn position_in(
    table: &impl ReadableTable<(&'static str, &'static str), u64>,
    kind: &str,
    id: &str,
) -> Result<Option<u64>, StoreError> {
    Ok(table.get((kind, id))?.map(|found| found.value()))
}

pub(super) fn ids_in(
    table: &impl ReadableTable<(&'static str, u64), &'static str>,
    kind: &str,
    low: u64,
    high: u64,
) -> Result<Vec<(u64, String)>, StoreError> {
    let mut found = Vec::new();
    for row in table.range((kind, low)..(kind, high))? {
        let (key, id) = row?;
        found.push((key.value().1, id.value().to_owned()));
    }
    Ok(found)
}

pub(super) fn pending_in(
    table: &impl ReadableTable<(u64, &'static str), &'static [u8]>,
    position: u64,
) -> Result<u64, StoreError> {
    let rows = table.range((position, "")..(position.saturating_add(1), ""))?;
    Ok(u64::try_from(rows.count()).unwrap_or(u64::MAX))
}

pub(super) fn setting_in<T: DeserializeOwned>(
    table: &impl ReadableTable<&'static str, &'static [u8]>,
    name: &str,
) -> Result<Option<T>, StoreError> {
    match table.get(name)? {
        Some(found) => Ok(Some(serde_json::from_slice(found.value())?)),
        None => Ok(None),
    }
}

pub(super) fn deliveries_in(
    table: &impl ReadableTable<(u64, &'static str), &'static [u8]>,
) -> Result<Vec<(DeliveryKey, Delivery)>, StoreError> {
    let mut found = Vec::new();
    for row in table.iter()? {
        let (key, value) = row?;
        let (position, url) = key.value();
        let key = DeliveryKey {
            position,
            url: url.to_owned(),
        };
        found.push((key, serde_json::from_slice(value.value())?));
    }
    Ok(found)
}
