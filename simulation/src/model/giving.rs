//! Credits that come in, and those an administrator takes.

use ledger::command::{Adjustment, Outcome, PromotionalGrant};
use ledger::entry::{Entry, EntryBody, EntryKind};
use ledger::ids::PurchaseId;
use ledger::instant::Instant;
use ledger::lot::Source;
use ledger::rejection::Rejection;

use super::account::Account;
use super::lots::{gone, with_lots};
use super::{Decision, credits, micros};

impl Account {
    pub(super) fn adjust(&mut self, adjustment: &Adjustment, now: Instant) -> Decision {
        let body = EntryBody {
            description: Some(adjustment.reason.clone()),
            actor: Some(adjustment.actor.clone()),
            ..EntryBody::of(EntryKind::Adjustment)
        };
        let amount = micros(adjustment.credits);
        let entry = if amount > 0 {
            let by_default = now.one_calendar_year_later().unwrap();
            let ends = adjustment.expires_at.unwrap_or(by_default);
            if ends <= now {
                return Err(Rejection::ExpiryIsNotInTheFuture);
            }
            self.has_room(amount, now)?;
            self.book_due(now);
            self.grant(&[(Source::Adjustment, amount)], None, ends, body, now)
        } else {
            self.afford(-amount, now)?;
            self.book_due(now);
            let drawn = self.draw(-amount, now);
            for (id, part) in &drawn {
                self.lot_mut(*id).clawed += part;
            }
            let lots = self.said(&gone(&drawn));
            self.enter(with_lots(body, lots), now)
        };
        let available = credits(self.available(now));
        Ok(Outcome::Adjusted { entry, available })
    }

    pub(super) fn promote(&mut self, gift: &PromotionalGrant, now: Instant) -> Decision {
        let body = EntryBody {
            description: Some(gift.reason.clone()),
            actor: Some(gift.actor.clone()),
            ..EntryBody::of(EntryKind::Grant)
        };
        let by_default = now.one_calendar_year_later().unwrap();
        let ends = gift.expires_at.unwrap_or(by_default);
        if ends <= now {
            return Err(Rejection::ExpiryIsNotInTheFuture);
        }
        let amount = micros(gift.credits);
        self.has_room(amount, now)?;
        self.book_due(now);
        let lot = self.new_lot(0, Source::Promotion, None, amount, ends, now);
        self.lot_mut(lot.lot_id).priority = gift.priority;
        let entry = self.enter(with_lots(body, vec![lot]), now);
        self.pay_debt(now);
        let available = credits(self.available(now));
        Ok(Outcome::Given { entry, available })
    }

    /// A lot for each gift that is one; then what is owed is paid, as far as it goes.
    pub(super) fn grant(
        &mut self,
        gifts: &[(Source, i128)],
        purchase: Option<PurchaseId>,
        ends: Instant,
        body: EntryBody,
        now: Instant,
    ) -> Entry {
        let mut lots = Vec::new();
        for (index, (source, amount)) in (0..).zip(gifts) {
            if *amount > 0 {
                lots.push(self.new_lot(index, *source, purchase, *amount, ends, now));
            }
        }
        let entry = self.enter(with_lots(body, lots), now);
        self.pay_debt(now);
        entry
    }

    /// As far as what can be spent goes.
    pub(super) fn pay_debt(&mut self, now: Instant) {
        let payment = self.debt.min(self.available(now));
        if payment <= 0 {
            return;
        }
        let drawn = self.consume(payment, now);
        let body = EntryBody {
            debt_change: credits(-payment),
            ..EntryBody::of(EntryKind::DebtPayment)
        };
        let lots = self.said(&gone(&drawn));
        self.enter(with_lots(body, lots), now);
    }
}
