//! What the ledger knows while it decides: accounts with their open lots and the purchases
//! concerned, the idempotency keys already used, and the entries it has added. The writer loads
//! it, `decide` changes it, the writer stores what changed.

use std::collections::{BTreeMap, BTreeSet};

use crate::credits::Credits;
use crate::entry::{Entry, EntryBody, GENESIS, Hash};
use crate::exact::plus;
use crate::ids::{AccountId, LotId, PurchaseId};
use crate::instant::Instant;
use crate::lot::Lot;
use crate::outlook;
use crate::purchase::Purchase;
use crate::rejection::Rejection;
use crate::replay::UsedKeys;

/// All that one batch of commands is decided on.
#[derive(Clone, Debug, Default)]
pub struct State {
    pub accounts: BTreeMap<AccountId, AccountState>,
    pub keys: UsedKeys,
}

/// The totals of an account, as stored in its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    /// What is owned: the sum of all entries, lots past their end included until booked.
    pub balance: Credits,
    pub held: Credits,
    pub frozen: Credits,
    pub debt: Credits,
    /// The number of entries so far.
    pub sequence: i64,
    pub last_hash: Hash,
    pub created_at: Instant,
}

impl Account {
    pub fn new(id: AccountId, created_at: Instant) -> Account {
        Account {
            id,
            balance: Credits::ZERO,
            held: Credits::ZERO,
            frozen: Credits::ZERO,
            debt: Credits::ZERO,
            sequence: 0,
            last_hash: GENESIS,
            created_at,
        }
    }
}

#[derive(Clone, Debug)]
pub struct AccountState {
    pub account: Account,
    /// Every lot with something remaining, ended or not.
    pub lots: BTreeMap<LotId, Lot>,
    pub purchases: BTreeMap<PurchaseId, Purchase>,
    /// What the commands decided so far have changed.
    pub changes: Changes,
}

/// What the writer has to store.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    pub entries: Vec<Entry>,
    pub new_lots: BTreeSet<LotId>,
    pub changed_lots: BTreeSet<LotId>,
    pub new_purchases: BTreeSet<PurchaseId>,
    pub changed_purchases: BTreeSet<PurchaseId>,
}

impl AccountState {
    pub fn new(account: Account) -> AccountState {
        AccountState {
            account,
            lots: BTreeMap::new(),
            purchases: BTreeMap::new(),
            changes: Changes::default(),
        }
    }

    /// What can be spent at `now`: unexpired lots' remaining, less what is held or frozen.
    pub fn available(&self, now: Instant) -> Result<Credits, Rejection> {
        outlook::available(self.lots.values(), self.account.frozen, now)
    }

    /// Appends an entry whose lots have been changed already, and chains it.
    pub fn append(&mut self, body: EntryBody, now: Instant) -> Result<Entry, Rejection> {
        let account = &self.account;
        let balance_after = plus(account.balance, body.amount)?;
        let held_after = plus(account.held, body.held_change)?;
        let mut entry = Entry {
            sequence: account
                .sequence
                .checked_add(1)
                .ok_or(Rejection::AmountOutOfRange)?,
            body,
            balance_after,
            available_after: self.available(now)?,
            created_at: now,
            hash: GENESIS,
        };
        entry.hash = entry.expected_hash(&account.id, &account.last_hash);
        self.account.balance = balance_after;
        self.account.held = held_after;
        self.account.sequence = entry.sequence;
        self.account.last_hash = entry.hash;
        self.changes.entries.push(entry.clone());
        Ok(entry)
    }

    pub fn add_lot(&mut self, lot: Lot) {
        self.changes.new_lots.insert(lot.id);
        self.lots.insert(lot.id, lot);
    }

    pub fn add_purchase(&mut self, purchase: Purchase) {
        let id = purchase.terms.purchase_id;
        self.changes.new_purchases.insert(id);
        self.purchases.insert(id, purchase);
    }

    pub fn change_purchase(&mut self, purchase: Purchase) {
        let id = purchase.terms.purchase_id;
        if !self.changes.new_purchases.contains(&id) {
            self.changes.changed_purchases.insert(id);
        }
        self.purchases.insert(id, purchase);
    }

    /// Marks a lot as changed and hands it out for the change.
    pub fn lot_mut(&mut self, id: LotId) -> Option<&mut Lot> {
        if !self.changes.new_lots.contains(&id) {
            self.changes.changed_lots.insert(id);
        }
        self.lots.get_mut(&id)
    }
}
