//! The rows that a batch found: first what its commands name, then what those rows call for.

use ledger::ids::{AccountId, LotId};
use ledger::instant::Instant;

use crate::store::rows::{AccountRow, EntryRow, HoldRow, KeyRow, LotRow, UsageRow};

#[derive(Debug, Default)]
pub struct Found {
    /// Locked.
    pub accounts: Vec<AccountRow>,
    /// Those with something remaining.
    pub lots: Vec<LotRow>,
    pub keys: Vec<KeyRow>,
    pub holds: Vec<HoldRow>,
    /// Debits to be given back.
    pub debits: Vec<EntryRow>,
    /// Account, debit and the refund that gave it back.
    pub refunds: Vec<(String, i64, i64)>,
    /// Debits and holds whose references are about to be used again.
    pub referenced_debits: Vec<EntryRow>,
    pub referenced_holds: Vec<HoldRow>,
}

/// What is to be read besides.
#[derive(Clone, Debug, Default)]
pub struct Further {
    /// Accounts with holds that may be due.
    pub due_holds_of: Vec<AccountId>,
    /// Lots that a refund goes back to, though nothing remains in them.
    pub lots: Vec<(AccountId, LotId)>,
    /// What was used since an instant.
    pub uses_of: Vec<(AccountId, Instant)>,
}

impl Further {
    pub fn is_empty(&self) -> bool {
        self.due_holds_of.is_empty() && self.lots.is_empty() && self.uses_of.is_empty()
    }
}

#[derive(Debug, Default)]
pub struct FurtherFound {
    pub due_holds: Vec<HoldRow>,
    /// Of an account, when the first of its holds ends that are not due.
    pub other_holds_due_at: Vec<(String, Option<i64>)>,
    pub lots: Vec<LotRow>,
    pub uses: Vec<UsageRow>,
}
