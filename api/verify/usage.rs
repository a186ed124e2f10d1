//! I1 for the sums of use: what an account used and was given back on each of its days is what the
//! entries of that day say, and what is set aside there is what active holds made then set aside.

use std::collections::{BTreeMap, BTreeSet};

use ledger::calendar::Date;
use ledger::credits::Credits;
use ledger::entry::{Entry, EntryKind};
use ledger::hold::HoldStatus;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::usage::{UsageKey, Used};

use super::Violation;
use super::balance::shown;
use crate::store::Dossier;

pub struct UsageSums {
    account_id: AccountId,
    /// When the days began on which anything was used.
    days: BTreeSet<Instant>,
    sums: BTreeMap<UsageKey, Sums>,
}

/// Wider than any of the amounts: they cannot overflow.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Sums {
    consumed: i128,
    refunded: i128,
    held: i128,
    count: i64,
}

impl UsageSums {
    pub const fn new(account_id: AccountId) -> UsageSums {
        UsageSums {
            account_id,
            days: BTreeSet::new(),
            sums: BTreeMap::new(),
        }
    }

    pub fn begin(&mut self, used: &BTreeMap<UsageKey, Used>) {
        self.days = used.keys().map(|key| key.day_start).collect();
    }

    pub fn see(&mut self, entry: &Entry) {
        let body = &entry.body;
        let owed = i128::from(body.debt_change.micro());
        let cost = owed.saturating_sub(i128::from(body.amount.micro()));
        let change = if body.kind.consumes() {
            Sums {
                consumed: cost,
                count: 1,
                ..Sums::default()
            }
        } else if body.kind == EntryKind::Refund {
            Sums {
                refunded: cost.saturating_neg(),
                ..Sums::default()
            }
        } else {
            return;
        };
        // A day on which anything was used has a row, so the last one that had begun is its own.
        let day = self.days.range(..=entry.created_at).next_back();
        let day = day.copied().unwrap_or(entry.created_at);
        self.add(UsageKey::new(day, body.usage.as_ref()), change);
    }

    fn add(&mut self, key: UsageKey, change: Sums) {
        let sums = self.sums.entry(key).or_default();
        sums.consumed = sums.consumed.saturating_add(change.consumed);
        sums.refunded = sums.refunded.saturating_add(change.refunded);
        sums.held = sums.held.saturating_add(change.held);
        sums.count = sums.count.saturating_add(change.count);
    }

    pub fn finish(mut self, dossier: &Dossier) -> Vec<Violation> {
        for hold in &dossier.holds {
            if hold.status == HoldStatus::Active {
                let parts = hold
                    .parts
                    .iter()
                    .map(|part| i128::from(part.credits.micro()));
                let change = Sums {
                    held: parts.sum(),
                    ..Sums::default()
                };
                let key = UsageKey::new(hold.day_start, hold.usage.as_ref());
                self.add(key, change);
            }
        }
        let mut found = Vec::new();
        for (key, used) in &dossier.used {
            let sums = self.sums.remove(key).unwrap_or_default();
            if let Some(what) = what_is_wrong(used, &sums) {
                found.push(self.violation(key, used.date, what));
            }
        }
        for (key, sums) in &self.sums {
            if *sums != Sums::default() {
                let date = dossier.account.calendar.zone().date(key.day_start);
                let what = "entries are about it, and no row is".to_owned();
                found.extend(date.map(|date| self.violation(key, date, what)));
            }
        }
        found
    }

    fn violation(&self, key: &UsageKey, date: Date, what: String) -> Violation {
        let place = format!("day {date}, {} {}", key.operation, key.variant);
        Violation::new("I1", &self.account_id, place.trim_end(), what)
    }
}

fn what_is_wrong(used: &Used, sums: &Sums) -> Option<String> {
    let amounts = [
        ("consumed", used.consumed, sums.consumed),
        ("refunded", used.refunded, sums.refunded),
        ("held", used.held, sums.held),
    ];
    let differs = |credits: &Credits, sum: &i128| i128::from(credits.micro()) != *sum;
    let mut amounts = amounts.iter();
    if let Some((name, credits, sum)) = amounts.find(|(_, credits, sum)| differs(credits, sum)) {
        let sum = shown(*sum);
        return Some(format!(
            "{credits} are {name} and its entries add up to {sum}"
        ));
    }
    (used.count != sums.count).then(|| {
        let (count, entries) = (used.count, sums.count);
        format!("its count is {count} and there are {entries} such entries")
    })
}
