//! SQLite, embedded: one connection that writes, a pool of connections that read, and the queries
//! compiled for it. WAL with `synchronous = FULL`: an acknowledged write survives a power cut.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use diesel::{ConnectionError, SqliteConnection};
use diesel_async::pooled_connection::deadpool::{Object, Pool};
use diesel_async::pooled_connection::{
    AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod,
};
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use diesel_async::{AsyncConnection, SimpleAsyncConnection};
use futures_util::FutureExt;
use ledger::account::State;
use ledger::entry::Entry;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::remembered::Remembered;
use super::versions::{VersionSource, Versions};
use super::work::decide_or_undo;
use super::{Basis, Decide, Holdings, Loaded, StoreError, Visitor, Wanted};
use crate::steps::{self, Step};

pub type Conn = SyncConnectionWrapper<SqliteConnection>;

// Rows that may be there already. A batch insert needs the synchronous half of diesel on this engine,
// which runs on the connection's own thread.
macro_rules! insert_missing {
    ($conn:expr, $table:expr, $rows:expr) => {{
        let rows = $rows;
        $conn
            .spawn_blocking(move |conn| {
                rows.iter().try_fold(0_usize, |count, row| {
                    let insert = diesel::insert_or_ignore_into($table).values(row);
                    diesel::RunQueryDsl::execute(insert, conn).map(|one| count.saturating_add(one))
                })
            })
            .await
    }};
}

/// A connection of which one short question is asked.
pub type Glance<'a> = &'a mut Conn;

macro_rules! glancing {
    ($conn:ident) => {
        $conn
    };
}

mod find;
mod holdings;
mod store;

#[path = "queries/mod.rs"]
pub mod queries;

/// How long one waits for whoever has the file, in milliseconds.
pub const PATIENCE: &str = "PRAGMA busy_timeout = 5000";

const SESSION: &str =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON";

const WAIT_FOR_CONNECTION: Duration = Duration::from_secs(3);

#[derive(Clone)]
pub struct Engine {
    writing: Arc<Mutex<Conn>>,
    reading: Pool<Conn>,
    pub remembered: Remembered,
    pub versions: Versions,
}

struct AccountVersions {
    reading: Pool<Conn>,
}

impl VersionSource for AccountVersions {
    async fn versions(&self, ids: Vec<AccountId>) -> Result<HashMap<AccountId, i64>, StoreError> {
        let mut conn = self.reading.get().await.map_err(StoreError::unavailable)?;
        find::versions(&mut conn, ids).await
    }
}

impl Engine {
    pub async fn open(path: &str, connections: usize) -> Result<Engine, StoreError> {
        let writing = establish(path.to_owned())
            .await
            .map_err(StoreError::unavailable)?;
        let mut config = ManagerConfig::default();
        // A file does not hang up: there is nothing to ask.
        config.recycling_method = RecyclingMethod::Fast;
        config.custom_setup = Box::new(|path| establish(path.to_owned()).boxed());
        let manager = AsyncDieselConnectionManager::new_with_config(path, config);
        let reading = Pool::builder(manager)
            .max_size(connections)
            .wait_timeout(Some(WAIT_FOR_CONNECTION))
            .runtime(deadpool::Runtime::Tokio1)
            .build()
            .map_err(StoreError::unavailable)?;
        Ok(Engine {
            writing: Arc::new(Mutex::new(writing)),
            versions: Versions::start(AccountVersions {
                reading: reading.clone(),
            }),
            reading,
            remembered: Remembered::default(),
        })
    }

    pub async fn read(&self) -> Result<Object<Conn>, StoreError> {
        self.reading.get().await.map_err(StoreError::unavailable)
    }

    /// For statements that stand alone: the inbox, and what else moves no credits.
    pub async fn single_write(&self) -> Result<OwnedMutexGuard<Conn>, StoreError> {
        Ok(Arc::clone(&self.writing).lock_owned().await)
    }

    /// An account's holdings, in one snapshot.
    pub async fn holdings(&self, id: &AccountId, now: Instant) -> Result<Holdings, StoreError> {
        let mut conn = self.read().await?;
        holdings::holdings(&mut conn, id, now).await
    }

    /// The newest entries of an account, or those before one: the index leads straight to them.
    pub async fn page(
        &self,
        id: &AccountId,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Entry>, StoreError> {
        queries::history::page(&mut *self.read().await?, id, before, limit).await
    }

    /// Shows all that an account has, in one snapshot.
    #[expect(
        clippy::disallowed_methods,
        reason = "reads only: there is nothing to lose"
    )]
    pub async fn show(&self, id: &AccountId, visitor: &mut dyn Visitor) -> Result<(), StoreError> {
        let mut conn = self.read().await?;
        let conn: &mut Conn = &mut conn;
        conn.transaction(async move |conn: &mut Conn| {
            queries::verify::show(conn, id, visitor).await
        })
        .await
    }

    /// One transaction: lock and load, decide, persist, commit. Only the writer calls this, and
    /// the writer is never cancelled.
    pub async fn write<T: Send>(
        &self,
        wanted: &Wanted,
        basis: Basis,
        now: Instant,
        decide: &Decide<'_, T>,
    ) -> Result<(T, State), StoreError> {
        let mut conn = self.writing.lock().await;
        let mut reached_commit = false;
        let reached = &mut reached_commit;
        let result = conn
            .immediate_transaction(async move |conn: &mut Conn| {
                let loaded = match basis {
                    Basis::Stored => queries::load::load(conn, wanted, now).await?,
                    Basis::Remembered(state) => Loaded::remembered(state),
                };
                let (decided, output) = decide_or_undo(decide, loaded)?;
                queries::persist::persist(conn, &decided, now).await?;
                *reached = true;
                steps::reached(Step::Committing);
                Ok((output, decided.state))
            })
            .await;
        StoreError::of_write(result, reached_commit)
    }
}

async fn establish(path: String) -> diesel::ConnectionResult<Conn> {
    let mut conn = Conn::establish(&path).await?;
    conn.batch_execute(PATIENCE)
        .await
        .map_err(ConnectionError::CouldntSetupConfiguration)?;
    conn.batch_execute(SESSION)
        .await
        .map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}
