//! I1 for the sums of use: what an account used and was given back on each of its days is what the
//! entries of that day say, and what is set aside there is what active holds made then set aside.
//!
//! Entries do not say which day they counted on; the time does. Where an account's calendar was
//! changed the time alone cannot tell, for what was decided at the same instant or by a clock that
//! is a little behind or ahead: then the days on both sides are looked at together.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Excluded, Included};

use ledger::calendar::Date;
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
    /// Days that are looked at together with the one before.
    joined: BTreeSet<Instant>,
    sums: BTreeMap<UsageKey, Sums>,
}

/// By so much the clocks of two processes may differ.
const CLOCKS_DIFFER_BY_SECONDS: i64 = 3_600;

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
            joined: BTreeSet::new(),
            sums: BTreeMap::new(),
        }
    }

    pub fn begin(&mut self, used: &BTreeMap<UsageKey, Used>) {
        self.days = used.keys().map(|key| key.day_start).collect();
        // A clock that was ahead may have begun a day of the old calendar, which a change by a clock
        // that was behind did away with: whatever came then counted on the day that the change began.
        let changes = self.days.iter().filter(|day| was_begun_by_a_change(**day));
        let after = changes.filter_map(|day| {
            let latest = day.plus_seconds(CLOCKS_DIFFER_BY_SECONDS)?;
            Some(self.days.range((Excluded(*day), Included(latest))))
        });
        self.joined = after.flatten().copied().collect();
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
        let changed = self.join_days_around(entry.created_at);
        // A day on which anything was used has a row, so the last one that had begun is its own. A
        // clock that is behind may lie before them all.
        let day = self.days.range(..=entry.created_at).next_back();
        let day = day.copied().or(changed).unwrap_or(entry.created_at);
        self.add(UsageKey::new(day, body.usage.as_ref()), change);
    }

    /// Where a change of the calendar lies near an entry, the time does not tell on which side of it
    /// the entry counted, nor of any day's beginning between them. Gives a day that a change began.
    fn join_days_around(&mut self, made: Instant) -> Option<Instant> {
        let hour = CLOCKS_DIFFER_BY_SECONDS;
        let earliest = made.plus_seconds(hour.saturating_neg());
        let latest = made.plus_seconds(hour);
        let near = earliest.unwrap_or(Instant::MIN)..=latest.unwrap_or(Instant::MAX);
        let changes = self.days.range(near).copied();
        let changes: Vec<Instant> = changes.filter(|day| was_begun_by_a_change(*day)).collect();
        // Nor for a change at this very instant, which may have come on a whole second.
        self.joined.extend(self.days.get(&made));
        let first = changes.first().copied()?;
        let last = changes.last().copied()?;
        let between = self.days.range(first.min(made)..=last.max(made));
        self.joined.extend(between);
        Some(first)
    }

    fn add(&mut self, key: UsageKey, change: Sums) {
        self.sums.entry(key).or_default().add(&change);
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
        let mut stored: BTreeMap<UsageKey, (Date, Sums)> = BTreeMap::new();
        for (key, used) in &dossier.used {
            let nothing = (used.date, Sums::default());
            let (_, sums) = stored.entry(self.joined_key(key)).or_insert(nothing);
            sums.add(&Sums::from(used));
        }
        let mut counted: BTreeMap<UsageKey, Sums> = BTreeMap::new();
        for (key, sums) in &self.sums {
            counted.entry(self.joined_key(key)).or_default().add(sums);
        }
        let mut found = Vec::new();
        for (key, (date, sums)) in &stored {
            let entries = counted.remove(key).unwrap_or_default();
            if let Some(what) = what_is_wrong(sums, &entries) {
                found.push(self.violation(key, *date, what));
            }
        }
        for (key, sums) in &counted {
            if *sums != Sums::default() {
                let date = dossier.account.calendar.zone().date(key.day_start);
                let what = "entries are about it, and no row is".to_owned();
                found.extend(date.map(|date| self.violation(key, date, what)));
            }
        }
        found
    }

    /// The same row of the first of the days that are looked at together.
    fn joined_key(&self, key: &UsageKey) -> UsageKey {
        let mut day_start = key.day_start;
        while self.joined.contains(&day_start)
            && let Some(before) = self.days.range(..day_start).next_back()
        {
            day_start = *before;
        }
        UsageKey {
            day_start,
            ..key.clone()
        }
    }

    fn violation(&self, key: &UsageKey, date: Date, what: String) -> Violation {
        let place = format!("day {date}, {} {}", key.operation, key.variant);
        Violation::new("I1", &self.account_id, place.trim_end(), what)
    }
}

impl Sums {
    fn add(&mut self, more: &Sums) {
        self.consumed = self.consumed.saturating_add(more.consumed);
        self.refunded = self.refunded.saturating_add(more.refunded);
        self.held = self.held.saturating_add(more.held);
        self.count = self.count.saturating_add(more.count);
    }
}

impl From<&Used> for Sums {
    fn from(used: &Used) -> Sums {
        Sums {
            consumed: i128::from(used.consumed.micro()),
            refunded: i128::from(used.refunded.micro()),
            held: i128::from(used.held.micro()),
            count: used.count,
        }
    }
}

/// Other days begin on whole seconds.
const fn was_begun_by_a_change(day_start: Instant) -> bool {
    day_start.micros().rem_euclid(1_000_000) != 0
}

fn what_is_wrong(stored: &Sums, entries: &Sums) -> Option<String> {
    let amounts = [
        ("consumed", stored.consumed, entries.consumed),
        ("refunded", stored.refunded, entries.refunded),
        ("held", stored.held, entries.held),
    ];
    let mut amounts = amounts.iter();
    if let Some((name, stored, entries)) = amounts.find(|(_, it, entries)| it != entries) {
        let (stored, entries) = (shown(*stored), shown(*entries));
        return Some(format!(
            "{stored} are {name} and its entries add up to {entries}"
        ));
    }
    (stored.count != entries.count).then(|| {
        let (count, entries) = (stored.count, entries.count);
        format!("its count is {count} and there are {entries} such entries")
    })
}
