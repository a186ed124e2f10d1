//! Debits, and what is given back of debits and captures.

use ledger::command::{NewDebit, Outcome, Refund};
use ledger::entry::{EntryBody, EntryKind, LotChange};
use ledger::instant::Instant;
use ledger::lot::Source;
use ledger::rejection::Rejection;

use super::account::{Account, Count};
use super::lots::{gone, with_lots};
use super::{Decision, credits, micros};

impl Account {
    pub(super) fn debit(&mut self, new: &NewDebit, now: Instant) -> Decision {
        if let Some(by) = self.debit_referent(&new.reference) {
            return Err(Rejection::ReferenceWasUsed { by });
        }
        let cost = micros(new.credits);
        self.admit(cost, Some(&new.usage), now)?;
        self.book_due(now);
        let drawn = self.consume(cost, now);
        self.count(self.day(now), Some(&new.usage), Count::Consumed(cost));
        let body = EntryBody {
            usage: Some(new.usage.clone()),
            reference: Some(new.reference.clone()),
            description: new.description.clone(),
            metadata: new.metadata.clone(),
            ..EntryBody::of(EntryKind::Debit)
        };
        let lots = self.said(&gone(&drawn));
        let entry = self.enter(with_lots(body, lots), now);
        self.debits.insert(new.reference.clone(), entry.sequence);
        self.put_spent_lots_away();
        let account_id = self.id.clone();
        Ok(Outcome::Debited { account_id, entry })
    }

    /// First what is still owed for it is forgiven; then credits go back to their lots, those first
    /// that burn last; what is left a later grant has paid, and it becomes a lot of its own.
    pub(super) fn refund(&mut self, refund: &Refund, now: Instant) -> Decision {
        let debit = self.charge(refund.sequence).cloned();
        let debit = debit.ok_or(Rejection::DebitDoesNotExist)?;
        if self.refunds.contains_key(&debit.sequence) {
            return Err(Rejection::DebitWasRefunded);
        }
        let owed_for_it = micros(debit.body.debt_change);
        let cost = owed_for_it - micros(debit.body.amount);
        let wanted = refund.credits.map_or(cost, micros);
        if wanted > cost {
            return Err(Rejection::RefundExceedsDebit {
                required: credits(wanted),
                debited: credits(cost),
            });
        }
        let forgiven = wanted.min(owed_for_it).min(self.debt);
        self.has_room(wanted - forgiven, now)?;
        self.book_due(now);

        let mut left = wanted - forgiven;
        let taken = debit.body.lots.iter();
        let taken = taken.filter(|change| change.credits.is_negative());
        let taken = taken.map(|change| (change.lot_id, -micros(change.credits)));
        let taken: std::collections::BTreeMap<_, _> = taken.collect();
        let mut lots = Vec::new();
        for id in self.in_burn_order(taken.keys().copied()).into_iter().rev() {
            let part = taken[&id].min(left);
            if part > 0 {
                left -= part;
                let lot = self.lot_mut(id);
                lot.free += part;
                lot.consumed -= part;
                lots.push(LotChange::free(id, credits(part)));
            }
        }
        if left > 0 {
            let ends = now.one_calendar_year_later().unwrap();
            lots.push(self.new_lot(0, Source::Adjustment, None, left, ends, now));
        }
        let usage = debit.body.usage.clone();
        self.count(self.day(now), usage.as_ref(), Count::Refunded(wanted));
        let body = EntryBody {
            debt_change: credits(-forgiven),
            usage,
            hold_id: debit.body.hold_id,
            refunds: Some(debit.sequence),
            reference: debit.body.reference.clone(),
            description: Some(refund.reason.clone()),
            ..EntryBody::of(EntryKind::Refund)
        };
        let entry = self.enter(with_lots(body, lots), now);
        self.refunds.insert(debit.sequence, entry.sequence);
        self.forfeit(now);
        Ok(Outcome::Refunded {
            debit,
            entry,
            credits: credits(wanted),
            available: credits(self.available(now)),
        })
    }
}
