//! The model's lots, and credits that move out of them and back.

use std::collections::BTreeMap;

use ledger::credits::Credits;
use ledger::entry::{EntryBody, LotChange, new_lot_id};
use ledger::ids::{LotId, PurchaseId};
use ledger::instant::Instant;
use ledger::lot::Source;

use super::account::Account;
use super::{credits, micros};

/// What is held of it stands with the holds.
#[derive(Clone, Debug)]
pub struct Lot {
    pub id: LotId,
    pub source: Source,
    pub purchase_id: Option<PurchaseId>,
    pub priority: i16,
    pub granted: i128,
    pub granted_at: Instant,
    pub ends: Instant,
    pub free: i128,
    pub frozen: i128,
    pub consumed: i128,
    pub expired: i128,
    pub clawed: i128,
}

/// Of each lot, the change of what remains and of what is held.
pub(super) type Moves = BTreeMap<LotId, (i128, i128)>;

/// Some credits of one lot.
pub(super) type Part = (LotId, i128);

impl Lot {
    pub fn has_ended(&self, now: Instant) -> bool {
        self.ends <= now
    }

    fn burns(&self) -> (i16, Instant, bool, Instant, LotId) {
        let was_paid = self.source == Source::Purchase;
        (self.priority, self.ends, was_paid, self.granted_at, self.id)
    }

    /// As the ledger says it, given what holds have of it.
    pub fn told(&self, held: i128) -> ledger::lot::Lot {
        ledger::lot::Lot {
            id: self.id,
            source: self.source,
            purchase_id: self.purchase_id,
            priority: self.priority,
            granted: credits(self.granted),
            remaining: credits(self.free + self.frozen + held),
            held: credits(held),
            frozen: credits(self.frozen),
            consumed: credits(self.consumed),
            expired: credits(self.expired),
            clawed: credits(self.clawed),
            granted_at: self.granted_at,
            expires_at: self.ends,
            reminded_days: None,
        }
    }
}

impl Account {
    /// What can be spent. What a hold past its end had set aside is nobody's any more.
    pub fn available(&self, now: Instant) -> i128 {
        let living = self.lots.iter().filter(|lot| !lot.has_ended(now));
        let free: i128 = living.map(|lot| lot.free).sum();
        let due = self.active.iter().filter(|hold| hold.ends <= now);
        let parts = due.flat_map(|hold| &hold.parts);
        let living = parts.filter(|(id, _)| !self.lot(*id).has_ended(now));
        free + living.map(|(_, part)| part).sum::<i128>()
    }

    pub fn held_of(&self, lot: LotId) -> i128 {
        let parts = self.active.iter().flat_map(|hold| &hold.parts);
        let parts = parts.filter(|(id, _)| *id == lot);
        parts.map(|(_, part)| part).sum()
    }

    pub(super) fn lot(&self, id: LotId) -> &Lot {
        self.lots.iter().find(|lot| lot.id == id).unwrap()
    }

    /// Spent or not.
    pub(super) fn lot_anywhere(&self, id: LotId) -> &Lot {
        let open = self.lots.iter().find(|lot| lot.id == id);
        open.or_else(|| self.spent.get(&id)).unwrap()
    }

    pub(super) fn lot_mut(&mut self, id: LotId) -> &mut Lot {
        if let Some(spent) = self.spent.remove(&id) {
            self.lots.push(spent);
        }
        self.lots.iter_mut().find(|lot| lot.id == id).unwrap()
    }

    pub(super) fn put_spent_lots_away(&mut self) {
        let (spent, open): (Vec<Lot>, Vec<Lot>) = std::mem::take(&mut self.lots)
            .into_iter()
            .partition(|lot| lot.free + lot.frozen == 0 && self.held_of(lot.id) == 0);
        self.lots = open;
        self.spent
            .extend(spent.into_iter().map(|lot| (lot.id, lot)));
    }

    /// Takes free credits out of lots that have not ended, in burn order. What becomes of them is
    /// the caller's to say.
    pub(super) fn draw(&mut self, wanted: i128, now: Instant) -> Vec<Part> {
        let usable = self.lots.iter_mut();
        let mut usable: Vec<&mut Lot> = usable
            .filter(|lot| !lot.has_ended(now) && lot.free > 0)
            .collect();
        usable.sort_by_key(|lot| lot.burns());
        let mut left = wanted;
        let mut drawn = Vec::new();
        for lot in usable {
            let part = lot.free.min(left);
            if part > 0 {
                lot.free -= part;
                left -= part;
                drawn.push((lot.id, part));
            }
        }
        assert_eq!(left, 0, "the model drew more than there was");
        drawn
    }

    /// Draws credits and consumes them.
    pub(super) fn consume(&mut self, wanted: i128, now: Instant) -> Vec<Part> {
        let drawn = self.draw(wanted, now);
        for (id, part) in &drawn {
            self.lot_mut(*id).consumed += part;
        }
        drawn
    }

    pub(super) fn in_burn_order(&self, ids: impl Iterator<Item = LotId>) -> Vec<LotId> {
        let mut ids: Vec<LotId> = ids.collect();
        ids.sort_by_key(|id| self.lot_anywhere(*id).burns());
        ids
    }

    /// What an entry says of its lots: one change each, in burn order.
    pub(super) fn said(&self, moves: &Moves) -> Vec<LotChange> {
        let ids = self.in_burn_order(moves.keys().copied());
        let change = |lot_id: LotId| {
            let (remaining, held) = moves[&lot_id];
            LotChange {
                held: credits(held),
                ..LotChange::free(lot_id, credits(remaining))
            }
        };
        ids.into_iter().map(change).collect()
    }

    /// Adds a lot of its own for credits that come in.
    pub(super) fn new_lot(
        &mut self,
        index: i64,
        source: Source,
        purchase_id: Option<PurchaseId>,
        amount: i128,
        ends: Instant,
        now: Instant,
    ) -> LotChange {
        let id = new_lot_id(&self.id, &self.last_hash(), index, now);
        self.lots.push(Lot {
            id,
            source,
            purchase_id,
            priority: 0,
            granted: amount,
            granted_at: now,
            ends,
            free: amount,
            frozen: 0,
            consumed: 0,
            expired: 0,
            clawed: 0,
        });
        LotChange::free(id, credits(amount))
    }
}

/// Fills in what an entry's lots add up to.
pub(super) fn with_lots(mut body: EntryBody, lots: Vec<LotChange>) -> EntryBody {
    body.amount = sum(&lots, |lot| lot.credits);
    body.held_change = sum(&lots, |lot| lot.held);
    body.frozen_change = sum(&lots, |lot| lot.frozen);
    body.lots = lots;
    body
}

fn sum(lots: &[LotChange], what: impl Fn(&LotChange) -> Credits) -> Credits {
    credits(lots.iter().map(|lot| micros(what(lot))).sum())
}

/// Free credits that left their lots.
pub(super) fn gone(parts: &[Part]) -> Moves {
    parts.iter().map(|(id, part)| (*id, (-part, 0))).collect()
}
