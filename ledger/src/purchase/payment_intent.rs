//! One payment intent as Stripe showed it at some moment. It maps ids, and it can tell that a
//! delayed payment failed; it grants credits only where a saved card was charged by ourselves.

use std::cmp::Ordering;

use crate::instant::Instant;
use crate::recharge::{Consequence, Decline};

/// Unlike a session's, this state runs in circles until the payment succeeds or is cancelled: a
/// declined card is `Failed`, the direct debit tried next is `Processing`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaymentIntentState {
    /// Waits for a payment method, a confirmation or an authentication, without a failure.
    AwaitingCustomer,
    Processing,
    /// `requires_payment_method` with an error of the last attempt.
    Failed,
    Canceled,
    Succeeded,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentIntentSnapshot {
    pub id: String,
    pub state: PaymentIntentState,
    /// When Stripe said so: the event's `created`, or the moment of the answer to our question.
    pub observed_at: Instant,
    /// Our purchase id, from the metadata.
    pub purchase_id: Option<String>,
    /// Where the payer sees the receipt. Once known it stays known: only a charge tells it.
    pub receipt_url: Option<String>,
    /// What was paid, once it was. As the receipt, it stays known: a charge does not tell it.
    pub charged: Option<Charged>,
    /// Why the last attempt failed, if it did.
    pub decline: Option<Decline>,
}

/// What a payment intent that succeeded says of itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Charged {
    pub amount_minor: i64,
    pub currency: String,
    pub livemode: bool,
    /// Our account id, from the metadata.
    pub account_id: Option<String>,
}

impl PaymentIntentSnapshot {
    /// Whether it failed only because the card's owner has to confirm it.
    pub fn needs_authentication(&self) -> bool {
        let decline = self.decline.as_ref();
        self.state == PaymentIntentState::Failed
            && decline.is_some_and(|it| it.consequence() == Consequence::Authenticate)
    }
}

impl PaymentIntentState {
    /// Success is the last word, then cancellation; all the rest can follow one another.
    const fn finality(self) -> u8 {
        match self {
            Self::AwaitingCustomer | Self::Processing | Self::Failed => 0,
            Self::Canceled => 1,
            Self::Succeeded => 2,
        }
    }
}

/// A total order, as for sessions: the most final first, then the latest, then any order that
/// does not depend on who came first.
impl Ord for PaymentIntentSnapshot {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |snapshot: &Self| {
            (
                snapshot.state.finality(),
                snapshot.observed_at,
                snapshot.state,
            )
        };
        key(self)
            .cmp(&key(other))
            .then_with(|| self.purchase_id.cmp(&other.purchase_id))
            .then_with(|| self.id.cmp(&other.id))
            .then_with(|| self.receipt_url.cmp(&other.receipt_url))
            .then_with(|| self.charged.cmp(&other.charged))
            .then_with(|| self.decline.cmp(&other.decline))
    }
}

impl PartialOrd for PaymentIntentSnapshot {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
