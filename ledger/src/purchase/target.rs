//! The state a purchase belongs in, by its terms and the facts alone: absolute, so that whoever
//! applies it posts only what is missing. It never looks at what was posted before.

use super::reversal::Reversal;
use super::review::{Verdict, judge};
use super::{
    Facts, PaymentIntentState, ReviewReason, Ruling, SessionSnapshot, SessionState, Terms,
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
    /// The session whose payment is granted.
    pub paid_session_id: Option<String>,
    pub payment_intent_id: Option<String>,
}

/// A session that pays wins over all others, and grants once however many there are: of several the
/// one whose money stayed. Failing that, one that needs a person; failing that, the one that has
/// come furthest.
pub fn target(terms: &Terms, facts: &Facts) -> Target {
    // Money that a person rejected pays only where no other does.
    let mut paying: Option<((bool, Reversal), &SessionSnapshot)> = None;
    let mut review: Option<(ReviewReason, &SessionSnapshot)> = None;
    let mut waiting: Option<(PurchaseStatus, &SessionSnapshot)> = None;
    let mut wait = |status, session| {
        waiting = waiting
            .filter(|(most, _)| *most >= status)
            .or(Some((status, session)));
    };
    for session in facts.sessions.values() {
        let reversal = Reversal::of(session, facts);
        let ruling = facts.ruling_on(&session.id);
        let preference = (ruling == Some(Ruling::Rejected), reversal);
        match ruled(judge(terms, session), ruling) {
            // In order of id, so the same one is chosen whichever was paid first.
            Verdict::Pays if paying.as_ref().is_none_or(|(least, _)| preference < *least) => {
                paying = Some((preference, session));
            }
            // The money is back where it came from: nobody has to look any more.
            Verdict::NeedsReview(_) if reversal.is_whole() => {
                wait(PurchaseStatus::Refunded, session);
            }
            // A person has looked.
            Verdict::NeedsReview(_) if ruling == Some(Ruling::Rejected) => {
                wait(PurchaseStatus::Failed, session);
            }
            Verdict::NeedsReview(reason) => {
                review = review
                    .filter(|(first, _)| *first <= reason)
                    .or(Some((reason, session)));
            }
            Verdict::Waits => wait(waiting_status(session, facts), session),
            Verdict::Pays | Verdict::Irrelevant => {}
        }
    }
    let reason = review.map(|(reason, _)| reason);
    if let Some(((_, reversal), session)) = paying {
        return Target {
            review: if has_second_payment(session, facts) {
                Some(ReviewReason::DuplicatePayment)
            } else {
                reason
            },
            ..granted(terms, &reversal, session)
        };
    }
    let (status, session) = match (review, waiting) {
        (Some((_, session)), _) => (PurchaseStatus::Review, Some(session)),
        (None, Some((status, session))) => (status, Some(session)),
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
        paid_session_id: None,
        payment_intent_id: session
            .and_then(|session| session.payment_intent_id.clone())
            .or_else(|| claimed_payment_intent(terms, facts)),
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

/// Of a purchase that this session pays for.
fn granted(terms: &Terms, reversal: &Reversal, session: &SessionSnapshot) -> Target {
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
        paid_session_id: Some(session.id.clone()),
        payment_intent_id: session.payment_intent_id.clone(),
    }
}

/// Whether another session than the one that is granted holds money, too. Once all of that went back
/// nobody has to look at it any more.
fn has_second_payment(granted: &SessionSnapshot, facts: &Facts) -> bool {
    facts.sessions.values().any(|session| {
        session.id != granted.id
            && session.state == SessionState::CompletePaid
            && facts.ruling_on(&session.id) != Some(Ruling::Rejected)
            && !Reversal::of(session, facts).is_whole()
    })
}

/// A payment intent alone neither grants nor fails a purchase. It decides only between waiting
/// and failed: a complete session whose delayed payment failed says the same `unpaid` as before,
/// and money that arrived must not read as failed while the session's own word is on its way.
fn waiting_status(session: &SessionSnapshot, facts: &Facts) -> PurchaseStatus {
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

/// The payment intent that says it is ours, for when no session has named one yet.
fn claimed_payment_intent(terms: &Terms, facts: &Facts) -> Option<String> {
    let purchase_id = terms.purchase_id.to_string();
    facts
        .payment_intents
        .values()
        .find(|payment_intent| payment_intent.purchase_id.as_ref() == Some(&purchase_id))
        .map(|payment_intent| payment_intent.id.clone())
}
