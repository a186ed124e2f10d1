//! I12: entries are numbered from 1 without a gap, and each one's hash follows from its contents
//! and the hash before it. Of a broken chain only the first broken place is named: what comes
//! after it is broken in consequence.

use ledger::account::Account;
use ledger::entry::{Entry, GENESIS, Hash};
use ledger::ids::AccountId;

use super::Violation;

pub struct Chain {
    account_id: AccountId,
    sequence: i64,
    hash: Hash,
    broken: Option<Violation>,
}

impl Chain {
    pub const fn new(account_id: AccountId) -> Chain {
        Chain {
            account_id,
            sequence: 0,
            hash: GENESIS,
            broken: None,
        }
    }

    pub fn see(&mut self, entry: &Entry) {
        let expected = self.sequence.saturating_add(1);
        if entry.sequence != expected {
            self.broken_at(expected, "is missing: the sequence has a gap");
        } else if entry.hash != entry.expected_hash(&self.account_id, &self.hash) {
            let detail = format!(
                "its hash {} does not follow from what it says and the hash before it",
                hex(&entry.hash)
            );
            self.broken_at(entry.sequence, &detail);
        }
        self.sequence = entry.sequence;
        self.hash = entry.hash;
    }

    pub fn finish(mut self, account: &Account) -> Option<Violation> {
        if account.sequence != self.sequence {
            let detail = format!(
                "the account counts {} entries and the last one stored is {}",
                account.sequence, self.sequence
            );
            self.broken_at(
                self.sequence.min(account.sequence).saturating_add(1),
                &detail,
            );
        } else if account.last_hash != self.hash {
            let detail = format!(
                "the account ends the chain with {} and its last entry with {}",
                hex(&account.last_hash),
                hex(&self.hash)
            );
            self.broken_at(self.sequence, &detail);
        }
        self.broken
    }

    fn broken_at(&mut self, sequence: i64, detail: &str) {
        let place = format!("entry {sequence}");
        self.broken
            .get_or_insert_with(|| Violation::new("I12", &self.account_id, place, detail));
    }
}

/// Enough of a hash to find it by.
fn hex(hash: &Hash) -> String {
    let start = hash.iter().take(8);
    start.map(|byte| format!("{byte:02x}")).collect::<String>() + "…"
}
