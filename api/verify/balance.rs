//! I1, and I3 for what an account's own row and its entries say: the balance is the sum of the
//! entries, after each of them and in the end. Of a running sum only the first wrong line is named.

use ledger::account::Account;
use ledger::credits::Credits;
use ledger::entry::{Entry, EntryKind};
use ledger::ids::AccountId;
use ledger::instant::Instant;

use super::Violation;

pub struct Balance {
    account_id: AccountId,
    /// The sum of all amounts so far, wider than any of them: it cannot overflow.
    total: i128,
    /// The same, but believing the last line's own `balance_after`.
    owned: i128,
    held: i128,
    /// The entry before, when it booked an expiry: the next at the same instant leaves the same.
    expiry_before: Option<(Instant, Credits)>,
    wrong: Option<Violation>,
    negative: Option<Violation>,
}

impl Balance {
    pub const fn new(account_id: AccountId) -> Balance {
        Balance {
            account_id,
            total: 0,
            owned: 0,
            held: 0,
            expiry_before: None,
            wrong: None,
            negative: None,
        }
    }

    pub fn see(&mut self, entry: &Entry) {
        self.total = sum(self.total, entry.body.amount);
        self.owned = sum(self.owned, entry.body.amount);
        self.held = sum(self.held, entry.body.held_change);
        let place = format!("entry {}", entry.sequence);
        if let Some(detail) = self.what_is_wrong(entry) {
            self.wrong
                .get_or_insert_with(|| Violation::new("I1", &self.account_id, &place, detail));
        }
        for (name, credits) in [
            ("balance_after", entry.balance_after),
            ("available_after", entry.available_after),
        ] {
            if credits.is_negative() {
                let detail = format!("its {name} is {credits}");
                self.negative
                    .get_or_insert_with(|| Violation::new("I3", &self.account_id, &place, detail));
            }
        }
        // From here on the stored line is believed, so that one wrong line is one finding.
        self.owned = i128::from(entry.balance_after.micro());
        self.expiry_before = (entry.body.kind == EntryKind::Expiry)
            .then_some((entry.created_at, entry.available_after));
    }

    fn what_is_wrong(&self, entry: &Entry) -> Option<String> {
        let in_lots = entry.body.lots.iter();
        let in_lots = in_lots.fold(0, |total, change| sum(total, change.credits));
        let after = i128::from(entry.balance_after.micro());
        let available = i128::from(entry.available_after.micro());
        let free = after.saturating_sub(self.held);
        // Every lot that has ended is booked before anything else happens. So an expiry may leave
        // less than what is owned and free, while others wait to be booked; nothing else may.
        let is_expiry = entry.body.kind == EntryKind::Expiry;
        let available_is_wrong = if is_expiry {
            available > free
        } else {
            available != free
        };
        let same_instant = self
            .expiry_before
            .filter(|(at, _)| is_expiry && *at == entry.created_at);
        if in_lots != i128::from(entry.body.amount.micro()) {
            Some("its amount is not the sum of its lots' changes".to_owned())
        } else if after != self.owned {
            Some(format!(
                "its balance_after is {} and the entries add up to {}",
                entry.balance_after,
                shown(self.owned)
            ))
        } else if available_is_wrong {
            Some(format!(
                "its available_after is {} and {} are owned and not held",
                entry.available_after,
                shown(free)
            ))
        } else if same_instant.is_some_and(|(_, before)| before != entry.available_after) {
            Some("booking an expiry changed what was available".to_owned())
        } else {
            None
        }
    }

    pub fn finish(mut self, account: &Account) -> Vec<Violation> {
        let mut found: Vec<Violation> = Vec::new();
        found.extend(self.wrong.take());
        found.extend(self.negative.take());
        let id = &self.account_id;
        if i128::from(account.balance.micro()) != self.total {
            let detail = format!(
                "its balance is {} and its entries add up to {}",
                account.balance,
                shown(self.total)
            );
            found.push(Violation::new("I1", id, "account", detail));
        }
        for (name, credits) in [
            ("balance", account.balance),
            ("held", account.held),
            ("frozen", account.frozen),
            ("debt", account.debt),
        ] {
            if credits.is_negative() {
                let detail = format!("its {name} is {credits}");
                found.push(Violation::new("I3", id, "account", detail));
            }
        }
        // No kind of entry freezes credits or makes debt, so there is none to explain either.
        for (name, credits) in [("frozen", account.frozen), ("debt", account.debt)] {
            if credits.is_positive() {
                let detail = format!("its {name} is {credits}, and no entry made it so");
                found.push(Violation::new("I1", id, "account", detail));
            }
        }
        found
    }
}

fn sum(total: i128, credits: Credits) -> i128 {
    total.saturating_add(i128::from(credits.micro()))
}

/// As credits where they fit, which is always but for tampered rows.
pub fn shown(micro: i128) -> String {
    match i64::try_from(micro) {
        Ok(micro) => Credits::from_micro(micro).to_string(),
        Err(_) => format!("{micro} micro-credits"),
    }
}
