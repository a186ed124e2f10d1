//! What a batch of commands will be decided on.

use std::collections::BTreeSet;

use ledger::ids::{AccountId, HoldId, PurchaseId};
use ledger::promotion::PromotionCode;
use ledger::replay::KeyId;

#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// In the order in which they are locked.
    pub accounts: BTreeSet<AccountId>,
    pub keys: BTreeSet<KeyId>,
    pub purchases: BTreeSet<PurchaseId>,
    /// Accounts about to open a purchase, which must know the open ones.
    pub open_purchases_of: BTreeSet<AccountId>,
    pub holds: BTreeSet<(AccountId, HoldId)>,
    /// Debits to be given back, by the sequence of their entries.
    pub debits: BTreeSet<(AccountId, i64)>,
    /// References about to be used, of debits and of holds.
    pub debit_references: BTreeSet<(AccountId, String)>,
    pub hold_references: BTreeSet<(AccountId, String)>,
    /// Codes that a purchase is about to be opened with, or that are made or set.
    pub promotions: BTreeSet<PromotionCode>,
    /// Accounts about to open a purchase with a code: what they have bought counts.
    pub standings_of: BTreeSet<AccountId>,
    /// Accounts that may be given limits: what they have used is needed though they have none yet.
    pub uses_of: BTreeSet<AccountId>,
    /// Accounts whose auto-recharge is asked for.
    pub recharges_of: BTreeSet<AccountId>,
}

impl Wanted {
    /// Whether it asks for nothing but accounts, with their open lots and holds, and for keys and
    /// references that are most likely new.
    pub fn is_of_accounts_alone(&self) -> bool {
        self.purchases.is_empty()
            && self.open_purchases_of.is_empty()
            && self.promotions.is_empty()
            && self.debits.is_empty()
            && self.uses_of.is_empty()
            && self.recharges_of.is_empty()
    }

    pub fn buckets_and_accounts(&self) -> (Vec<i16>, Vec<&str>) {
        let accounts = self.accounts.iter();
        accounts.map(|id| (id.bucket(), id.as_str())).unzip()
    }
}
