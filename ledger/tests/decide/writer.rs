//! Stands in for the writer: what it loads before a command, and what it stores after it. The same
//! commands must come to the same whether they are one batch or each a batch of its own.

use std::collections::BTreeMap;

use ledger::account::{Account, AccountState, Changes, Debited, State};
use ledger::command::Action;
use ledger::entry::Entry;
use ledger::hold::{Hold, HoldStatus};
use ledger::ids::{HoldId, LotId, PurchaseId};
use ledger::instant::Instant;
use ledger::lot::Lot;
use ledger::promotion::{Promotion, Standing};

use super::invariants;
use super::words::account_id;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Batches {
    /// All commands in one: nothing is ever loaded again.
    One,
    /// A command finds only what the writer loads for it.
    OneForEachCommand,
    /// A command finds what the writer remembers of the account, and what it loads besides.
    OneForEachOnWhatIsRemembered,
}

impl Batches {
    pub const ALL: [Batches; 3] = [
        Batches::One,
        Batches::OneForEachCommand,
        Batches::OneForEachOnWhatIsRemembered,
    ];
}

pub struct Writer {
    batches: Batches,
    /// As stored.
    pub holds: BTreeMap<HoldId, Hold>,
    lots: BTreeMap<LotId, Lot>,
    pub entries: Vec<Entry>,
}

/// An account as the writer would hand it over, with sums of use to hold limits
/// against and no purchases that count against codes.
pub fn fresh_account(now: Instant) -> AccountState {
    let mut account = AccountState::new(Account::new(account_id(), now));
    account.used = Some(BTreeMap::new());
    account.standing = Some(Standing::default());
    account
}

impl Writer {
    pub const fn new(batches: Batches) -> Writer {
        Writer {
            batches,
            holds: BTreeMap::new(),
            lots: BTreeMap::new(),
            entries: Vec::new(),
        }
    }

    pub fn load(&self, account: &mut AccountState, action: Option<&Action>, now: Instant) {
        match self.batches {
            Batches::One => return,
            Batches::OneForEachCommand => {}
            Batches::OneForEachOnWhatIsRemembered => return self.recall(account, action),
        }
        let something_is_due = account.account.holds_due_at.is_some_and(|due| due <= now);
        let asked = action.and_then(hold_of);
        let is_loaded =
            |hold: &&Hold| asked == Some(hold.id) || (something_is_due && hold.is_due(now));
        let loaded = self.holds.values().filter(is_loaded);
        account.holds = loaded.map(|hold| (hold.id, hold.clone())).collect();
        let others = self.holds.values().filter(|hold| !is_loaded(hold));
        let others = others.filter(|hold| hold.status == HoldStatus::Active);
        account.other_holds_due_at = others.map(|hold| hold.expires_at).min();
        account.changes = Changes::default();
    }

    /// Folds what the last command counted into the codes, as storing it does.
    pub fn load_codes(&self, state: &mut State) {
        if self.batches == Batches::One {
            return;
        }
        let stored = std::mem::take(&mut state.promotions);
        for promotion in stored.iter() {
            let used = state
                .accounts
                .values()
                .fold(promotion.used, |used, account| {
                    let uses = account.changes.promotion_uses.get(&promotion.code);
                    used + uses.map_or(0, |uses| uses.net())
                });
            let promotion = promotion.clone();
            state.promotions.know(Promotion { used, ..promotion });
        }
    }

    /// What the account's purchases count against codes, read off them afresh.
    pub fn load_standing(&self, account: &mut AccountState) {
        if self.batches != Batches::One {
            let mut standing = Standing::default();
            let purchases = account.purchases.values();
            purchases.for_each(|purchase| standing.follow(None, purchase));
            account.standing = Some(standing);
        }
    }

    fn recall(&self, account: &mut AccountState, action: Option<&Action>) {
        let was = account.clone();
        let asked = action.and_then(hold_of).and_then(|id| self.holds.get(&id));
        *account = AccountState {
            purchases: was.purchases.clone(),
            recharge: was.recharge.clone(),
            debits: was.debits.clone(),
            references: was.references.clone(),
            ..was.clone().stored()
        };
        if let Some(hold) = asked {
            account.holds.insert(hold.id, hold.clone());
        }
        let settled = action.and_then(purchase_of);
        for lot in self.lots.values() {
            let is_asked = settled.is_some() && lot.purchase_id == settled;
            if is_asked && account.lots.get(lot.id).is_none() {
                account.lots.insert(lot.clone());
            }
        }
        let refunded = action.and_then(|action| debit_of(account, action));
        for change in refunded.iter().flat_map(|entry| &entry.body.lots) {
            if account.lots.get(change.lot_id).is_none() {
                account.lots.insert(self.lots[&change.lot_id].clone());
            }
        }
    }

    /// Gives the new entries; those that consumed can be asked for from now on.
    pub fn store(&mut self, before: &AccountState, after: &mut AccountState) -> Vec<Entry> {
        let changes = &after.changes;
        for id in changes.new_holds.iter().chain(&changes.changed_holds) {
            self.holds.insert(*id, after.holds[id].clone());
        }
        let lots = after.lots.iter().map(|lot| (lot.id, lot.clone()));
        self.lots.extend(lots);
        let new = invariants::new_entries(before, after).to_vec();
        for entry in new.iter().filter(|entry| entry.body.kind.consumes()) {
            let debited = Debited {
                entry: entry.clone(),
                refunded_by: None,
            };
            after.debits.insert(entry.sequence, debited);
        }
        self.entries.extend(new.iter().cloned());
        new
    }
}

const fn hold_of(action: &Action) -> Option<HoldId> {
    match action {
        Action::CaptureHold(capture) => Some(capture.hold_id),
        Action::ChangeHold(change) => Some(change.hold_id),
        Action::ReleaseHold(id) => Some(*id),
        _ => None,
    }
}

/// The purchase that evidence is about.
fn purchase_of(action: &Action) -> Option<PurchaseId> {
    match action {
        Action::ApplyEvidence(news) => Some(news.purchase_id),
        _ => None,
    }
}

/// The debit that is to be given back.
fn debit_of(account: &AccountState, action: &Action) -> Option<Entry> {
    match action {
        Action::RefundDebit(refund) => {
            let debited = account.debits.get(&refund.sequence);
            debited.map(|debited| debited.entry.clone())
        }
        _ => None,
    }
}
