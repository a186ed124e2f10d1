//! The state a purchase belongs in, by its terms and the facts alone: absolute, so that whoever
//! applies it posts only what is missing. It never looks at what was posted before.

use super::payment::{Payment, payments};
use super::reversal::Reversal;
use super::review::{Verdict, judge};
use super::{
    Facts, PaymentIntentSnapshot, PaymentIntentState, ReviewReason, Ruling, SessionSnapshot,
    SessionState, Terms,
};
use crate::credits::Credits;

/// In ascending order of what one session says about the purchase when there are several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PurchaseStatus {
    /// Priced by us, unknown to Stripe.
    Created,
    Expired,
    Failed,
    Open,
    /// A delayed payment is under way.
    AwaitingFunds,
    /// All of the money went back.
    Refunded,
    /// A person has to decide; nothing is granted.
    Review,
    /// Granted, and the payer's bank has the money back until it has decided.
    Disputed,
    Paid,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub status: PurchaseStatus,
    /// Granted in all, without the bonus.
    pub credits: Credits,
    pub bonus: Credits,
    /// Taken back of both, because money went back.
    pub clawed: Credits,
    /// Kept from use of both, until disputes have ended.
    pub frozen: Credits,
    /// Set with status `Review`, and with `Paid` if there is more money than the price.
    pub review: Option<ReviewReason>,
    /// The session whose payment is granted; of an auto-recharge, the payment intent.
    pub paid_by: Option<String>,
    pub payment_intent_id: Option<String>,
}

/// A payment that pays wins over all others, and grants once however many there are: of several the
/// one whose money stayed. Failing that, one that needs a person; failing that, the one that has
/// come furthest.
pub fn target(terms: &Terms, facts: &Facts) -> Target {
    let mut weighed = Weighed::default();
    for payment in payments(terms, facts) {
        weighed.weigh(terms, facts, payment);
    }
    let reason = weighed.review.map(|(reason, _)| reason);
    if let Some(((_, reversal), payment)) = weighed.paying {
        return Target {
            review: if has_second_payment(payment, terms, facts) {
                Some(ReviewReason::DuplicatePayment)
            } else {
                reason
            },
            ..granted(terms, &reversal, payment)
        };
    }
    let (status, payment) = match (weighed.review, weighed.waiting) {
        (Some((_, payment)), _) => (PurchaseStatus::Review, Some(payment)),
        (None, Some((status, payment))) => (status, Some(payment)),
        // Our call to Stripe was answered, and nothing was heard since.
        (None, None) if terms.session_id.is_some() => (PurchaseStatus::Open, None),
        (None, None) => (PurchaseStatus::Created, None),
    };
    Target {
        status,
        credits: Credits::ZERO,
        bonus: Credits::ZERO,
        clawed: Credits::ZERO,
        frozen: Credits::ZERO,
        review: reason,
        paid_by: None,
        payment_intent_id: payment
            .and_then(|payment| payment.payment_intent_id().map(str::to_owned))
            .or_else(|| claimed_payment_intent(terms, facts)),
    }
}

