//! Stands in for the writer: what it loads before a command, and what it stores after it. The same
//! commands must come to the same whether they are one batch or each a batch of its own.

use std::collections::BTreeMap;

use ledger::account::{Account, AccountState, Changes, Debited};
use ledger::command::Action;
use ledger::entry::Entry;
use ledger::hold::{Hold, HoldStatus};
use ledger::ids::HoldId;
use ledger::instant::Instant;

use super::invariants;
use super::words::account_id;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Batches {
    /// All commands in one: nothing is ever loaded again.
    One,
    /// A command finds only what the writer loads for it.
    OneForEachCommand,
}

pub struct Writer {
    batches: Batches,
    /// As stored.
    pub holds: BTreeMap<HoldId, Hold>,
    pub entries: Vec<Entry>,
}

/// An account as the writer would hand it over, with sums of use to hold limits against.
pub fn fresh_account(now: Instant) -> AccountState {
    let mut account = AccountState::new(Account::new(account_id(), now));
    account.used = Some(BTreeMap::new());
    account
}

impl Writer {
    pub const fn new(batches: Batches) -> Writer {
        Writer {
            batches,
            holds: BTreeMap::new(),
            entries: Vec::new(),
        }
    }

    pub fn load(&self, account: &mut AccountState, action: Option<&Action>, now: Instant) {
        if self.batches == Batches::One {
            return;
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

    /// Gives the new entries; those that consumed can be asked for from now on.
    pub fn store(&mut self, before: &AccountState, after: &mut AccountState) -> Vec<Entry> {
        let changes = &after.changes;
        for id in changes.new_holds.iter().chain(&changes.changed_holds) {
            self.holds.insert(*id, after.holds[id].clone());
        }
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
