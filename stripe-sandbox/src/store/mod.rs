//! One redb file that survives a `kill -9`; what is committed here is on disk before anyone hears of it.

mod answers;
mod deliveries;
mod error;
mod reads;
mod tables;
mod tx;

use std::path::Path;
use std::sync::{PoisonError, RwLock};

use redb::{Database, Durability};

pub(crate) use answers::StoredAnswer;
pub(crate) use deliveries::{Delivery, DeliveryKey, DeliveryState};
pub use error::StoreError;
pub(crate) use reads::{Reads, Snapshot, load};
pub(crate) use tx::Tx;

/// Something kept under its id, and listed in the order it was made.
pub(crate) trait Record: serde::Serialize + serde::de::DeserializeOwned {
    /// Stripe's name of the object, which is also the first half of the key.
    const KIND: &'static str;
    fn id(&self) -> &str;
}

/// How many seconds the sandbox's clock is ahead of the machine's.
pub(crate) const CLOCK_OFFSET: &str = "clock_offset_s";

pub(crate) struct Store {
    /// None once closed.
    database: RwLock<Option<Database>>,
}

impl Store {
    pub(crate) fn open(path: &Path) -> Result<Store, StoreError> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let store = Store {
            database: RwLock::new(Some(Database::create(path)?)),
        };
        // Readers may come before the first writer, and a table exists only once somebody wrote to it.
        store.write(|tx| tx.make_tables())?;
        Ok(store)
    }

    /// All of `job` or nothing, on disk when this returns.
    pub(crate) fn write<T, E: From<StoreError>>(
        &self,
        job: impl FnOnce(&Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        let open = self.database.read().unwrap_or_else(PoisonError::into_inner);
        let database = open.as_ref().ok_or(StoreError::Stopped)?;
        let mut inner = database.begin_write().map_err(StoreError::from)?;
        inner
            .set_durability(Durability::Immediate)
            .map_err(StoreError::from)?;
        let tx = Tx::new(inner);
        let result = job(&tx)?;
        tx.commit()?;
        Ok(result)
    }

    pub(crate) fn read(&self) -> Result<Snapshot, StoreError> {
        use redb::ReadableDatabase;
        let open = self.database.read().unwrap_or_else(PoisonError::into_inner);
        let database = open.as_ref().ok_or(StoreError::Stopped)?;
        Ok(Snapshot::new(database.begin_read()?))
    }

    /// Waits for the transactions under way and gives the file back. Later ones are refused.
    pub(crate) fn close(&self) {
        self.database
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
    }

    pub(crate) fn anything_due(&self, now: i64) -> Result<bool, StoreError> {
        self.read()?.anything_due(now)
    }

    pub(crate) fn clock_offset(&self) -> Result<i64, StoreError> {
        Ok(self.read()?.setting(CLOCK_OFFSET)?.unwrap_or(0))
    }
}
