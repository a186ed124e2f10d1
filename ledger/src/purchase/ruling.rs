//! What a person decided about money that the rules could not place. It is a fact like Stripe's own:
//! the target is read off it, and nothing is granted beside the target.

use super::payment::{Payment, payments};
use super::reversal::Reversal;
use super::review::{ReviewReason, Verdict, judge};
use super::{Facts, Terms, target};
use crate::instant::Instant;

/// In ascending order: who rejected may accept later; what was accepted is granted, and stays so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ruling {
    /// The money grants nothing. What becomes of it is for a refund to say.
    Rejected,
    /// The money pays for the purchase as it was agreed.
    Accepted,
}

/// Ordered by the ruling first, as Stripe's snapshots are by their state.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RulingSnapshot {
    /// The session that tells the payment; of an auto-recharge, the payment intent.
    pub about: String,
    pub ruling: Ruling,
    pub ruled_at: Instant,
    pub actor: String,
    pub reason: String,
}

/// The payments that such a ruling can be made on, by what tells them, each with what is wrong with it:
/// those that nobody has ruled on, or not as far. Money that is back where it came from waits for
/// nobody.
pub fn open_to<'a>(
    ruling: Ruling,
    terms: &'a Terms,
    facts: &'a Facts,
) -> Vec<(&'a str, ReviewReason)> {
    let granted = target(terms, facts).paid_by;
    payments(terms, facts)
        .filter(|payment| facts.ruling_on(payment.told_by()) < Some(ruling))
        .filter(|payment| !Reversal::of(*payment, facts).is_whole())
        .filter_map(|payment| {
            let reason = reason(terms, payment, granted.as_deref())?;
            Some((payment.told_by(), reason))
        })
        .collect()
}

fn reason(terms: &Terms, payment: Payment<'_>, granted: Option<&str>) -> Option<ReviewReason> {
    let is_second = granted.is_some_and(|granted| granted != payment.told_by());
    match judge(terms, payment) {
        _ if is_second && payment.is_paid() => Some(ReviewReason::DuplicatePayment),
        Verdict::NeedsReview(reason) => Some(reason),
        Verdict::Pays | Verdict::Waits | Verdict::Irrelevant => None,
    }
}

impl ReviewReason {
    /// Test money never becomes credits that are worth something, and no purchase is granted twice.
    pub const fn can_be_accepted(self) -> bool {
        !matches!(self, Self::ModeMismatch | Self::DuplicatePayment)
    }
}
