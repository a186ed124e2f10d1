//! What has become of an auto-recharge: how its attempts ended, and what keeps it from the next one.
//! Whoever decides tells each step; told again, it changes nothing.

use super::{AutoRecharge, CapNotice, Card, Consequence, Decline, Settings};
use crate::calendar::Period;
use crate::ids::PurchaseId;
use crate::instant::Instant;
use crate::money::Money;

/// After so many failures in a row a card is left alone until it is changed.
pub const MOST_FAILURES: u8 = 3;

/// How long a card is left alone after its first failure, and after its second.
pub const PAUSES_SECONDS: [i64; 2] = [3_600, 24 * 3_600];

/// Why a card is charged no more until it is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Suspension {
    /// As many in a row as there may be.
    TooManyFailures,
    /// Its issuer or Stripe said so.
    CardRefused,
    /// It was removed.
    CardRemoved,
    /// All of a payment with it went back, or is disputed.
    PaymentReversed,
}

/// A purchase that auto-recharge opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub purchase_id: PurchaseId,
    pub made_at: Instant,
    pub state: AttemptState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttemptState {
    UnderWay,
    /// The card's owner has to confirm the payment.
    NeedsAuthentication,
    Over,
}

/// Why the last attempt that failed did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub decline: Decline,
    pub at: Instant,
}

impl AutoRecharge {
    /// The attempt that has not ended.
    pub fn open_attempt(&self) -> Option<Attempt> {
        self.attempt
            .filter(|attempt| attempt.state != AttemptState::Over)
    }

    /// Sets what its owner wants. What became of the card stays: only another card changes that.
    pub fn set(&mut self, settings: Settings, now: Instant) {
        self.spending = self.spending.noticed(settings.cycle_cap);
        self.settings = Some(settings);
        self.updated_at = now;
    }

    /// Counts an attempt, before it is made.
    pub fn begin(&mut self, purchase_id: PurchaseId, now: Instant) {
        self.attempts = self.attempts.saturating_add(1);
        self.not_before = None;
        self.attempt = Some(Attempt {
            purchase_id,
            made_at: now,
            state: AttemptState::UnderWay,
        });
        self.updated_at = now;
    }

    /// The purchase was paid. Of an earlier one than the last, that changes only what was spent.
    pub fn succeed(&mut self, purchase_id: PurchaseId, price: Money, cycle: &Period, now: Instant) {
        let cap = self.settings.as_ref().map(|settings| settings.cycle_cap);
        self.spending = self.spending.in_cycle(cycle);
        self.spending.add(price, cap);
        self.updated_at = now;
        let last = self.attempt.as_mut();
        let Some(last) = last.filter(|attempt| attempt.purchase_id == purchase_id) else {
            return;
        };
        last.state = AttemptState::Over;
        self.failures = 0;
        self.not_before = None;
        // What was told to be wrong with the card was wrong.
        let was_declined =
            |why: &Suspension| matches!(why, Suspension::TooManyFailures | Suspension::CardRefused);
        self.suspension = self.suspension.filter(|why| !was_declined(why));
    }

    /// The payment of an open attempt was declined. Where the card's owner may still confirm it, the
    /// attempt goes on. A card that was changed meanwhile has nothing to answer for.
    pub fn decline(
        &mut self,
        purchase_id: PurchaseId,
        payment_method_id: &str,
        decline: &Decline,
        now: Instant,
    ) {
        let Some(attempt) = self.open_attempt_of(purchase_id) else {
            return;
        };
        let consequence = decline.consequence();
        let is_known = attempt.state == AttemptState::NeedsAuthentication;
        if is_known && consequence == Consequence::Authenticate {
            return;
        }
        self.updated_at = now;
        let card = self.usable_card();
        if card.is_none_or(|card| card.payment_method_id != payment_method_id) {
            self.end_attempt();
            return;
        }
        self.failures = self.failures.saturating_add(1);
        self.last_failure = Some(Failure {
            decline: decline.clone(),
            at: now,
        });
        if consequence == Consequence::Suspend {
            self.suspend(Suspension::CardRefused);
        } else if self.failures >= MOST_FAILURES {
            self.suspend(Suspension::TooManyFailures);
        } else if consequence == Consequence::Authenticate {
            self.set_attempt(AttemptState::NeedsAuthentication);
        } else {
            self.end_attempt();
            self.not_before = self.end_of_pause(now);
        }
    }

