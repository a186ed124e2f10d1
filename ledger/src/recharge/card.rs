//! The card that an auto-recharge charges, as Stripe describes it. No number of it ever comes here.

use crate::instant::Instant;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Stripe's id of the payment method.
    pub payment_method_id: String,
    pub brand: String,
    pub last4: String,
    pub exp_month: i16,
    pub exp_year: i16,
    /// When Stripe made the payment method.
    pub added_at: Instant,
    /// Since when it is not to be charged any more.
    pub removed_at: Option<Instant>,
}

impl Card {
    /// Whether it takes the place of `known`. News of cards come late and twice: only one added after
    /// the known one is another card, and one that was removed stays so.
    pub fn supersedes(&self, known: &Card) -> bool {
        let order = |card: &Card| (card.added_at, card.payment_method_id.clone());
        order(self) > order(known)
    }
}
