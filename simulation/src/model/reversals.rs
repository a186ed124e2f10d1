//! The model's purchases whose money went back: what is taken for it, and what waits.

use ledger::credits::Credits;
use ledger::entry::{Entry, EntryBody, EntryKind, LotChange};
use ledger::ids::{LotId, PurchaseId};
use ledger::instant::Instant;
use ledger::lot::Source;
use ledger::purchase::{Clawed, Purchase};
use ledger::rejection::Rejection;

use super::account::Account;
use super::lots::{gone, with_lots};
use super::verdict::Back;
use super::{credits, micros};

/// What is to be taken back in all, and what is to be frozen.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    clawed: i128,
    frozen: i128,
}

pub(super) fn share(granted: i128, back: Back) -> Wanted {
    let part = |of: i128| if of == 0 { 0 } else { granted * of / back.of };
    Wanted {
        clawed: part(back.gone),
        frozen: part(back.disputed),
    }
}

fn total(clawed: &Clawed) -> i128 {
    micros(clawed.from_lots) + micros(clawed.forfeited) + micros(clawed.as_debt)
}

impl Account {
    /// Whether there is room for what would be owed, or come back.
    pub(super) fn can_reverse(
        &self,
        purchase: &Purchase,
        wanted: Option<Wanted>,
        now: Instant,
    ) -> Result<(), Rejection> {
        let Some(wanted) = wanted else {
            return Ok(());
        };
        let clawed = total(&purchase.clawed);
        if wanted.clawed < clawed {
            return self.has_room(clawed - wanted.clawed, now);
        }
        if self.debt + wanted.clawed - clawed > micros(Credits::MAX) {
            return Err(Rejection::AmountOutOfRange);
        }
        Ok(())
    }

    pub(super) fn reverse(
        &mut self,
        purchase: &mut Purchase,
        wanted: Option<Wanted>,
        now: Instant,
    ) -> Vec<Entry> {
        let Some(wanted) = wanted else {
            return Vec::new();
        };
        let id = purchase.terms.purchase_id;
        let clawed = total(&purchase.clawed);
        let frozen: i128 = self
            .lots
            .iter()
            .filter(|lot| lot.purchase_id == Some(id))
            .map(|lot| lot.frozen)
            .sum();
        if (clawed, frozen) == (wanted.clawed, wanted.frozen) {
            return Vec::new();
        }
        self.book_due(now);
        let mut entries = Vec::new();
        entries.extend(self.thaw(id, frozen - wanted.frozen, now));
        entries.extend(self.claw(purchase, wanted.clawed - clawed, now));
        entries.extend(self.unclaw(purchase, clawed - wanted.clawed, now));
        self.forfeit(now);
        entries.extend(self.freeze(id, wanted.frozen - frozen, now));
        self.pay_debt(now);
        entries
    }

    fn own(&self, id: PurchaseId) -> Vec<LotId> {
        let all = self.lots.iter().chain(self.spent.values());
        let own = all.filter(|lot| lot.purchase_id == Some(id));
        self.in_burn_order(own.map(|lot| lot.id).collect::<Vec<_>>().into_iter())
    }

    fn claw(&mut self, purchase: &mut Purchase, wanted: i128, now: Instant) -> Option<Entry> {
        if wanted <= 0 {
            return None;
        }
        let mut left = wanted;
        let mut taken = Vec::new();
        let mut expired = 0;
        for id in self.own(purchase.terms.purchase_id) {
            let lot = self.lot_mut(id);
            let part = lot.free.min(left);
            lot.free -= part;
            lot.clawed += part;
            expired += lot.expired;
            left -= part;
            if part > 0 {
                taken.push((id, part));
            }
        }
        let forfeited = (expired - micros(purchase.clawed.forfeited)).min(left);
        let owed = left - forfeited;
        add(&mut purchase.clawed, wanted - left, forfeited, owed);
        let body = EntryBody {
            debt_change: credits(owed),
            purchase_id: Some(purchase.terms.purchase_id),
            ..EntryBody::of(EntryKind::Clawback)
        };
        let lots = self.said(&gone(&taken));
        (!lots.is_empty() || owed > 0).then(|| self.enter(with_lots(body, lots), now))
    }

    fn unclaw(&mut self, purchase: &mut Purchase, wanted: i128, now: Instant) -> Option<Entry> {
        if wanted <= 0 {
            return None;
        }
        let owed = wanted.min(micros(purchase.clawed.as_debt));
        let forfeited = (wanted - owed).min(micros(purchase.clawed.forfeited));
        let mut left = wanted - owed - forfeited;
        add(&mut purchase.clawed, -left, -forfeited, -owed);
        let forgiven = owed.min(self.debt);
        let own = self.own(purchase.terms.purchase_id);
        let ends = own
            .iter()
            .map(|id| self.lot_anywhere(*id).ends)
            .max()
            .unwrap();
        let mut lots = Vec::new();
        for id in own.into_iter().rev() {
            let part = self.lot_anywhere(id).clawed.min(left);
            if part > 0 {
                let lot = self.lot_mut(id);
                lot.clawed -= part;
                lot.free += part;
                left -= part;
                lots.push(LotChange::free(id, credits(part)));
            }
        }
        let paid = owed - forgiven;
        if paid > 0 && ends > now {
            lots.push(self.new_lot(0, Source::Adjustment, None, paid, ends, now));
        }
        let body = EntryBody {
            debt_change: credits(-forgiven),
            purchase_id: Some(purchase.terms.purchase_id),
            ..EntryBody::of(EntryKind::Clawback)
        };
        (!lots.is_empty() || forgiven > 0).then(|| self.enter(with_lots(body, lots), now))
    }

    fn freeze(&mut self, id: PurchaseId, wanted: i128, now: Instant) -> Option<Entry> {
        let mut left = wanted;
        let mut lots = Vec::new();
        for lot_id in self.own(id) {
            let part = self.lot_anywhere(lot_id).free.min(left);
            if part > 0 {
                let lot = self.lot_mut(lot_id);
                lot.free -= part;
                lot.frozen += part;
                left -= part;
                lots.push(LotChange::frozen(lot_id, credits(part)));
            }
        }
        self.enter_frozen(EntryKind::Freeze, id, lots, now)
    }

    fn thaw(&mut self, id: PurchaseId, wanted: i128, now: Instant) -> Option<Entry> {
        let mut left = wanted;
        let mut lots = Vec::new();
        for lot_id in self.own(id) {
            let part = self.lot_anywhere(lot_id).frozen.min(left);
            if part > 0 {
                let lot = self.lot_mut(lot_id);
                lot.frozen -= part;
                lot.free += part;
                left -= part;
                lots.push(LotChange::frozen(lot_id, credits(-part)));
            }
        }
        self.enter_frozen(EntryKind::Thaw, id, lots, now)
    }

    fn enter_frozen(
        &mut self,
        kind: EntryKind,
        id: PurchaseId,
        lots: Vec<LotChange>,
        now: Instant,
    ) -> Option<Entry> {
        if lots.is_empty() {
            return None;
        }
        let body = EntryBody {
            purchase_id: Some(id),
            ..EntryBody::of(kind)
        };
        Some(self.enter(with_lots(body, lots), now))
    }
}

fn add(clawed: &mut Clawed, from_lots: i128, forfeited: i128, as_debt: i128) {
    clawed.from_lots = credits(micros(clawed.from_lots) + from_lots);
    clawed.forfeited = credits(micros(clawed.forfeited) + forfeited);
    clawed.as_debt = credits(micros(clawed.as_debt) + as_debt);
}
