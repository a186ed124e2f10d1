//! The invariants of HOSTILE.md that an account's rows must keep whatever was asked: read off the
//! entries one after the other, and held against the rows. It knows nothing of the model.

use std::collections::{BTreeMap, BTreeSet};

use ledger::credits::Credits;
use ledger::entry::{Entry, EntryBody, EntryKind, GENESIS, Hash};
use ledger::hold::{HoldStatus, Overage};
use ledger::ids::{AccountId, HoldId, LotId, PurchaseId};
use ledger::lot::Lot;
use ledger::notice::{News, Notice};
use ledger::purchase::{Ruling, SessionState};
use ledger::usage::UNNAMED_OPERATION;

use crate::check::{Checked, same};
use crate::rows::Rows;

/// The sums over an account's entries so far.
#[derive(Clone)]
pub struct Auditor {
    account: AccountId,
    sequence: i64,
    hash: Hash,
    balance: i128,
    held: i128,
    frozen: i128,
    debt: i128,
    /// What remains of each, the held and the frozen part of it.
    lots: BTreeMap<LotId, [i128; 3]>,
    /// Consumed, refunded and how often, by operation and variant.
    used: BTreeMap<(String, String), (i128, i128, i64)>,
    captured: BTreeMap<HoldId, i128>,
    released: BTreeSet<HoldId>,
    granted: BTreeSet<PurchaseId>,
    /// What charges cost that may still be given back.
    refundable: BTreeMap<i64, i128>,
    /// The entries that somebody has to hear of, and nobody has yet.
    untold: BTreeSet<i64>,
    notices: i64,
    /// Whether the last that was told of the balance is that it is low.
    is_low: bool,
}

fn micros(credits: Credits) -> i128 {
    i128::from(credits.micro())
}

fn ensure(holds: bool, what: impl FnOnce() -> String) -> Checked {
    if holds { Ok(()) } else { Err(what()) }
}

/// What an account's owner has to hear of: all that they did not do themselves.
fn is_told(body: &EntryBody) -> bool {
    use EntryKind as K;
    match body.kind {
        K::Grant | K::Expiry | K::Adjustment | K::Clawback | K::Freeze | K::Thaw => true,
        K::Debit | K::Capture => body.debt_change.is_positive(),
        K::Hold | K::Release | K::Refund | K::DebtPayment => false,
    }
}

impl Auditor {
    pub const fn new(account: AccountId) -> Auditor {
        Auditor {
            account,
            sequence: 0,
            hash: GENESIS,
            balance: 0,
            held: 0,
            frozen: 0,
            debt: 0,
            lots: BTreeMap::new(),
            used: BTreeMap::new(),
            captured: BTreeMap::new(),
            released: BTreeSet::new(),
            granted: BTreeSet::new(),
            refundable: BTreeMap::new(),
            untold: BTreeSet::new(),
            notices: 0,
            is_low: false,
        }
    }

    /// Reads the entries that it has not seen yet.
    pub fn read(&mut self, rows: &Rows) -> Checked {
        let seen = usize::try_from(self.sequence).unwrap();
        for entry in &rows.entries[seen..] {
            self.read_entry(entry, rows)
                .map_err(|what| format!("{what}\n  {entry:?}"))?;
        }
        let heard = usize::try_from(self.notices).unwrap();
        for notice in &rows.notices[heard..] {
            self.read_notice(notice)
                .map_err(|what| format!("{what}\n  {notice:?}"))?;
        }
        same(
            "I11: the count of notices",
            &self.notices,
            &rows.account.notices,
        )?;
        let untold = &self.untold;
        ensure(untold.is_empty(), || {
            format!("I11: nobody heard of {untold:?}")
        })
    }