    /// The attempt ended without a decline: Stripe never came to it, or nobody confirmed the payment.
    /// The latter was counted as a failure when it was asked for.
    pub fn give_up(&mut self, purchase_id: PurchaseId, now: Instant) {
        let Some(attempt) = self.open_attempt_of(purchase_id) else {
            return;
        };
        // A card that was changed meanwhile has not failed.
        if attempt.state == AttemptState::NeedsAuthentication && self.failures > 0 {
            self.not_before = self.end_of_pause(now);
        }
        self.end_attempt();
        self.updated_at = now;
    }

    /// All of the money of a purchase went back, or its payer disputes it. Who takes money back is not
    /// charged again before they have saved a card again.
    pub fn reverse(&mut self, purchase_id: PurchaseId, payment_method_id: &str, now: Instant) {
        if self.open_attempt_of(purchase_id).is_some() {
            self.end_attempt();
            self.updated_at = now;
        }
        let card = self.usable_card();
        let is_charged = card.is_some_and(|card| card.payment_method_id == payment_method_id);
        if is_charged && self.suspension.is_none() {
            self.suspension = Some(Suspension::PaymentReversed);
            self.not_before = None;
            self.updated_at = now;
        }
    }

    /// Takes a card, unless it is known already. Another card begins anew.
    pub fn save_card(&mut self, card: Card, now: Instant) {
        let known = self.card.as_ref();
        if known.is_some_and(|known| !card.supersedes(known)) {
            return;
        }
        self.card = Some(card);
        self.failures = 0;
        self.not_before = None;
        self.suspension = None;
        self.updated_at = now;
    }

    /// The card is not to be charged any more, by its owner's wish or because Stripe has it no longer.
    pub fn remove_card(&mut self, payment_method_id: &str, now: Instant) {
        let known = self.card.as_mut();
        let known = known.filter(|card| card.payment_method_id == payment_method_id);
        let Some(card) = known.filter(|card| card.removed_at.is_none()) else {
            return;
        };
        card.removed_at = Some(now);
        self.suspension = Some(Suspension::CardRemoved);
        self.not_before = None;
        self.updated_at = now;
    }

    /// Stripe has the customer no longer, and with it no card.
    pub fn lose_customer(&mut self, customer_id: &str, now: Instant) {
        if self.customer_id.as_deref() != Some(customer_id) {
            return;
        }
        self.customer_id = None;
        self.updated_at = now;
        if let Some(card) = &self.card {
            self.remove_card(&card.payment_method_id.clone(), now);
        }
    }

    /// The next recharge would have passed the cap.
    pub fn notice_cap(&mut self, cycle: &Period, now: Instant) {
        self.spending = self.spending.in_cycle(cycle);
        self.spending.notice = Some(CapNotice::Reached);
        self.updated_at = now;
    }

    fn open_attempt_of(&self, purchase_id: PurchaseId) -> Option<Attempt> {
        self.open_attempt()
            .filter(|attempt| attempt.purchase_id == purchase_id)
    }

    fn suspend(&mut self, why: Suspension) {
        self.end_attempt();
        self.not_before = None;
        self.suspension = Some(why);
    }

    fn end_of_pause(&self, now: Instant) -> Option<Instant> {
        let place = usize::from(self.failures.saturating_sub(1));
        let pause = PAUSES_SECONDS.get(place).or(PAUSES_SECONDS.last())?;
        now.plus_seconds(*pause)
    }

    fn end_attempt(&mut self) {
        self.set_attempt(AttemptState::Over);
    }

    fn set_attempt(&mut self, state: AttemptState) {
        if let Some(attempt) = &mut self.attempt {
            attempt.state = state;
        }
    }
}