/// The best payment of each kind, so far.
#[derive(Default)]
struct Weighed<'a> {
    /// Money that a person rejected pays only where no other does.
    paying: Option<((bool, Reversal), Payment<'a>)>,
    review: Option<(ReviewReason, Payment<'a>)>,
    waiting: Option<(PurchaseStatus, Payment<'a>)>,
}

impl<'a> Weighed<'a> {
    fn weigh(&mut self, terms: &Terms, facts: &Facts, payment: Payment<'a>) {
        let reversal = Reversal::of(payment, facts);
        let ruling = facts.ruling_on(payment.told_by());
        match ruled(judge(terms, payment), ruling) {
            Verdict::Pays => {
                let preference = (ruling == Some(Ruling::Rejected), reversal);
                // In order of id, so the same one is chosen whichever was paid first.
                self.paying = self
                    .paying
                    .filter(|(least, _)| *least <= preference)
                    .or(Some((preference, payment)));
            }
            // The money is back where it came from: nobody has to look any more.
            Verdict::NeedsReview(_) if reversal.is_whole() => {
                self.wait(PurchaseStatus::Refunded, payment);
            }
            // A person has looked.
            Verdict::NeedsReview(_) if ruling == Some(Ruling::Rejected) => {
                self.wait(PurchaseStatus::Failed, payment);
            }
            Verdict::NeedsReview(reason) => {
                self.review = self
                    .review
                    .filter(|(first, _)| *first <= reason)
                    .or(Some((reason, payment)));
            }
            Verdict::Waits => {
                if let Some(status) = waiting_status(terms, facts, payment) {
                    self.wait(status, payment);
                }
            }
            Verdict::Irrelevant => {}
        }
    }

    fn wait(&mut self, status: PurchaseStatus, payment: Payment<'a>) {
        self.waiting = self
            .waiting
            .filter(|(most, _)| *most >= status)
            .or(Some((status, payment)));
    }
}

/// A person's word counts where the rules have none.
fn ruled(verdict: Verdict, ruling: Option<Ruling>) -> Verdict {
    match verdict {
        Verdict::NeedsReview(reason)
            if ruling == Some(Ruling::Accepted) && reason.can_be_accepted() =>
        {
            Verdict::Pays
        }
        verdict => verdict,
    }
}

/// Of a purchase that this payment pays for.
fn granted(terms: &Terms, reversal: &Reversal, payment: Payment<'_>) -> Target {
    let total = terms.credits.checked_add(terms.bonus).unwrap_or_default();
    let status = if reversal.is_whole() {
        PurchaseStatus::Refunded
    } else if reversal.is_disputed() {
        PurchaseStatus::Disputed
    } else {
        PurchaseStatus::Paid
    };
    Target {
        status,
        credits: terms.credits,
        bonus: terms.bonus,
        clawed: reversal.clawed(total),
        frozen: reversal.frozen(total),
        review: None,
        paid_by: Some(payment.told_by().to_owned()),
        payment_intent_id: payment.payment_intent_id().map(str::to_owned),
    }
}

/// Whether another payment than the one that is granted holds money, too. Once all of that went back
/// nobody has to look at it any more.
fn has_second_payment(granted: Payment<'_>, terms: &Terms, facts: &Facts) -> bool {
    payments(terms, facts).any(|payment| {
        payment.told_by() != granted.told_by()
            && payment.is_paid()
            && facts.ruling_on(payment.told_by()) != Some(Ruling::Rejected)
            && !Reversal::of(payment, facts).is_whole()
    })
}

/// Where a payment stands that has not paid; `None` if it says nothing of the purchase.
fn waiting_status(terms: &Terms, facts: &Facts, payment: Payment<'_>) -> Option<PurchaseStatus> {
    match payment {
        Payment::Session(session) => Some(session_status(session, facts)),
        Payment::OffSession(intent) => off_session_status(terms, intent),
    }
}

/// A payment intent alone neither grants nor fails a purchase. It decides only between waiting
/// and failed: a complete session whose delayed payment failed says the same `unpaid` as before,
/// and money that arrived must not read as failed while the session's own word is on its way.
fn session_status(session: &SessionSnapshot, facts: &Facts) -> PurchaseStatus {
    let payment = session
        .payment_intent_id
        .as_ref()
        .and_then(|id| facts.payment_intents.get(id))
        .map(|payment_intent| payment_intent.state);
    match (session.state, payment) {
        (SessionState::Open, _) => PurchaseStatus::Open,
        (_, Some(PaymentIntentState::Succeeded)) => PurchaseStatus::AwaitingFunds,
        (SessionState::Expired, _) => PurchaseStatus::Expired,
        (SessionState::CompletePaymentFailed, _)
        | (_, Some(PaymentIntentState::Failed | PaymentIntentState::Canceled)) => {
            PurchaseStatus::Failed
        }
        _ => PurchaseStatus::AwaitingFunds,
    }
}

/// Where a payment with the saved card stands that has not paid. One that its owner may still confirm
/// says nothing: the session that is made for that will.
fn off_session_status(terms: &Terms, intent: &PaymentIntentSnapshot) -> Option<PurchaseStatus> {
    match intent.state {
        PaymentIntentState::Succeeded | PaymentIntentState::Processing => {
            Some(PurchaseStatus::AwaitingFunds)
        }
        PaymentIntentState::AwaitingCustomer => None,
        PaymentIntentState::Failed | PaymentIntentState::Canceled
            if terms.session_id.is_some() || intent.needs_authentication() =>
        {
            None
        }
        PaymentIntentState::Failed | PaymentIntentState::Canceled => Some(PurchaseStatus::Failed),
    }
}

/// The payment intent that says it is ours, for when no session has named one yet.
fn claimed_payment_intent(terms: &Terms, facts: &Facts) -> Option<String> {
    let purchase_id = terms.purchase_id.to_string();
    facts
        .payment_intents
        .values()
        .find(|payment_intent| payment_intent.purchase_id.as_ref() == Some(&purchase_id))
        .map(|payment_intent| payment_intent.id.clone())
}