    /// Each entry that calls for a notice has one, and only those have; that the balance is low is told
    /// once until it has recovered.
    fn read_notice(&mut self, notice: &Notice) -> Checked {
        self.notices += 1;
        same("I11: the number", &self.notices, &notice.number)?;
        if let Some(sequence) = notice.sequence {
            let is_due = self.untold.remove(&sequence);
            ensure(is_due, || "I11: an entry is told of for nothing".to_owned())?;
        }
        let is_low = match notice.news {
            News::BalanceLow {
                threshold,
                available,
            } => {
                ensure(available < threshold, || "there is enough".to_owned())?;
                true
            }
            News::BalanceRecovered {
                threshold,
                available,
            } => {
                ensure(available > threshold, || "there is too little".to_owned())?;
                false
            }
            _ => return Ok(()),
        };
        ensure(self.is_low != is_low, || "it is told twice".to_owned())?;
        self.is_low = is_low;
        Ok(())
    }

    fn read_entry(&mut self, entry: &Entry, rows: &Rows) -> Checked {
        let body = &entry.body;
        self.sequence += 1;
        same("I12: the sequence", &self.sequence, &entry.sequence)?;
        if is_told(body) {
            self.untold.insert(entry.sequence);
        }
        let hash = entry.expected_hash(&self.account, &self.hash);
        same("I12: the chain of hashes", &hash, &entry.hash)?;
        self.hash = entry.hash;
        self.balance += micros(body.amount);
        self.held += micros(body.held_change);
        self.frozen += micros(body.frozen_change);
        self.debt += micros(body.debt_change);
        same(
            "I1: the balance",
            &self.balance,
            &micros(entry.balance_after),
        )?;
        let nonnegative = [self.balance, self.held, self.frozen, self.debt];
        let nonnegative = nonnegative.iter().all(|it| *it >= 0);
        let available = micros(entry.available_after);
        ensure(nonnegative && available >= 0, || {
            "I3: nothing is negative".to_owned()
        })?;
        ensure(available <= self.balance, || {
            "what can be spent is owned".to_owned()
        })?;
        self.read_lots(entry, rows)?;
        self.read_sense(entry)?;
        self.read_use(entry)
    }

    fn read_lots(&mut self, entry: &Entry, rows: &Rows) -> Checked {
        let body = &entry.body;
        let mut sums = [0; 3];
        let mut named = BTreeSet::new();
        for change in &body.lots {
            ensure(named.insert(change.lot_id), || {
                "a lot is named twice".to_owned()
            })?;
            let moved = [change.credits, change.held, change.frozen].map(micros);
            ensure(moved != [0; 3], || "a lot is named for nothing".to_owned())?;
            let kept = self.lots.entry(change.lot_id).or_default();
            for ((moved, sum), kept) in moved.iter().zip(&mut sums).zip(kept) {
                *sum += moved;
                *kept += moved;
            }
            let [credits, held, frozen] = moved;
            let lot = rows.lots.get(&change.lot_id);
            let lot = lot.ok_or("an entry names a lot that is not there")?;
            let has_ended = lot.expires_at <= entry.created_at;
            let takes_free = credits < 0 && held == 0;
            let sets_aside = held > 0 || frozen > 0;
            // What a dispute kept in an ended lot thaws, and is taken before it can be forfeited.
            if body.kind == EntryKind::Clawback {
                continue;
            }
            if body.kind == EntryKind::Expiry {
                ensure(has_ended, || "a living lot was forfeited".to_owned())?;
            } else if takes_free || sets_aside {
                ensure(!has_ended, || "I9: an ended lot was drawn on".to_owned())?;
            }
        }
        let said = [body.amount, body.held_change, body.frozen_change].map(micros);
        same("I10, I4: an entry over its lots", &sums, &said)
    }

