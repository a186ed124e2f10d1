//! What an account's owner was told: each entry that calls for it once, and everything in order.

use std::collections::BTreeSet;

use ledger::account::Account;
use ledger::entry::{Entry, EntryKind};
use ledger::ids::AccountId;
use ledger::notice::Notice;

use super::Violation;

pub struct Notices {
    account_id: AccountId,
    count: i64,
    /// The entries that nobody was told of yet.
    untold: BTreeSet<i64>,
    found: Vec<Violation>,
}

impl Notices {
    pub const fn new(account_id: AccountId) -> Notices {
        Notices {
            account_id,
            count: 0,
            untold: BTreeSet::new(),
            found: Vec::new(),
        }
    }

    pub fn see(&mut self, entry: &Entry) {
        if calls_for_notice(entry) {
            self.untold.insert(entry.sequence);
        }
    }

    pub fn hear(&mut self, notice: &Notice) {
        self.count = self.count.saturating_add(1);
        if notice.number != self.count {
            self.amiss(notice.number, format!("it is number {}", self.count));
            self.count = notice.number;
        }
        if let Some(sequence) = notice.sequence
            && !self.untold.remove(&sequence)
        {
            let detail = format!("entry {sequence} calls for none, or was told of before");
            self.amiss(notice.number, detail);
        }
    }

    pub fn finish(mut self, account: &Account) -> Vec<Violation> {
        for sequence in &self.untold {
            let place = format!("entry {sequence}");
            let detail = "its owner was not told";
            self.found
                .push(Violation::new("I11", &self.account_id, place, detail));
        }
        if self.count != account.notices {
            let detail = format!(
                "{} notices, and the row says {}",
                self.count, account.notices
            );
            self.found
                .push(Violation::new("I11", &self.account_id, "account", detail));
        }
        self.found
    }

    fn amiss(&mut self, number: i64, detail: String) {
        let place = format!("notice {number}");
        self.found
            .push(Violation::new("I11", &self.account_id, place, detail));
    }
}

/// What the owner did not do, and what they owe.
const fn calls_for_notice(entry: &Entry) -> bool {
    match entry.body.kind {
        EntryKind::Grant
        | EntryKind::Expiry
        | EntryKind::Adjustment
        | EntryKind::Clawback
        | EntryKind::Freeze
        | EntryKind::Thaw => true,
        EntryKind::Debit | EntryKind::Capture => entry.body.debt_change.is_positive(),
        EntryKind::Hold | EntryKind::Release | EntryKind::Refund | EntryKind::DebtPayment => false,
    }
}
