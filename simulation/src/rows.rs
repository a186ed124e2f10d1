//! What is stored of an account, as the ledger's own types: what a writer leaves behind, and what
//! the model is held against. The simulation keeps its own; a test of a real store fills one from
//! its tables.

use std::collections::{BTreeMap, BTreeSet};

use ledger::account::{Account, Reference, Referent};
use ledger::entry::{Entry, EntryKind};
use ledger::hold::{Hold, HoldStatus};
use ledger::ids::{HoldId, LotId, PurchaseId};
use ledger::lot::Lot;
use ledger::notice::Notice;
use ledger::purchase::Purchase;
use ledger::usage::{UsageKey, Used};

#[derive(Clone, Debug)]
pub struct Rows {
    pub account: Account,
    /// All of them, spent or not.
    pub lots: BTreeMap<LotId, Lot>,
    /// All of them, ended or not.
    pub holds: BTreeMap<HoldId, Hold>,
    pub purchases: BTreeMap<PurchaseId, Purchase>,
    /// In the order of their sequences.
    pub entries: Vec<Entry>,
    /// In the order of their numbers.
    pub notices: Vec<Notice>,
    /// Debits given back, and by which entry.
    pub refunds: BTreeMap<i64, i64>,
    pub used: BTreeMap<UsageKey, Used>,
}

impl Rows {
    pub const fn new(account: Account) -> Rows {
        Rows {
            account,
            lots: BTreeMap::new(),
            holds: BTreeMap::new(),
            purchases: BTreeMap::new(),
            entries: Vec::new(),
            notices: Vec::new(),
            refunds: BTreeMap::new(),
            used: BTreeMap::new(),
        }
    }
}

/// What a real store finds by its indexes.
#[derive(Clone, Debug, Default)]
pub struct Indexes {
    pub open_lots: BTreeSet<LotId>,
    pub active_holds: BTreeSet<HoldId>,
    pub references: BTreeMap<Reference, Referent>,
}

impl Indexes {
    pub fn note_lot(&mut self, lot: &Lot) {
        if lot.remaining.is_zero() {
            self.open_lots.remove(&lot.id);
        } else {
            self.open_lots.insert(lot.id);
        }
    }

    pub fn note_hold(&mut self, hold: &Hold) {
        let reference = Reference::Hold(hold.reference.clone());
        self.references.insert(reference, Referent::Hold(hold.id));
        if hold.status == HoldStatus::Active {
            self.active_holds.insert(hold.id);
        } else {
            self.active_holds.remove(&hold.id);
        }
    }

    pub fn note_entry(&mut self, account: &Account, entry: &Entry) {
        if entry.body.kind == EntryKind::Debit
            && let Some(reference) = entry.body.reference.clone()
        {
            let referent = Referent::Debit(entry.id(&account.id));
            self.references
                .insert(Reference::Debit(reference), referent);
        }
    }
}
