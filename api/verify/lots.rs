//! I2, I4 and I9, and I3 for lots: where each lot's credits went, whether the entries that name it
//! add up to what remains of it, what of it is held, and that nothing was drawn from it too late.

use std::collections::BTreeMap;

use ledger::credits::Credits;
use ledger::entry::{Entry, EntryKind, LotChange};
use ledger::hold::HoldStatus;
use ledger::ids::{AccountId, LotId};
use ledger::instant::Instant;
use ledger::lot::Lot;

use super::Violation;
use super::balance::shown;
use crate::store::Dossier;

pub struct LotSums {
    account_id: AccountId,
    sums: BTreeMap<LotId, Sums>,
    ends: BTreeMap<LotId, Instant>,
    held: i128,
    frozen: i128,
    drawn_late: Option<Violation>,
}

/// What the entries put into a lot, less what they took.
#[derive(Clone, Copy, Default)]
struct Sums {
    remaining: i128,
    held: i128,
    frozen: i128,
    /// The first entry that named it.
    first: i64,
}

impl LotSums {
    pub const fn new(account_id: AccountId) -> LotSums {
        LotSums {
            account_id,
            sums: BTreeMap::new(),
            ends: BTreeMap::new(),
            held: 0,
            frozen: 0,
            drawn_late: None,
        }
    }

    pub fn begin(&mut self, lots: &[Lot]) {
        self.ends = lots.iter().map(|lot| (lot.id, lot.expires_at)).collect();
    }

    pub fn see(&mut self, entry: &Entry) {
        for change in &entry.body.lots {
            let sums = self.sums.entry(change.lot_id).or_insert(Sums {
                first: entry.sequence,
                ..Sums::default()
            });
            let remaining = i128::from(change.credits.micro());
            sums.remaining = sums.remaining.saturating_add(remaining);
            let held = i128::from(change.held.micro());
            sums.held = sums.held.saturating_add(held);
            let frozen = i128::from(change.frozen.micro());
            sums.frozen = sums.frozen.saturating_add(frozen);
            self.check_end(entry, change);
        }
        let held = i128::from(entry.body.held_change.micro());
        self.held = self.held.saturating_add(held);
        let frozen = i128::from(entry.body.frozen_change.micro());
        self.frozen = self.frozen.saturating_add(frozen);
    }

    /// I9. What a hold has set aside is shielded, and what a dispute has frozen; what is free in a lot
    /// that has ended is forfeited, and nothing else.
    fn check_end(&mut self, entry: &Entry, change: &LotChange) {
        let drawn = change.held.micro() > change.credits.micro();
        let ended = self.ends.get(&change.lot_id);
        let ended = ended.is_some_and(|end| *end <= entry.created_at);
        let may = matches!(entry.body.kind, EntryKind::Expiry | EntryKind::Clawback);
        if drawn && ended && !may {
            let place = format!("entry {}", entry.sequence);
            let detail = format!("it draws on lot {}, which had ended", change.lot_id);
            self.drawn_late
                .get_or_insert_with(|| Violation::new("I9", &self.account_id, place, detail));
        }
    }

    pub fn finish(mut self, dossier: &Dossier) -> Vec<Violation> {
        let mut found = Vec::new();
        let id = self.account_id.clone();
        found.extend(self.drawn_late.take());
        let set_aside = set_aside(dossier);
        for lot in &dossier.lots {
            let place = format!("lot {}", lot.id);
            let sums = self.sums.remove(&lot.id).unwrap_or_default();
            let by_holds = set_aside.get(&lot.id).copied().unwrap_or(0);
            found.extend(negative(lot).map(|what| Violation::new("I3", &id, &place, what)));
            let what = unexplained(lot, sums.remaining);
            found.extend(what.map(|what| Violation::new("I2", &id, &place, what)));
            let what = held_otherwise(lot, sums.held, by_holds);
            found.extend(what.map(|what| Violation::new("I4", &id, &place, what)));
            let what = frozen_otherwise(lot, sums.frozen);
            found.extend(what.map(|what| Violation::new("I2", &id, &place, what)));
        }
        for (lot, sums) in &self.sums {
            let detail = format!("names lot {lot}, which does not exist");
            let place = format!("entry {}", sums.first);
            found.push(Violation::new("I2", &id, place, detail));
        }
        found.extend(self.held_apart(dossier));
        found.extend(self.frozen_apart(dossier));
        found
    }

