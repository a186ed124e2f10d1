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

pub use codes::review_name;
pub use error::StoreError;
pub use holdings::Holdings;
pub use remembered::HoldSubject;
pub use rows::{
    InboxRow, InboxStatus, OperationRow, PackageRow, PriceListRow, PriceSlabRow, RateComponentRow,
    RateRow,
};
pub use work::{
    Basis, CatalogueRows, Charged, Decide, Decided, Direction, Dossier, EntryFilter, KeyWrite,
    Loaded, Orphan, Quote, RateBookRows, Span, StoredAnswer, StoredKey, Visitor,
};
pub use write::Wanted;

use std::collections::BTreeSet;
use std::sync::Arc;

use ledger::account::{Account, State};
use ledger::entry::Entry;
use ledger::hold::Hold;
use ledger::ids::{AccountId, EntryId, HoldId, LotId, PurchaseId, QuoteId};
use ledger::instant::Instant;
use ledger::lot::Lot;
use ledger::purchase::Purchase;
use ledger::replay::{Fingerprint, KeyId};
use ledger::usage::{UsageKey, Used};
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

    /// What an account owns, in one snapshot: as it is remembered, if that is how it is stored.
    pub async fn holdings(
        &self,
        id: &AccountId,
        now: Instant,
    ) -> Result<Arc<Holdings>, StoreError> {
        engine!(self, engine => {
            if let Some((version, known)) = engine.remembered.holdings.recall(id, now)
                && engine.versions.of(id).await? == Some(version)
            {
                return Ok(known);
            }
            let holdings = Arc::new(engine.holdings(id, now).await?);
            engine.remembered.holdings.keep(id, &holdings, now);
            Ok(holdings)
        })
    }

    /// How often an account has changed: what was read of it since it had this version still stands.
    pub async fn version(&self, id: &AccountId) -> Result<Option<i64>, StoreError> {
        engine!(self, engine => engine.versions.of(id).await)
    }

    /// Shows all that an account has, in one snapshot.
    pub async fn show(&self, id: &AccountId, visitor: &mut dyn Visitor) -> Result<(), StoreError> {
        engine!(self, engine => engine.show(id, visitor).await)
    }

    /// Usable lots, soonest end first.
    pub async fn lots(
        &self,
        id: &AccountId,
        now: Instant,
        after: Option<(Instant, LotId)>,
        limit: i64,
    ) -> Result<Vec<Lot>, StoreError> {
        query!(self, read, reads::lots(id, now, after, limit))
    }

    /// Entries, newest first; `before` an entry, or from the newest on.
    pub async fn entries(
        &self,
        id: &AccountId,
        filter: &EntryFilter,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Entry>, StoreError> {
        if filter.keeps_all() {
            return engine!(self, engine => engine.page(id, before, limit).await);
        }
        let span = if filter.from.is_none() && filter.to.is_none() {
            Span {
                after: 0,
                up_to: i64::MAX,
            }
        } else {
            self.span(id, filter).await?
        };
        let span = before.map_or(span, |before| span.before(before));
        self.entries_in(id, filter, span, Direction::NewestFirst, limit)
            .await
    }

    /// Where in an account's history every entry is that a filter keeps, up to its last one now.
    pub async fn span(&self, id: &AccountId, filter: &EntryFilter) -> Result<Span, StoreError> {
        query!(self, read, history::span(id, filter))
    }

    pub async fn entries_in(
        &self,
        id: &AccountId,
        filter: &EntryFilter,
        span: Span,
        direction: Direction,
        limit: i64,
    ) -> Result<Vec<Entry>, StoreError> {
        query!(
            self,
            read,
            history::entries(id, filter, span, direction, limit)
        )
    }

    /// The sums of the days that began at or after `from` and before `to`.
    pub async fn used(
        &self,
        id: &AccountId,
        from: Instant,
        to: Instant,
    ) -> Result<Vec<(UsageKey, Used)>, StoreError> {
        query!(self, read, uses::used(id, from, to))
    }

    /// The accounts of the holds that ended first and wait to be booked: of so many holds at most.
    pub async fn holds_due(&self, now: Instant, most: i64) -> Result<Vec<AccountId>, StoreError> {
        query!(self, read, uses::holds_due(now, most))
    }

    /// Purchases, newest first.
    pub async fn purchases(
        &self,
        id: &AccountId,
        before: Option<PurchaseId>,
        limit: i64,
    ) -> Result<Vec<Purchase>, StoreError> {
        query!(self, read, reads::purchases(id, before, limit))
    }

    pub async fn purchase(
        &self,
        id: &AccountId,
        purchase: PurchaseId,
    ) -> Result<Option<Purchase>, StoreError> {
        query!(self, read, reads::purchase(id, purchase))
    }

    pub async fn purchase_by_session(
        &self,
        id: &AccountId,
        session: &str,
    ) -> Result<Option<Purchase>, StoreError> {
        query!(self, read, reads::purchase_by_session(id, session))
    }

    /// Undecided purchases that Stripe has to be asked about, of all accounts.
    pub async fn purchases_due(
        &self,
        now: Instant,
        limit: i64,
    ) -> Result<Vec<Purchase>, StoreError> {
        query!(self, read, reads::purchases_due(now, limit))
    }

    pub async fn open_purchases(&self) -> Result<i64, StoreError> {
        query!(self, read, reads::open_purchases())
    }

    pub async fn accounts_after(
        &self,
        after: Option<&AccountId>,
        limit: i64,
    ) -> Result<Vec<Account>, StoreError> {
        query!(self, read, verify::accounts_after(after, limit))
    }

    /// Used keys of all owners, one page after the other.
    pub async fn keys_after(
        &self,
        after: Option<&StoredKey>,
        limit: i64,
    ) -> Result<Vec<StoredKey>, StoreError> {
        query!(self, read, audit::keys_after(after, limit))
    }

    /// Which of these purchases exist, whosever they are.
    pub async fn known_purchases(
        &self,
        ids: &[PurchaseId],
    ) -> Result<BTreeSet<PurchaseId>, StoreError> {
        query!(self, read, audit::known_purchases(ids))
    }

    /// References that several debits of an account have: at most so many.
    pub async fn repeated_references(
        &self,
        most: i64,
    ) -> Result<Vec<(String, String)>, StoreError> {
        query!(self, read, audit::repeated_references(most))
    }

    /// Rows that belong to nothing: at most so many of each table.
    pub async fn orphans(&self, most: i64) -> Result<Vec<Orphan>, StoreError> {
        query!(self, read, audit::orphans(most))
    }

    /// What can be bought in a currency.
    pub async fn catalogue(&self, currency: &str) -> Result<CatalogueRows, StoreError> {
        Ok(CatalogueRows {
            packages: query!(self, read, catalogue::packages())?,
            price_list: query!(self, read, catalogue::price_list(currency))?,
        })
    }

    /// Every operation and all its rates, those to come included.
    pub async fn rate_book(&self) -> Result<RateBookRows, StoreError> {
        // First the rates: an operation that one of them is of is there by then.
        let rates = query!(self, read, catalogue::rates())?;
        Ok(RateBookRows {
            operations: query!(self, read, catalogue::operations())?,
            rates,
        })
    }

    /// A hold, whosever it is.
    pub async fn hold(&self, id: HoldId) -> Result<Option<(AccountId, Hold)>, StoreError> {
        query!(self, read, consumption::hold(id))
    }

    /// Whose a hold is and for what, which never changes.
    pub async fn hold_subject(&self, id: HoldId) -> Result<Option<Arc<HoldSubject>>, StoreError> {
        let remembered = engine!(self, engine => &engine.remembered.holds);
        if let Some(known) = remembered.recall(id) {
            return Ok(Some(known));
        }
        let hold = self.hold(id).await?;
        Ok(hold.map(|(account_id, hold)| self.remember_hold(&account_id, &hold)))
    }

    /// Of a hold that is stored.
    pub fn remember_hold(&self, account_id: &AccountId, hold: &Hold) -> Arc<HoldSubject> {
        let remembered = engine!(self, engine => &engine.remembered.holds);
        remembered.keep(HoldSubject {
            id: hold.id,
            account_id: account_id.clone(),
            usage: hold.usage.clone(),
        })
    }

    /// A debit or a capture, whosever it is.
    pub async fn charged(&self, id: EntryId) -> Result<Option<Charged>, StoreError> {
        query!(self, read, consumption::charged(id))
    }

    /// What the request of a key was answered.
    pub async fn answer(
        &self,
        id: &KeyId,
    ) -> Result<Option<(Fingerprint, StoredAnswer)>, StoreError> {
        query!(self, read, consumption::answer(id))
    }

    pub async fn keep_quote(&self, id: &AccountId, quote: &Quote) -> Result<(), StoreError> {
        query!(self, single_write, consumption::keep_quote(id, quote))
    }

    /// A quote of the account, lapsed or not.
    pub async fn quote(&self, id: &AccountId, quote: QuoteId) -> Result<Option<Quote>, StoreError> {
        query!(self, read, consumption::quote(id, quote))
    }

    /// Whether the event is new. Either way it is stored, and committed, when this returns.
    pub async fn store_event(&self, row: InboxRow) -> Result<bool, StoreError> {
        query!(self, single_write, inbox::store(row))
    }

    pub async fn events_due(&self, now: Instant, most: i64) -> Result<Vec<InboxRow>, StoreError> {
        query!(self, read, inbox::due(now, most))
    }

    pub async fn claim_event(
        &self,
        row: &InboxRow,
        lease_end: Instant,
    ) -> Result<bool, StoreError> {
        query!(self, single_write, inbox::claim(row, lease_end))
    }

    pub async fn finish_event(
        &self,
        event_id: &str,
        status: InboxStatus,
        next_attempt_at: Option<Instant>,
        note: Option<&str>,
    ) -> Result<(), StoreError> {
        query!(
            self,
            single_write,
            inbox::finish(event_id, status, next_attempt_at, note)
        )
    }

    pub async fn oldest_waiting_event(&self) -> Result<Option<Instant>, StoreError> {
        query!(self, read, inbox::oldest_waiting())
    }

    /// Forgets answers given before `before`; how many there were.
    pub async fn forget_answers(&self, before: Instant) -> Result<usize, StoreError> {
        query!(self, single_write, housekeeping::forget_answers(before))
    }

    /// Forgets quotes that lapsed before `before`; how many there were.
    pub async fn forget_quotes(&self, before: Instant) -> Result<usize, StoreError> {
        query!(self, single_write, housekeeping::forget_quotes(before))
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        query!(self, read, housekeeping::ping())
    }
}
