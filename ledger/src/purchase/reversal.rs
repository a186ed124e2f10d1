//! How much of one payment went back to the payer, or may yet. In minor units; sums are of 128 bits,
//! so that no number Stripe can write overflows them.

use super::payment::Payment;
use super::{DisputeState, Facts, RefundState};
use crate::credits::Credits;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reversal {
    paid: i128,
    /// Refunded, or lost in a dispute: at most what was paid.
    reversed: i128,
    /// Under dispute, of what is left.
    disputed: i128,
}

impl Reversal {
    /// What the facts say of the payment: of all that was paid, its tax included, because that is what
    /// refunds and disputes are parts of. Nobody gives back what cost nothing.
    pub(super) fn of(payment: Payment<'_>, facts: &Facts) -> Reversal {
        let total = i128::from(payment.amount_minor().unwrap_or(0).max(0));
        let currency_of_ours = payment.currency();
        let Some(payment) = payment.payment_intent_id() else {
            return Reversal {
                paid: total,
                ..Reversal::default()
            };
        };
        // Banks dispute in currencies of their own; then all of the payment is meant.
        let in_ours = |amount: i64, currency: &str| {
            if Some(currency) == currency_of_ours {
                i128::from(amount.max(0))
            } else {
                total
            }
        };
        let refunds = facts.refunds.values();
        let refunded = refunds
            .filter(|refund| refund.payment_intent_id == payment)
            .filter(|refund| refund.state == RefundState::Succeeded)
            .map(|refund| in_ours(refund.amount_minor, &refund.currency));
        let disputed_in = |wanted: fn(DisputeState) -> bool| {
            let disputes = facts.disputes.values();
            disputes
                .filter(|dispute| dispute.payment_intent_id == payment)
                .filter(|dispute| wanted(dispute.state))
                .map(|dispute| in_ours(dispute.amount_minor, &dispute.currency))
                .fold(0_i128, i128::saturating_add)
        };
        let lost = disputed_in(|state| state == DisputeState::Lost);
        let reversed = refunded.fold(lost, i128::saturating_add).min(total);
        let left = total.saturating_sub(reversed);
        Reversal {
            paid: total,
            reversed,
            disputed: disputed_in(DisputeState::is_open).min(left),
        }
    }

    pub const fn is_whole(&self) -> bool {
        self.paid > 0 && self.reversed == self.paid
    }

    pub const fn is_disputed(&self) -> bool {
        self.disputed > 0
    }

    /// The part of what was granted that goes with the money that went back, rounded down: all of it
    /// if all of the money did.
    pub fn clawed(&self, granted: Credits) -> Credits {
        self.share(granted, self.reversed)
    }

    /// The part of it that waits for the disputes' end.
    pub fn frozen(&self, granted: Credits) -> Credits {
        self.share(granted, self.disputed)
    }

    fn share(&self, granted: Credits, part: i128) -> Credits {
        let share = i128::from(granted.micro()).saturating_mul(part);
        let share = share.checked_div(self.paid).unwrap_or(0);
        i64::try_from(share).map_or(granted, Credits::from_micro)
    }
}

/// The payment that least went back of comes first.
impl Ord for Reversal {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |it: &Self| (it.reversed, it.disputed, it.paid);
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Reversal {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
