//! I1, and I3 for what an account's own row and its entries say: balance and debt are the sums of
//! the entries, after each of them and in the end. Of a running sum only the first wrong line is named.

use ledger::account::Account;
use ledger::credits::Credits;
use ledger::entry::{Entry, EntryKind};
use ledger::ids::AccountId;
use ledger::instant::Instant;

use super::Violation;

struct Unfinished {
    sequence: i64,
    made_at: Instant,
    detail: String,
}

pub struct Balance {
    account_id: AccountId,
    /// The sum of all amounts so far, wider than any of them: it cannot overflow.
    total: i128,
    /// The same, but believing the last line's own `balance_after`.
    owned: i128,
    held: i128,
    frozen: i128,
    debt: i128,
    /// When the entry before was made, and what could be spent after it.
    before: Option<(Instant, Credits)>,
    /// The entry before, if what it says could be spent was not what was free: then the booking of
    /// what was due is not over, and goes on.
    unfinished: Option<Unfinished>,
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
            frozen: 0,
            debt: 0,
            before: None,
            unfinished: None,
            wrong: None,
            negative: None,
        }
    }

    pub fn see(&mut self, entry: &Entry) {
        self.total = sum(self.total, entry.body.amount);
        self.owned = sum(self.owned, entry.body.amount);
        self.held = sum(self.held, entry.body.held_change);
        self.frozen = sum(self.frozen, entry.body.frozen_change);
        self.debt = sum(self.debt, entry.body.debt_change);
        self.go_on_or_report(entry);
        if let Some(detail) = self.what_is_wrong(entry) {
            self.report_wrong(entry.sequence, detail);
        } else {
            self.unfinished = self.what_is_unfinished(entry);
        }
        for (name, micro) in [
            ("its balance_after", i128::from(entry.balance_after.micro())),
            (
                "its available_after",
                i128::from(entry.available_after.micro()),
            ),
            ("the debt after it", self.debt),
        ] {
            if micro < 0 {
                let place = format!("entry {}", entry.sequence);
                let detail = format!("{name} is {}", shown(micro));
                self.negative
                    .get_or_insert_with(|| Violation::new("I3", &self.account_id, place, detail));
            }
        }
        // From here on the stored line is believed, so that one wrong line is one finding.
        self.owned = i128::from(entry.balance_after.micro());
        self.before = Some((entry.created_at, entry.available_after));
    }

    fn what_is_wrong(&self, entry: &Entry) -> Option<String> {
        let in_lots = entry.body.lots.iter();
        let held = in_lots.clone().fold(0, |total, it| sum(total, it.held));
        let credits = in_lots.fold(0, |total, change| sum(total, change.credits));
        let same_instant = self.before.filter(|(at, _)| *at == entry.created_at);
        let is_expiry = entry.body.kind == EntryKind::Expiry;
        if credits != i128::from(entry.body.amount.micro()) {
            Some("its amount is not the sum of its lots' changes".to_owned())
        } else if held != i128::from(entry.body.held_change.micro()) {
            Some("its held_change is not the sum of its lots' changes".to_owned())
        } else if i128::from(entry.balance_after.micro()) != self.owned {
            Some(format!(
                "its balance_after is {} and the entries add up to {}",
                entry.balance_after,
                shown(self.owned)
            ))
        } else if is_expiry && same_instant.is_some_and(|(_, it)| it != entry.available_after) {
            Some("booking an expiry changed what was available".to_owned())
        } else {
            None
        }
    }

    /// What can be spent is what is owned and neither held nor frozen, once all holds that are due are
    /// released and all lots that have ended are forfeited. They are booked one after the other.
    fn what_is_unfinished(&self, entry: &Entry) -> Option<Unfinished> {
        let owned = i128::from(entry.balance_after.micro());
        let free = owned.saturating_sub(self.held).saturating_sub(self.frozen);
        let available = i128::from(entry.available_after.micro());
        (available != free).then(|| Unfinished {
            sequence: entry.sequence,
            made_at: entry.created_at,
            detail: format!(
                "its available_after is {} and {} are owned and neither held nor frozen",
                entry.available_after,
                shown(free)
            ),
        })
    }

    fn go_on_or_report(&mut self, entry: &Entry) {
        let books = matches!(entry.body.kind, EntryKind::Release | EntryKind::Expiry);
        if let Some(unfinished) = self.unfinished.take()
            && !(books && entry.created_at == unfinished.made_at)
        {
            self.report_wrong(unfinished.sequence, unfinished.detail);
        }
    }

    fn report_wrong(&mut self, sequence: i64, detail: String) {
        let place = format!("entry {sequence}");
        self.wrong
            .get_or_insert_with(|| Violation::new("I1", &self.account_id, place, detail));
    }

    pub fn finish(mut self, account: &Account) -> Vec<Violation> {
        if let Some(unfinished) = self.unfinished.take() {
            self.report_wrong(unfinished.sequence, unfinished.detail);
        }
        let mut found: Vec<Violation> = Vec::new();
        found.extend(self.wrong.take());
        found.extend(self.negative.take());
        let id = &self.account_id;
        for (name, credits, total) in [
            ("balance", account.balance, self.total),
            ("debt", account.debt, self.debt),
        ] {
            if i128::from(credits.micro()) != total && !credits.is_negative() {
                let total = shown(total);
                let detail = format!("its {name} is {credits} and its entries add up to {total}");
                found.push(Violation::new("I1", id, "account", detail));
            }
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
