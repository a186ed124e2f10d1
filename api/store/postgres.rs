//! PostgreSQL: a pool of asynchronous connections, the account row's lock, and the queries
//! compiled for it. No client library of the system is needed.

use diesel::{ConnectionError, ConnectionResult};
use diesel_async::AsyncPgConnection;
use diesel_async::pooled_connection::deadpool::{Object, Pool};
use diesel_async::pooled_connection::{
    AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod,
};
use futures_util::FutureExt;
use ledger::account::State;
use ledger::entry::Entry;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use rustls::{ClientConfig, RootCertStore};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::JoinError;
use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::remembered::Remembered;
use super::versions::{VersionSource, Versions};
use super::work::decide_or_undo;
use super::{Basis, Decide, Holdings, Loaded, StoreError, Visitor, Wanted};
use crate::steps::{self, Step};

use self::shared::SharedConnections;

pub type Conn = AsyncPgConnection;

// Rows that may be there already.
macro_rules! insert_missing {
    ($conn:expr, $table:expr, $rows:expr) => {
        diesel_async::RunQueryDsl::execute(
            diesel::insert_into($table)
                .values($rows)
                .on_conflict_do_nothing(),
            $conn,
        )
        .await
    };
}

/// A connection that reads share, as one of them uses it.
pub type Glance<'a> = &'a AsyncPgConnection;

macro_rules! glancing {
    ($conn:ident) => {
        &mut { $conn }
    };
}

/// Asks on a shared connection; on a new one if that is lost, because to read twice does no harm.
/// Meanwhile the pool learns which of its other connections are lost with it.
macro_rules! glance {
    ($engine:expr, $conn:ident => $question:expr) => {
        'asked: {
            for pause in shared::PAUSES {
                let conn = $engine.shared.get().await?;
                let $conn: Glance<'_> = &conn;
                match shared::answered($question).await {
                    Err(StoreError::Unavailable(_)) => $engine.shared.let_go(),
                    result => break 'asked result,
                }
                tokio::time::sleep(pause).await;
            }
            let conn = $engine.shared.get().await?;
            let $conn: Glance<'_> = &conn;
            shared::answered($question).await
        }
    };
}

mod find;
mod holdings;
mod shared;
mod statement;
mod store;

#[path = "queries/mod.rs"]
pub mod queries;

/// A connection that no statement may block for longer than a caller would wait. Rows are found
/// through their indexes, by plans that are made once: left to itself the planner weighs every batch
/// anew, and reads a table whole while it is small, dead rows included.
const SESSION: &str = "SET lock_timeout = '5s'; SET statement_timeout = '15s'; \
                       SET idle_in_transaction_session_timeout = '30s'; SET timezone = 'UTC'; \
                       SET plan_cache_mode = 'force_generic_plan'; SET enable_seqscan = off; \
                       SET enable_hashjoin = off; SET enable_mergejoin = off";

const WAIT_FOR_CONNECTION: Duration = Duration::from_secs(3);

#[derive(Clone)]
pub struct Engine {
    pool: Pool<AsyncPgConnection>,
    shared: SharedConnections,
    pub remembered: Remembered,
    pub versions: Versions,
}

struct AccountVersions {
    shared: SharedConnections,
}

impl VersionSource for AccountVersions {
    async fn versions(&self, ids: Vec<AccountId>) -> Result<HashMap<AccountId, i64>, StoreError> {
        glance!(self, conn => find::versions(conn, &ids))
    }
}