    /// I4 for the account as a whole.
    fn held_apart(&self, dossier: &Dossier) -> Option<Violation> {
        let account = &dossier.account;
        let in_lots = dossier.lots.iter().fold(0_i128, |total, lot| {
            total.saturating_add(i128::from(lot.held.micro()))
        });
        let agreed = i128::from(account.held.micro()) == in_lots && in_lots == self.held;
        let detail = format!(
            "it has {} held, its lots {} and its entries {}",
            account.held,
            shown(in_lots),
            shown(self.held)
        );
        (!agreed).then(|| Violation::new("I4", &self.account_id, "account", detail))
    }

    /// The same of what is frozen.
    fn frozen_apart(&self, dossier: &Dossier) -> Option<Violation> {
        let account = &dossier.account;
        let in_lots = dossier.lots.iter().fold(0_i128, |total, lot| {
            total.saturating_add(i128::from(lot.frozen.micro()))
        });
        let agreed = i128::from(account.frozen.micro()) == in_lots && in_lots == self.frozen;
        let detail = format!(
            "it has {} frozen, its lots {} and its entries {}",
            account.frozen,
            shown(in_lots),
            shown(self.frozen)
        );
        (!agreed).then(|| Violation::new("I1", &self.account_id, "account", detail))
    }
}

fn frozen_otherwise(lot: &Lot, by_entries: i128) -> Option<String> {
    (i128::from(lot.frozen.micro()) != by_entries).then(|| {
        let by_entries = shown(by_entries);
        format!(
            "{} of it are frozen, by its entries {by_entries}",
            lot.frozen
        )
    })
}

/// What active holds set aside in each lot.
fn set_aside(dossier: &Dossier) -> BTreeMap<LotId, i128> {
    let active = dossier.holds.iter();
    let active = active.filter(|hold| hold.status == HoldStatus::Active);
    let mut sums: BTreeMap<LotId, i128> = BTreeMap::new();
    for part in active.flat_map(|hold| &hold.parts) {
        let sum = sums.entry(part.lot_id).or_default();
        *sum = sum.saturating_add(i128::from(part.credits.micro()));
    }
    sums
}

fn held_otherwise(lot: &Lot, by_entries: i128, by_holds: i128) -> Option<String> {
    let held = i128::from(lot.held.micro());
    if held == by_entries && held == by_holds {
        return None;
    }
    Some(format!(
        "{} of it are held, by its entries {} and by its holds {}",
        lot.held,
        shown(by_entries),
        shown(by_holds)
    ))
}

fn negative(lot: &Lot) -> Option<String> {
    let figures = [
        ("granted", lot.granted),
        ("remaining", lot.remaining),
        ("held", lot.held),
        ("frozen", lot.frozen),
        ("consumed", lot.consumed),
        ("expired", lot.expired),
        ("clawed", lot.clawed),
    ];
    let (name, credits) = figures
        .into_iter()
        .find(|(_, credits)| credits.is_negative())?;
    Some(format!("its {name} is {credits}"))
}

fn unexplained(lot: &Lot, sum_of_entries: i128) -> Option<String> {
    let parts = [lot.remaining, lot.consumed, lot.expired, lot.clawed];
    let explained = parts.iter().fold(0_i128, |total, part| {
        total.saturating_add(i128::from(part.micro()))
    });
    if explained != i128::from(lot.granted.micro()) {
        Some(format!(
            "it was granted {} and accounts for {}",
            lot.granted,
            shown(explained)
        ))
    } else if sum_of_entries != i128::from(lot.remaining.micro()) {
        Some(format!(
            "{} remain of it and its entries add up to {}",
            lot.remaining,
            shown(sum_of_entries)
        ))
    } else if lot.free().is_none_or(Credits::is_negative) {
        Some(format!(
            "{} of it are held, {} frozen, and {} remain",
            lot.held, lot.frozen, lot.remaining
        ))
    } else {
        None
    }
}
