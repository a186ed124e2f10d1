//! One account of the model: a flat list of lots, a flat list of holds, and what was entered.

use std::collections::BTreeMap;

use ledger::account::Referent;
use ledger::calendar::{Calendar, Day};
use ledger::command::{AccountSettings, Configured, Outcome};
use ledger::credits::Credits;
use ledger::entry::{Entry, EntryBody, EntryKind, GENESIS, Hash};
use ledger::ids::{AccountId, HoldId, LotId, PurchaseId};
use ledger::instant::Instant;
use ledger::limit::Limit;
use ledger::notice::{Choices, LowBalance};
use ledger::purchase::Purchase;
use ledger::recharge::Watch;
use ledger::usage::{Usage, UsageKey, Used};

use super::holds::Hold;
use super::lots::Lot;
use super::{credits, micros};

#[derive(Clone)]
pub struct Account {
    pub id: AccountId,
    /// Lots with something left.
    pub lots: Vec<Lot>,
    pub spent: BTreeMap<LotId, Lot>,
    pub active: Vec<Hold>,
    pub ended: BTreeMap<HoldId, Hold>,
    pub purchases: BTreeMap<PurchaseId, Purchase>,
    pub entries: Vec<Entry>,
    /// Debits given back, and by which entry.
    pub refunds: BTreeMap<i64, i64>,
    pub debits: BTreeMap<String, i64>,
    pub hold_references: BTreeMap<String, HoldId>,
    pub captures: BTreeMap<HoldId, Vec<i64>>,
    pub used: BTreeMap<UsageKey, Used>,
    pub balance: i128,
    pub held: i128,
    pub frozen: i128,
    pub debt: i128,
    pub overdraft: i128,
    pub calendar: Calendar,
    pub limits: Vec<Limit>,
}

impl Account {
    pub fn new(id: AccountId) -> Account {
        Account {
            id,
            lots: Vec::new(),
            spent: BTreeMap::new(),
            active: Vec::new(),
            ended: BTreeMap::new(),
            purchases: BTreeMap::new(),
            entries: Vec::new(),
            refunds: BTreeMap::new(),
            debits: BTreeMap::new(),
            hold_references: BTreeMap::new(),
            captures: BTreeMap::new(),
            used: BTreeMap::new(),
            balance: 0,
            held: 0,
            frozen: 0,
            debt: 0,
            overdraft: 0,
            calendar: Calendar::default(),
            limits: Vec::new(),
        }
    }

    pub fn last_hash(&self) -> Hash {
        self.entries.last().map_or(GENESIS, |entry| entry.hash)
    }

    pub fn sequence(&self) -> i64 {
        self.entries.last().map_or(0, |entry| entry.sequence)
    }

    pub fn day(&self, now: Instant) -> Day {
        self.calendar.day(now).unwrap()
    }

    /// Adds the entry that says what was just done.
    pub(super) fn enter(&mut self, body: EntryBody, now: Instant) -> Entry {
        self.balance += micros(body.amount);
        self.held += micros(body.held_change);
        self.frozen += micros(body.frozen_change);
        self.debt += micros(body.debt_change);
        let mut entry = Entry {
            sequence: self.sequence() + 1,
            balance_after: credits(self.balance),
            available_after: credits(self.available(now)),
            created_at: now,
            hash: GENESIS,
            body,
        };
        entry.hash = entry.expected_hash(&self.id, &self.last_hash());
        self.entries.push(entry.clone());
        entry
    }

    /// Adds to the sums of a day.
    pub(super) fn count(&mut self, day: Day, usage: Option<&Usage>, what: Count) {
        let key = UsageKey::new(day.period.start, usage);
        let sums = self.used.entry(key).or_insert(Used::nothing(day.date));
        let add = |sum: &mut Credits, more: i128| *sum = credits(micros(*sum) + more);
        match what {
            Count::Consumed(more) => {
                add(&mut sums.consumed, more);
                sums.count += 1;
            }
            Count::Refunded(more) => add(&mut sums.refunded, more),
            Count::Held(more) => add(&mut sums.held, more),
        }
    }

    pub fn hold_by_reference(&self, reference: &str) -> Option<HoldId> {
        self.hold_references.get(reference).copied()
    }

    pub fn debit_by_reference(&self, reference: &str) -> Option<i64> {
        self.debits.get(reference).copied()
    }

    pub fn captures_of(&self, hold: HoldId) -> &[i64] {
        self.captures.get(&hold).map_or(&[], Vec::as_slice)
    }

    /// The entry of that sequence, if work was charged by it.
    pub fn charge(&self, sequence: i64) -> Option<&Entry> {
        let place = usize::try_from(sequence).ok()?.checked_sub(1)?;
        let entry = self.entries.get(place)?;
        matches!(entry.body.kind, EntryKind::Debit | EntryKind::Capture).then_some(entry)
    }

    pub(super) fn debit_referent(&self, reference: &str) -> Option<Referent> {
        let entry = self.charge(self.debit_by_reference(reference)?)?;
        Some(Referent::Debit(entry.id(&self.id)))
    }

    pub(super) fn configure(&mut self, settings: &AccountSettings, now: Instant) -> Outcome {
        let AccountSettings {
            zone, anchor_day, ..
        } = settings;
        let calendar = self.calendar.changed(zone.clone(), *anchor_day, now);
        self.calendar = calendar.unwrap();
        self.overdraft = micros(settings.overdraft_limit);
        self.limits.clone_from(&settings.limits);
        let active = self.active.iter().filter(|hold| hold.ends > now);
        Outcome::Configured(Box::new(Configured {
            account: self.totals(now),
            available: credits(self.available(now)),
            held: credits(active.map(Hold::held).sum()),
            standings: self
                .limits
                .iter()
                .map(|limit| self.standing(limit, now))
                .collect(),
        }))
    }

    /// The account's own row. Its version, the due date of its holds and its first sight are the
    /// ledger's own business, and not foretold.
    pub fn totals(&self, created_at: Instant) -> ledger::account::Account {
        ledger::account::Account {
            id: self.id.clone(),
            balance: credits(self.balance),
            held: credits(self.held),
            frozen: credits(self.frozen),
            debt: credits(self.debt),
            sequence: self.sequence(),
            last_hash: self.last_hash(),
            version: 0,
            holds_due_at: None,
            overdraft_limit: credits(self.overdraft),
            calendar: self.calendar.clone(),
            watch: Watch::default(),
            limits: self.limits.clone(),
            limits_told: Vec::new(),
            low_balance: LowBalance::default(),
            choices: Choices::default(),
            notices: 0,
            created_at,
        }
    }
}

/// What is added to the sums of a day.
pub(super) enum Count {
    Consumed(i128),
    Refunded(i128),
    Held(i128),
}