    /// What each kind of entry may and may not do.
    fn read_sense(&mut self, entry: &Entry) -> Checked {
        use EntryKind as K;
        let body = &entry.body;
        let (amount, held) = (micros(body.amount), micros(body.held_change));
        let (debt, frozen) = (micros(body.debt_change), micros(body.frozen_change));
        let makes_sense = match body.kind {
            K::Grant => amount > 0 && (held, debt) == (0, 0),
            K::Expiry => amount < 0 && (held, debt) == (0, 0),
            K::Adjustment => amount != 0 && (held, debt) == (0, 0),
            K::Debit => amount <= 0 && (held, debt) == (0, 0),
            K::Hold => (amount, debt) == (0, 0),
            K::Capture => amount <= 0 && held <= 0 && debt >= 0,
            K::Release => amount == 0 && held <= 0 && debt == 0,
            K::Refund => amount >= 0 && held == 0 && debt <= 0,
            K::DebtPayment => amount < 0 && held == 0 && debt == amount,
            K::Clawback => {
                held == 0 && (amount, debt) != (0, 0) && amount.signum() * debt.signum() <= 0
            }
            K::Freeze | K::Thaw => (amount, held, debt) == (0, 0, 0),
        };
        let freezes = match body.kind {
            K::Freeze => frozen > 0,
            K::Thaw => frozen < 0,
            _ => frozen == 0,
        };
        ensure(makes_sense && freezes, || {
            "an entry does what its kind does not".to_owned()
        })?;
        if body.kind == K::Grant
            && let Some(purchase) = body.purchase_id
        {
            ensure(self.granted.insert(purchase), || {
                "I5: a purchase was granted twice".to_owned()
            })?;
        }
        if let Some(hold) = body.hold_id
            && body.kind != K::Refund
        {
            ensure(!self.released.contains(&hold), || {
                "I13: a hold went on after its end".to_owned()
            })?;
            if body.kind == K::Release {
                self.released.insert(hold);
            }
        }
        Ok(())
    }

    fn read_use(&mut self, entry: &Entry) -> Checked {
        let body = &entry.body;
        let usage = body.usage.as_ref();
        let operation = usage.map_or(UNNAMED_OPERATION, |usage| &usage.operation);
        let variant = usage.and_then(|usage| usage.variant.clone());
        let key = (operation.to_owned(), variant.unwrap_or_default());
        let cost = micros(body.debt_change) - micros(body.amount);
        match body.kind {
            EntryKind::Debit | EntryKind::Capture => {
                let sums = self.used.entry(key).or_default();
                sums.0 += cost;
                sums.2 += 1;
                self.refundable.insert(entry.sequence, cost);
                if let Some(hold) = body.hold_id {
                    *self.captured.entry(hold).or_default() += cost;
                }
                Ok(())
            }
            EntryKind::Refund => {
                self.used.entry(key).or_default().1 -= cost;
                let charge = body.refunds.and_then(|it| self.refundable.remove(&it));
                ensure(charge.is_some_and(|charge| -cost <= charge), || {
                    "more was given back than was taken, or twice".to_owned()
                })
            }
            _ => Ok(()),
        }
    }

