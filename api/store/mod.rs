//! The database: two engines, one code. All SQL of the service is in this folder, and nothing in it
//! decides anything about credits: it loads what the ledger works on and stores what it decided.

mod codes;
mod error;
mod holdings;
mod migrations;
mod postgres;
pub mod reference_loop;
mod remembered;
mod rows;
mod schema;
pub mod scratch;
mod sql_types;
mod sqlite;
mod versions;
mod work;
mod write;

pub use administration::PurchaseFilter;
pub use codes::review_name;
pub use error::StoreError;
pub use holdings::Holdings;
pub use outgoing::{
    Answer, Contact, Delivery, DeliveryFilter, DeliveryStatus, Disabled, Endpoint, Locale, Target,
};
pub use remembered::HoldSubject;
pub use rows::{
    InboxRow, InboxStatus, OperationRow, PackageRow, PriceListRow, PriceSlabRow, RateComponentRow,
    RateRow,
};
pub use work::{
    Basis, CatalogueRows, Decide, Decided, Direction, Dossier, EndingLot, EntryFilter, FedNotice,
    FoundEntry, KeyWrite, Loaded, Orphan, Progress, PromotionUses, Quote, RateBookRows, Span,
    StoredAnswer, StoredKey, Visitor, Waiting,
};
pub use write::Wanted;

use ledger::account::State;
use ledger::instant::Instant;
use secrecy::ExposeSecret;

use crate::config::Database;

/// An open database. Cheap to clone; all clones share its connections.
#[derive(Clone)]
pub enum Store {
    Postgres(postgres::Engine),
    Sqlite(sqlite::Engine),
}

/// Runs one query on a connection of whichever engine it is: the same words, compiled twice.
macro_rules! query {
    ($store:expr, $connection:ident, $module:ident :: $query:ident ( $($argument:expr),* )) => {
        match $store {
            Store::Postgres(engine) => {
                let mut conn = engine.$connection().await?;
                postgres::queries::$module::$query(&mut conn, $($argument),*).await
            }
            Store::Sqlite(engine) => {
                let mut conn = engine.$connection().await?;
                sqlite::queries::$module::$query(&mut conn, $($argument),*).await
            }
        }
    };
}

/// Calls a method that both engines have.
macro_rules! engine {
    ($store:expr, $engine:ident => $call:expr) => {
        match $store {
            Store::Postgres($engine) => $call,
            Store::Sqlite($engine) => $call,
        }
    };
}

// After the macros, which they use.
mod administration;
mod outgoing;
mod reads;
mod upkeep;

impl Store {
    /// Brings the database up to date and opens it.
    pub async fn open(database: &Database, connections: usize) -> Result<Store, StoreError> {
        match database {
            Database::Postgres(url) => {
                let url = url.expose_secret().to_owned();
                migrations::migrate_postgres(postgres::establish_unlimited(url).await?).await?;
            }
            Database::Sqlite(path) => {
                migrations::migrate_sqlite(path.to_string_lossy().into_owned()).await?;
            }
        }
        Store::open_as_it_is(database, connections).await
    }

    /// Opens the database and changes nothing in it.
    pub async fn open_as_it_is(
        database: &Database,
        connections: usize,
    ) -> Result<Store, StoreError> {
        Ok(match database {
            Database::Postgres(url) => {
                Store::Postgres(postgres::Engine::open(url.expose_secret(), connections)?)
            }
            Database::Sqlite(path) => {
                let path = path.to_string_lossy();
                Store::Sqlite(sqlite::Engine::open(&path, connections).await?)
            }
        })
    }

    /// One transaction of the writer: load what is `wanted` under lock, or take what is remembered;
    /// decide, store, commit. Besides what `decide` put out it gives the state as it is stored now.
    pub async fn write<T: Send>(
        &self,
        wanted: &Wanted,
        basis: Basis,
        now: Instant,
        decide: &Decide<'_, T>,
    ) -> Result<(T, State), StoreError> {
        engine!(self, engine => engine.write(wanted, basis, now, decide).await)
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        query!(self, read, housekeeping::ping())
    }
}
