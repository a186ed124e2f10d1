//! What passes between the store and the rest of the service: what a batch wants loaded, what it
//! found, what it decided, and what readers ask for.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;

use ledger::account::{Account, State};
use ledger::credits::Credits;
use ledger::entry::{Entry, EntryKind};
use ledger::hold::Hold;
use ledger::ids::{AccountId, LotId, PurchaseId, QuoteId};
use ledger::instant::Instant;
use ledger::lot::Lot;
use ledger::notice::Notice;
use ledger::purchase::Purchase;
use ledger::rating::Quantities;
use ledger::replay::{Fingerprint, KeyId};
use ledger::usage::{UsageKey, Used};

use super::StoreError;
use super::rows::{
    OperationRow, PackageRow, PriceListRow, PriceSlabRow, RateComponentRow, RateRow,
};

/// An answer as it was first given: the same status and bytes every time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAnswer {
    pub status: u16,
    pub body: Vec<u8>,
}

/// What a batch is decided on.
#[derive(Debug)]
pub enum Basis {
    /// What is stored, read under the accounts' locks.
    Stored,
    /// What the writer remembers of all accounts concerned. If somebody else has changed one of them
    /// since, or a key or reference was used before, the write is a conflict and nothing is stored.
    Remembered(State),
}

/// What the writer decides with, run between load and store.
pub type Decide<'a, T> = dyn Fn(Loaded) -> Result<(Decided, T), StoreError> + Send + Sync + 'a;

/// Decides, and turns a panic into an error: the transaction is then rolled back like any other
/// that failed. A panic that flew on would leave it open, and SQLite has one connection to write.
pub(super) fn decide_or_undo<T>(
    decide: &Decide<'_, T>,
    loaded: Loaded,
) -> Result<(Decided, T), StoreError> {
    std::panic::catch_unwind(AssertUnwindSafe(|| decide(loaded))).unwrap_or_else(|_| {
        Err(StoreError::Bug(
            "the decision on a batch panicked".to_owned(),
        ))
    })
}

#[derive(Clone, Debug, Default)]
pub struct Loaded {
    pub state: State,
    pub answers: BTreeMap<KeyId, StoredAnswer>,
    /// Whether nobody has looked which keys and references were used before: to use one again is then
    /// a conflict when it comes to be stored.
    pub from_memory: bool,
}

impl Loaded {
    pub fn remembered(state: State) -> Loaded {
        Loaded {
            state,
            answers: BTreeMap::new(),
            from_memory: true,
        }
    }
}

/// The state as the batch leaves it, and the keys it used.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    pub state: State,
    pub keys: Vec<KeyWrite>,
}

#[derive(Clone, Debug)]
pub struct KeyWrite {
    pub id: KeyId,
    pub fingerprint: Fingerprint,
    pub purchase_id: Option<PurchaseId>,
    /// None while a checkout session is being made at Stripe.
    pub answer: Option<StoredAnswer>,
    /// False for the answer to a request whose key is stored already.
    pub is_new: bool,
}

/// An entry that was asked for by its id and, of one by which work was charged, the one that gave it back.
#[derive(Clone, Debug)]
pub struct FoundEntry {
    pub account_id: AccountId,
    pub entry: Entry,
    pub refund: Option<Entry>,
}

/// A price kept for work that is about to run.
#[derive(Clone, Debug)]
pub struct Quote {
    pub id: QuoteId,
    pub operation: String,
    pub variant: Option<String>,
    pub quantities: Quantities,
    pub rate_version: i32,
    pub credits: Credits,
    pub created_at: Instant,
    /// The first instant at which it counts no more.
    pub expires_at: Instant,
}

/// Everything an account has but its entries.
#[derive(Clone, Debug)]
pub struct Dossier {
    pub account: Account,
    pub lots: Vec<Lot>,
    pub holds: Vec<Hold>,
    /// By the debit or capture given back, the entry that gave it back.
    pub refunds: BTreeMap<i64, i64>,
    pub used: BTreeMap<UsageKey, Used>,
    pub purchases: Vec<Purchase>,
}

/// Whoever is shown all that an account has: its rows first, then its entries and then its notices,
/// one by one, from the oldest on.
pub trait Visitor: Send {
    fn rows(&mut self, dossier: Dossier);
    fn entry(&mut self, entry: &Entry);
    fn notice(&mut self, notice: &Notice);
}

/// A used key without the bytes of its answer, as the auditor looks at it.
#[derive(Clone, Debug)]
pub struct StoredKey {
    pub bucket: i16,
    pub owner: String,
    pub digest: Vec<u8>,
    pub purchase_id: Option<PurchaseId>,
    /// None while it is unanswered.
    pub status: Option<i16>,
}

/// Rows of a table whose account, or purchase, does not exist.
#[derive(Clone, Debug)]
pub struct Orphan {
    pub table: &'static str,
    pub bucket: i16,
    pub account_id: String,
}

/// How often a promotion code is used, by its row and by the purchases.
#[derive(Clone, Debug)]
pub struct PromotionUses {
    pub code: String,
    pub stored: i64,
    pub counted: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryFilter {
    /// Empty for all.
    pub kinds: Vec<EntryKind>,
    pub operation: Option<String>,
    pub reference: Option<String>,
    /// Inclusive.
    pub from: Option<Instant>,
    /// Exclusive.
    pub to: Option<Instant>,
}

impl EntryFilter {
    pub fn keeps_all(&self) -> bool {
        *self == EntryFilter::default()
    }
}

/// A stretch of an account's history: `after < sequence <= up_to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub after: i64,
    pub up_to: i64,
}

impl Span {
    /// What of it lies before an entry.
    pub fn before(self, sequence: i64) -> Span {
        Span {
            up_to: self.up_to.min(sequence.saturating_sub(1)),
            ..self
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    NewestFirst,
    OldestFirst,
}

/// What can be bought, as stored.
#[derive(Clone, Debug)]
pub struct CatalogueRows {
    /// With their prices in it.
    pub packages: Vec<(PackageRow, i64)>,
    pub price_list: Option<(PriceListRow, Vec<PriceSlabRow>)>,
}

/// What work costs, as stored.
#[derive(Clone, Debug)]
pub struct RateBookRows {
    /// In the order in which they are shown.
    pub operations: Vec<OperationRow>,
    /// By operation, variant and version; a row for each component, and one without for a rate that
    /// has none.
    pub rates: Vec<(RateRow, Option<RateComponentRow>)>,
}

/// When a lot ends, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndingLot {
    pub account_id: AccountId,
    pub lot_id: LotId,
    pub ends_at: Instant,
}

/// When the first thing of each kind was, or will be, due.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    pub event: Option<Instant>,
    pub purchase: Option<Instant>,
    pub hold: Option<Instant>,
    pub recharge: Option<Instant>,
    /// That is not routed.
    pub notice: Option<Instant>,
    pub delivery: Option<Instant>,
}

/// How far a worker has come that goes through time.
#[derive(Clone, Debug)]
pub struct Progress {
    pub cursor: String,
    pub done_until: Instant,
}

/// A notice in its account's feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FedNotice {
    pub notice: Notice,
    pub read_at: Option<Instant>,
}
