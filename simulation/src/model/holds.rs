//! The model's holds: set aside, changed, charged and ended. What a hold has of its lots is used in
//! burn order, and given back from the other end.

use ledger::account::Referent;
use ledger::calendar::Day;
use ledger::command::{Capture, Finality, HoldChange, NewHold, Outcome};
use ledger::entry::{EntryBody, EntryKind, LotChange, new_hold_id};
use ledger::hold::{HeldPart, HoldStatus, Overage};
use ledger::ids::HoldId;
use ledger::instant::Instant;
use ledger::rejection::Rejection;
use ledger::usage::Usage;

use super::account::{Account, Count};
use super::lots::{Moves, Part, with_lots};
use super::{Decision, credits, is_active, micros};

#[derive(Clone)]
pub struct Hold {
    pub id: HoldId,
    pub reference: String,
    pub usage: Option<Usage>,
    pub overage: Overage,
    pub status: HoldStatus,
    pub credits: i128,
    pub captured: i128,
    /// In burn order.
    pub parts: Vec<Part>,
    pub created_at: Instant,
    pub ends: Instant,
    /// On which day it was made.
    pub day: Day,
    pub description: Option<String>,
}

impl Hold {
    pub fn held(&self) -> i128 {
        self.parts.iter().map(|(_, part)| part).sum()
    }

    pub fn told(&self) -> ledger::hold::Hold {
        let parts = self.parts.iter();
        let parts = parts.map(|(lot_id, part)| HeldPart {
            lot_id: *lot_id,
            credits: credits(*part),
        });
        ledger::hold::Hold {
            id: self.id,
            reference: self.reference.clone(),
            description: self.description.clone(),
            usage: self.usage.clone(),
            overage: self.overage,
            status: self.status,
            credits: credits(self.credits),
            captured: credits(self.captured),
            parts: parts.collect(),
            created_at: self.created_at,
            expires_at: self.ends,
            day_start: self.day.period.start,
            date: self.day.date,
        }
    }

    fn body(&self, kind: EntryKind) -> EntryBody {
        EntryBody {
            usage: self.usage.clone(),
            hold_id: Some(self.id),
            reference: Some(self.reference.clone()),
            ..EntryBody::of(kind)
        }
    }

    /// Takes the first `wanted` of its parts.
    fn take(&mut self, wanted: i128) -> Vec<Part> {
        let mut left = wanted;
        let mut taken = Vec::new();
        for (id, part) in &mut self.parts {
            let share = left.min(*part);
            left -= share;
            *part -= share;
            taken.push((*id, share));
        }
        self.parts.retain(|(_, part)| *part > 0);
        taken.retain(|(_, part)| *part > 0);
        taken
    }
}

/// What a capture charges, and where it comes from.
struct Charge {
    held: i128,
    drawn: i128,
    debt: i128,
    uncovered: i128,
}

impl Account {
    pub(super) fn place(&mut self, new: &NewHold, now: Instant) -> Decision {
        if let Some(id) = self.hold_references.get(&new.reference) {
            let by = Referent::Hold(*id);
            return Err(Rejection::ReferenceWasUsed { by });
        }
        let wanted = micros(new.credits);
        self.admit(wanted, new.usage.as_ref(), now)?;
        self.book_due(now);
        let hold = Hold {
            id: new_hold_id(&self.id, &self.last_hash(), now),
            reference: new.reference.clone(),
            usage: new.usage.clone(),
            overage: new.overage,
            status: HoldStatus::Active,
            credits: wanted,
            captured: 0,
            parts: self.draw(wanted, now),
            created_at: now,
            ends: now.plus_seconds(new.ttl_seconds).unwrap(),
            day: self.day(now),
            description: new.description.clone(),
        };
        self.count(hold.day, hold.usage.as_ref(), Count::Held(wanted));
        let body = EntryBody {
            description: new.description.clone(),
            metadata: new.metadata.clone(),
            ..hold.body(EntryKind::Hold)
        };
        let lots = hold.parts.iter();
        let lots = lots.map(|(id, part)| LotChange::held(*id, credits(*part)));
        let body = with_lots(body, lots.collect());
        let told = hold.told();
        self.hold_references.insert(new.reference.clone(), hold.id);
        self.active.push(hold);
        self.enter(body, now);
        Ok(self.changed(told, now))
    }

    fn changed(&self, hold: ledger::hold::Hold, now: Instant) -> Outcome {
        let available = credits(self.available(now));
        Outcome::HoldChanged { hold, available }
    }

    /// The hold, if time and people have left it alone.
    fn living(&self, id: HoldId, now: Instant) -> Result<&Hold, Rejection> {
        let active = self.active.iter().find(|hold| hold.id == id);
        let hold = active.or_else(|| self.ended.get(&id));
        let hold = hold.ok_or(Rejection::HoldDoesNotExist)?;
        let status = match hold.status {
            HoldStatus::Active if hold.ends <= now => HoldStatus::Expired,
            status => status,
        };
        if is_active(status) {
            return Ok(hold);
        }
        Err(Rejection::HoldHasEnded {
            status,
            credits: credits(hold.credits),
            captured: credits(hold.captured),
        })
    }

    fn hold_mut(&mut self, id: HoldId) -> &mut Hold {
        self.active.iter_mut().find(|hold| hold.id == id).unwrap()
    }