    /// Holds the sums against an account's row and some of its lots: those that can have changed.
    pub fn compare<'a>(&self, rows: &Rows, lots: impl Iterator<Item = &'a Lot>) -> Checked {
        let totals = &rows.account;
        let figures = [totals.balance, totals.held, totals.frozen, totals.debt].map(micros);
        same(
            "I1: the totals",
            &[self.balance, self.held, self.frozen, self.debt],
            &figures,
        )?;
        same("I12: the last of the chain", &self.hash, &totals.last_hash)?;
        let (mut remaining, mut held, mut frozen) = (0, 0, 0);
        for lot in lots {
            let kept = [lot.remaining, lot.held, lot.frozen].map(micros);
            let expected = self.lots.get(&lot.id).copied().unwrap_or_default();
            same("nothing changes a lot but an entry", &expected, &kept)?;
            let gone = [lot.consumed, lot.expired, lot.clawed].map(micros);
            let whole = gone.iter().sum::<i128>() + kept[0];
            same("I2: a lot is accounted for", &whole, &micros(lot.granted))?;
            let nonnegative = gone.iter().all(|it| *it >= 0);
            let is_there = kept[1..].iter().all(|it| *it >= 0) && kept[1] + kept[2] <= kept[0];
            ensure(nonnegative && is_there, || {
                format!("I3, I14: nothing is negative, and what is kept is there: {lot:?}")
            })?;
            remaining += kept[0];
            held += kept[1];
            frozen += kept[2];
        }
        same("I1: what remains of the lots", &remaining, &self.balance)?;
        same("I4: what is held of the lots", &held, &self.held)?;
        same("what is frozen of the lots", &frozen, &self.frozen)
    }

    /// Everything that can be said of an account's rows by themselves.
    pub fn audit(rows: &Rows) -> Checked {
        let mut auditor = Auditor::new(rows.account.id.clone());
        auditor.read(rows)?;
        auditor.compare(rows, rows.lots.values())?;
        auditor.compare_holds(rows)?;
        auditor.compare_use(rows)?;
        auditor.compare_purchases(rows)
    }

    fn compare_holds(&self, rows: &Rows) -> Checked {
        let mut parts: BTreeMap<LotId, i128> = BTreeMap::new();
        for hold in rows.holds.values() {
            for part in &hold.parts {
                *parts.entry(part.lot_id).or_default() += micros(part.credits);
            }
            let captured = self.captured.get(&hold.id).copied().unwrap_or_default();
            same(
                "I13: what a hold was charged",
                &captured,
                &micros(hold.captured),
            )?;
            let is_within = hold.overage == Overage::Cover || hold.captured <= hold.credits;
            ensure(is_within, || format!("I13: more was captured: {hold:?}"))?;
            let is_open = hold.status == HoldStatus::Active;
            ensure(is_open || hold.parts.is_empty(), || {
                format!("an ended hold still has something: {hold:?}")
            })?;
        }
        let held = rows.lots.values().filter(|lot| lot.held.is_positive());
        let held = held.map(|lot| (lot.id, micros(lot.held))).collect();
        same("I4: holds and lots", &parts, &held)
    }

    fn compare_use(&self, rows: &Rows) -> Checked {
        let mut sums: BTreeMap<(String, String), (i128, i128, i64)> = BTreeMap::new();
        let mut held = 0;
        for (key, used) in &rows.used {
            let key = (key.operation.clone(), key.variant.clone());
            let sum = sums.entry(key).or_default();
            sum.0 += micros(used.consumed);
            sum.1 += micros(used.refunded);
            sum.2 += used.count;
            held += micros(used.held);
        }
        sums.retain(|_, sum| *sum != (0, 0, 0));
        let mut used = self.used.clone();
        used.retain(|_, sum| *sum != (0, 0, 0));
        same("the sums of use over the entries", &used, &sums)?;
        same("what holds set aside over the days", &self.held, &held)
    }

    fn compare_purchases(&self, rows: &Rows) -> Checked {
        for purchase in rows.purchases.values() {
            let is_granted = self.granted.contains(&purchase.terms.purchase_id);
            ensure(is_granted == purchase.posted.is_positive(), || {
                format!("I5: what was granted was posted: {purchase:?}")
            })?;
            let total = micros(purchase.terms.credits) + micros(purchase.terms.bonus);
            ensure(!is_granted || micros(purchase.posted) == total, || {
                format!("I6: the terms say how many credits: {purchase:?}")
            })?;
            let clawed = purchase.clawed.total().map(micros);
            ensure(
                clawed.is_some_and(|clawed| clawed <= micros(purchase.posted)),
                || format!("I14: more was taken back than was granted: {purchase:?}"),
            )?;
            let price = &purchase.terms.price;
            let paid = purchase.facts.sessions.values().any(|session| {
                let agrees = matches!(
                    session.state,
                    SessionState::CompletePaid | SessionState::CompleteNoPaymentRequired
                ) && session.amount_total_minor == Some(price.amount_minor)
                    && session.currency.as_deref() == Some(price.currency.as_str());
                let ruling = purchase.facts.rulings.get(&session.id);
                let accepted = ruling.is_some_and(|it| it.ruling == Ruling::Accepted);
                session.livemode == purchase.terms.livemode && (agrees || accepted)
            });
            ensure(!is_granted || paid, || {
                format!("I6: granted without paid evidence: {purchase:?}")
            })?;
        }
        Ok(())
    }
}
