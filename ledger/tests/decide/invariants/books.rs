//! A second set of books: every lot and every hold's parts, carried forward by the entries alone.
//! What the ledger says afterwards must be what the entries said.

use std::collections::BTreeMap;

use ledger::account::AccountState;
use ledger::entry::{Entry, EntryKind};
use ledger::hold::{Hold, HoldStatus};
use ledger::ids::{HoldId, LotId};
use ledger::instant::Instant;
use ledger::lot::Lot;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Content {
    pub remaining: i64,
    pub held: i64,
    pub frozen: i64,
}

impl Content {
    pub const fn free(self) -> i64 {
        self.remaining - self.held - self.frozen
    }
}

pub struct Books {
    /// All lots there are in the end, in burn order.
    pub lots: Vec<Lot>,
    pub contents: BTreeMap<LotId, Content>,
    pub parts: BTreeMap<HoldId, BTreeMap<LotId, i64>>,
    /// When the holds end, as it stood before.
    ends: BTreeMap<HoldId, Instant>,
}

impl Books {
    pub fn of(before: &AccountState, after: &AccountState) -> Books {
        let mut lots: Vec<Lot> = after.lots.iter().cloned().collect();
        lots.sort_by_key(Lot::burn_order);
        let active = |hold: &&Hold| hold.status == HoldStatus::Active;
        let active = || before.holds.values().filter(active);
        Books {
            lots,
            contents: before
                .lots
                .iter()
                .map(|lot| (lot.id, content(lot)))
                .collect(),
            parts: active().map(|hold| (hold.id, parts_of(hold))).collect(),
            ends: active().map(|hold| (hold.id, hold.expires_at)).collect(),
        }
    }

    pub fn carry_out(&mut self, entry: &Entry) {
        for change in &entry.body.lots {
            let content = self.contents.entry(change.lot_id).or_default();
            content.remaining += change.credits.micro();
            content.held += change.held.micro();
            content.frozen += change.frozen.micro();
            assert!(
                content.held >= 0 && content.frozen >= 0 && content.free() >= 0,
                "a lot holds and freezes at most what remains: {content:?}"
            );
        }
        let moves_held = matches!(
            entry.body.kind,
            EntryKind::Hold | EntryKind::Capture | EntryKind::Release
        );
        let Some(hold) = entry.body.hold_id.filter(|_| moves_held) else {
            assert!(entry.body.held_change.is_zero(), "only holds hold");
            return;
        };
        let parts = self.parts.entry(hold).or_default();
        for change in &entry.body.lots {
            *parts.entry(change.lot_id).or_default() += change.held.micro();
        }
        parts.retain(|_, part| *part != 0);
        assert!(
            parts.values().all(|part| *part > 0),
            "no hold gives more than it has"
        );
    }

    /// Whoever reads the account at that instant sees what the entry said.
    pub fn assert_told(&self, entry: &Entry) {
        let now = entry.created_at;
        let living = self.lots.iter().filter(|lot| lot.expires_at > now);
        let living: BTreeMap<LotId, i64> = living
            .filter_map(|lot| Some((lot.id, self.contents.get(&lot.id)?.free())))
            .collect();
        let ended = self.ends.iter().filter(|(_, end)| **end <= now);
        let ended = ended.filter_map(|(id, _)| self.parts.get(id)).flatten();
        let freed: i64 = ended
            .filter(|(lot, _)| living.contains_key(lot))
            .map(|(_, part)| part)
            .sum();
        let available = living.values().sum::<i64>() + freed;
        assert_eq!(entry.available_after.micro(), available, "{entry:?}");
        assert!(available >= 0, "what can be spent is never negative");
    }

    pub fn assert_equal(&self, before: &AccountState, after: &AccountState) {
        let (mut total, mut frozen) = (0, 0);
        for lot in after.lots.iter() {
            assert_eq!(
                Some(&content(lot)),
                self.contents.get(&lot.id),
                "nothing changes a lot but an entry: {lot:?}"
            );
            assert_accounted_for(lot);
            total += lot.remaining.micro();
            frozen += lot.frozen.micro();
        }
        assert_eq!(
            after.account.balance.micro(),
            total,
            "the balance is what remains"
        );
        assert_eq!(
            after.account.frozen.micro(),
            frozen,
            "what is frozen is so in lots"
        );
        for hold in after.holds.values() {
            let known = self.parts.get(&hold.id).cloned().unwrap_or_default();
            assert_eq!(parts_of(hold), known, "nothing changes a hold but an entry");
        }
        let held_by_nobody = |state: &AccountState| {
            let parts = state.holds.values().flat_map(|hold| &hold.parts);
            let parts: i64 = parts.map(|part| part.credits.micro()).sum();
            state.account.held.micro() - parts
        };
        assert_eq!(
            held_by_nobody(before),
            held_by_nobody(after),
            "what is held is what the holds hold"
        );
    }

    /// Where anything is booked, all is booked that time has done.
    pub fn assert_nothing_is_due(&self, now: Instant) {
        for lot in self.lots.iter().filter(|lot| lot.expires_at <= now) {
            assert_eq!(
                self.contents[&lot.id].free(),
                0,
                "an ended lot is forfeited: {lot:?}"
            );
        }
        for (id, _) in self.ends.iter().filter(|(_, end)| **end <= now) {
            assert!(self.parts[id].is_empty(), "an ended hold is released");
        }
    }
}

fn assert_accounted_for(lot: &Lot) {
    let parts = [lot.remaining, lot.consumed, lot.expired, lot.clawed];
    assert!(
        parts.iter().all(|part| !part.is_negative()),
        "nothing is negative: {lot:?}"
    );
    let explained: i64 = parts.iter().map(|part| part.micro()).sum();
    assert_eq!(
        lot.granted.micro(),
        explained,
        "a lot is accounted for: {lot:?}"
    );
}

fn content(lot: &Lot) -> Content {
    Content {
        remaining: lot.remaining.micro(),
        held: lot.held.micro(),
        frozen: lot.frozen.micro(),
    }
}

fn parts_of(hold: &Hold) -> BTreeMap<LotId, i64> {
    let parts = hold.parts.iter();
    parts
        .map(|part| (part.lot_id, part.credits.micro()))
        .collect()
}