    pub(super) fn change(&mut self, change: &HoldChange, now: Instant) -> Decision {
        let hold = self.living(change.hold_id, now)?;
        let held = hold.held();
        let wanted = change.credits.map_or(held, micros);
        if wanted > held {
            self.admit(wanted - held, hold.usage.as_ref(), now)?;
        }
        self.book_due(now);
        let more = self.draw((wanted - held).max(0), now);
        let mut lots: Vec<LotChange> = more
            .iter()
            .map(|(id, part)| LotChange::held(*id, credits(*part)))
            .collect();
        let id = change.hold_id;
        let mut parts = self.hold_mut(id).parts.clone();
        for (lot, part) in more {
            match parts.iter_mut().find(|(known, _)| *known == lot) {
                Some((_, known)) => *known += part,
                None => parts.push((lot, part)),
            }
        }
        let order = self.in_burn_order(parts.iter().map(|(lot, _)| *lot));
        parts.sort_by_key(|(lot, _)| order.iter().position(|it| it == lot));
        let mut surplus = (held - wanted).max(0);
        for (lot, part) in parts.iter_mut().rev() {
            let back = surplus.min(*part);
            if back > 0 {
                surplus -= back;
                *part -= back;
                self.lot_mut(*lot).free += back;
                lots.push(LotChange::held(*lot, credits(-back)));
            }
        }
        parts.retain(|(_, part)| *part > 0);
        let hold = self.hold_mut(id);
        hold.parts = parts;
        if let Some(ttl) = change.ttl_seconds {
            hold.ends = now.plus_seconds(ttl).unwrap();
        }
        if change.credits.is_some() {
            hold.credits = hold.captured + wanted;
        }
        let hold = hold.clone();
        if !lots.is_empty() {
            self.count(hold.day, hold.usage.as_ref(), Count::Held(wanted - held));
            self.enter(with_lots(hold.body(EntryKind::Hold), lots), now);
            self.forfeit(now);
        }
        Ok(self.changed(hold.told(), now))
    }

    pub(super) fn release(&mut self, id: HoldId, now: Instant) -> Decision {
        self.living(id, now)?;
        self.book_due(now);
        self.end_hold(id, HoldStatus::Released, now);
        self.forfeit(now);
        Ok(self.changed(self.ended[&id].told(), now))
    }

    /// Ends a hold without charging it: what it set aside is free again.
    pub(super) fn end_hold(&mut self, id: HoldId, status: HoldStatus, now: Instant) {
        let place = self.active.iter().position(|hold| hold.id == id);
        let mut hold = self.active.remove(place.unwrap());
        hold.status = status;
        let mut lots = Vec::new();
        let held = hold.held();
        for (lot, part) in std::mem::take(&mut hold.parts) {
            self.lot_mut(lot).free += part;
            lots.push(LotChange::held(lot, credits(-part)));
        }
        self.count(hold.day, hold.usage.as_ref(), Count::Held(-held));
        let body = with_lots(hold.body(EntryKind::Release), lots);
        self.ended.insert(id, hold);
        self.enter(body, now);
    }

    fn charge_for(&self, hold: &Hold, cost: i128, now: Instant) -> Result<Charge, Rejection> {
        let held = cost.min(hold.held());
        let excess = cost - held;
        let mut charge = Charge {
            held,
            drawn: 0,
            debt: 0,
            uncovered: 0,
        };
        match hold.overage {
            Overage::Reject if excess > 0 => {
                return Err(Rejection::CaptureExceedsHold {
                    required: credits(cost),
                    held: credits(hold.held()),
                });
            }
            Overage::Reject => {}
            Overage::Cap => charge.uncovered = excess,
            Overage::Cover => {
                charge.drawn = excess.min(self.available(now));
                let rest = excess - charge.drawn;
                charge.debt = rest.min((self.overdraft - self.debt).max(0));
                charge.uncovered = rest - charge.debt;
            }
        }
        Ok(charge)
    }

    pub(super) fn capture(&mut self, capture: &Capture, now: Instant) -> Decision {
        let hold = self.living(capture.hold_id, now)?;
        let charge = self.charge_for(hold, micros(capture.credits), now)?;
        self.book_due(now);

        let id = capture.hold_id;
        let hold = self.hold_mut(id);
        let before = hold.held();
        let mut moves = Moves::new();
        let mut moved = |lot, remaining: i128, held: i128| {
            let known = moves.entry(lot).or_insert((0, 0));
            *known = (known.0 + remaining, known.1 + held);
        };
        let taken = hold.take(charge.held);
        let is_last = capture.finality == Finality::Final;
        let rest = match is_last {
            true => std::mem::take(&mut hold.parts),
            false => Vec::new(),
        };
        let charged = charge.held + charge.drawn + charge.debt;
        hold.captured += charged;
        if is_last {
            hold.status = HoldStatus::Captured;
        }
        let hold = hold.clone();
        let held_change = hold.held() - before;
        for (lot, part) in taken {
            self.lot_mut(lot).consumed += part;
            moved(lot, -part, -part);
        }
        for (lot, part) in self.consume(charge.drawn, now) {
            moved(lot, -part, 0);
        }
        for (lot, part) in rest {
            self.lot_mut(lot).free += part;
            moved(lot, 0, -part);
        }
        self.count(hold.day, hold.usage.as_ref(), Count::Held(held_change));
        let usage = capture.usage.clone().or_else(|| hold.usage.clone());
        self.count(self.day(now), usage.as_ref(), Count::Consumed(charged));
        let body = EntryBody {
            debt_change: credits(charge.debt),
            usage,
            description: hold.description.clone(),
            ..hold.body(EntryKind::Capture)
        };
        let told = hold.told();
        if is_last {
            self.active.retain(|it| it.id != id);
            self.ended.insert(id, hold);
        }
        let lots = self.said(&moves);
        let entry = self.enter(with_lots(body, lots), now);
        let captures = self.captures.entry(id).or_default();
        captures.push(entry.sequence);
        self.forfeit(now);
        Ok(Outcome::Captured {
            hold: told,
            entry,
            charged: credits(charged),
            uncovered: credits(charge.uncovered),
            available: credits(self.available(now)),
        })
    }
}