impl Engine {
    pub fn open(url: &str, connections: usize) -> Result<Engine, StoreError> {
        let mut config = ManagerConfig::default();
        // One that is closed is known to be without a question to the database, which would be a
        // round trip more for each request.
        config.recycling_method = RecyclingMethod::Fast;
        // A connection lives on the runtime that made it: the service's own, not a request's.
        let runtime = Handle::current();
        config.custom_setup = Box::new(move |url| {
            let connecting = runtime.spawn(establish(url.to_owned()));
            let connected = async {
                let broken = |error: JoinError| ConnectionError::BadConnection(error.to_string());
                connecting.await.map_err(broken)?
            };
            connected.boxed()
        });
        let manager = AsyncDieselConnectionManager::new_with_config(url, config);
        let pool = Pool::builder(manager)
            .max_size(connections)
            .wait_timeout(Some(WAIT_FOR_CONNECTION))
            .create_timeout(Some(WAIT_FOR_CONNECTION))
            .runtime(deadpool::Runtime::Tokio1)
            .build()
            .map_err(StoreError::unavailable)?;
        let shared = SharedConnections::of(pool.clone());
        Ok(Engine {
            pool,
            versions: Versions::start(AccountVersions {
                shared: shared.clone(),
            }),
            shared,
            remembered: Remembered::default(),
        })
    }

    pub async fn read(&self) -> Result<Object<AsyncPgConnection>, StoreError> {
        self.pool.get().await.map_err(StoreError::unavailable)
    }

    /// For statements that stand alone: the inbox, and what else moves no credits.
    pub async fn single_write(&self) -> Result<Object<AsyncPgConnection>, StoreError> {
        self.read().await
    }

    /// An account's holdings, in one snapshot.
    pub async fn holdings(&self, id: &AccountId, now: Instant) -> Result<Holdings, StoreError> {
        glance!(self, conn => holdings::holdings(conn, id, now))
    }

    /// The newest entries of an account, or those before one: the index leads straight to them.
    pub async fn page(
        &self,
        id: &AccountId,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Entry>, StoreError> {
        glance!(self, conn => queries::history::page(conn, id, before, limit))
    }

    /// Shows all that an account has, in one snapshot.
    pub async fn show(&self, id: &AccountId, visitor: &mut dyn Visitor) -> Result<(), StoreError> {
        let mut conn = self.read().await?;
        conn.build_transaction()
            .read_only()
            .repeatable_read()
            .run(async move |conn: &mut Conn| queries::verify::show(conn, id, visitor).await)
            .await
    }

    /// One transaction: lock and load, decide, persist, commit.
    pub async fn write<T: Send>(
        &self,
        wanted: &Wanted,
        basis: Basis,
        now: Instant,
        decide: &Decide<'_, T>,
    ) -> Result<(T, State), StoreError> {
        let mut conn = self.read().await?;
        let mut reached_commit = false;
        let reached = &mut reached_commit;
        let result: Result<(T, State), StoreError> = conn
            .build_transaction()
            .read_committed()
            .run(async move |conn: &mut Conn| {
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

/// A connection for requests, in which no statement waits or runs for long.
async fn establish(url: String) -> ConnectionResult<AsyncPgConnection> {
    let mut conn = establish_unlimited(url).await?;
    diesel_async::SimpleAsyncConnection::batch_execute(&mut conn, SESSION)
        .await
        .map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

/// A connection for migrations, which may take their time.
pub async fn establish_unlimited(url: String) -> ConnectionResult<AsyncPgConnection> {
    let bad = |error: &dyn std::fmt::Display| ConnectionError::BadConnection(error.to_string());
    let config: tokio_postgres::Config = url.parse().map_err(|error| bad(&error))?;
    let conn = if config.get_ssl_mode() == SslMode::Disable {
        let (client, connection) = config
            .connect(tokio_postgres::NoTls)
            .await
            .map_err(|error| bad(&error))?;
        AsyncPgConnection::try_from_client_and_connection(client, connection).await?
    } else {
        let tls = MakeRustlsConnect::new(tls_config().map_err(|error| bad(&error))?);
        let (client, connection) = config.connect(tls).await.map_err(|error| bad(&error))?;
        AsyncPgConnection::try_from_client_and_connection(client, connection).await?
    };
    Ok(conn)
}

/// Certificates are checked against the public roots.
fn tls_config() -> Result<ClientConfig, rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}
