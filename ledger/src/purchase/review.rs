//! Whether one session pays for our purchase, or one payment of an auto-recharge, or whether it needs
//! a person or is still under way. It judges each by itself and never looks at another.

use super::payment::Payment;
use super::{PaymentIntentSnapshot, PaymentIntentState, SessionSnapshot, SessionState, Terms};

/// Why a person has to look. Of several reasons the first in this order is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewReason {
    /// Granted once, and money came in a second time.
    DuplicatePayment,
    /// A test session on a live purchase, or the reverse.
    ModeMismatch,
    /// The session names another purchase, or none.
    PurchaseMismatch,
    /// The session names another account, or none.
    AccountMismatch,
    /// The purchase has a session, and this is another one.
    SessionMismatch,
    CurrencyMismatch,
    AmountMismatch,
    NoPaymentRequiredForPricedPurchase,
    /// Stripe gave a payment status that this code does not know.
    UnknownPaymentStatus,
}

/// What one payment means for the purchase.
pub(super) enum Verdict {
    Pays,
    NeedsReview(ReviewReason),
    /// Ours, and no money yet.
    Waits,
    /// Another purchase's session without money in it: nothing to us.
    Irrelevant,
}

pub(super) fn judge(terms: &Terms, payment: Payment<'_>) -> Verdict {
    match payment {
        Payment::Session(session) => judge_session(terms, session),
        Payment::OffSession(intent) => judge_off_session(terms, intent),
    }
}

fn judge_session(terms: &Terms, session: &SessionSnapshot) -> Verdict {
    let is_free = terms.price.amount_minor == 0;
    match session.state {
        SessionState::Open
        | SessionState::Expired
        | SessionState::CompleteUnpaid
        | SessionState::CompletePaymentFailed => match identity_mismatch(terms, session) {
            Some(_) => Verdict::Irrelevant,
            None => Verdict::Waits,
        },
        SessionState::CompleteUnknown => {
            let mismatch = identity_mismatch(terms, session);
            Verdict::NeedsReview(mismatch.unwrap_or(ReviewReason::UnknownPaymentStatus))
        }
        SessionState::CompleteNoPaymentRequired if !is_free => {
            let mismatch = identity_mismatch(terms, session);
            let unpaid = ReviewReason::NoPaymentRequiredForPricedPurchase;
            Verdict::NeedsReview(mismatch.unwrap_or(unpaid))
        }
        SessionState::CompleteNoPaymentRequired | SessionState::CompletePaid => {
            let payment = Payment::Session(session);
            match identity_mismatch(terms, session).or_else(|| price_mismatch(terms, payment)) {
                Some(reason) => Verdict::NeedsReview(reason),
                None => Verdict::Pays,
            }
        }
    }
}

/// A payment with the saved card. That it succeeded is not enough: it has to say what was charged, and
/// for whom.
fn judge_off_session(terms: &Terms, intent: &PaymentIntentSnapshot) -> Verdict {
    let (PaymentIntentState::Succeeded, Some(charged)) = (intent.state, &intent.charged) else {
        return Verdict::Waits;
    };
    let mismatch = if charged.livemode != terms.livemode {
        Some(ReviewReason::ModeMismatch)
    } else if intent.purchase_id.as_deref() != Some(terms.purchase_id.to_string().as_str()) {
        Some(ReviewReason::PurchaseMismatch)
    } else if charged.account_id.as_deref() != Some(terms.account_id.as_str()) {
        Some(ReviewReason::AccountMismatch)
    } else {
        price_mismatch(terms, Payment::OffSession(intent))
    };
    mismatch.map_or(Verdict::Pays, Verdict::NeedsReview)
}

/// Whose session it is. The session's own id is the best proof; until we know it, Stripe has to
/// repeat both our purchase id and our account id, and whatever it repeats must be right.
fn identity_mismatch(terms: &Terms, session: &SessionSnapshot) -> Option<ReviewReason> {
    let purchase_id = terms.purchase_id.to_string();
    let names_another =
        |name: &Option<String>, ours: &str| name.as_deref().is_some_and(|it| it != ours);
    let names_no_purchase =
        session.client_reference_id.is_none() && session.metadata_purchase_id.is_none();
    let session_is_unknown = terms.session_id.is_none();

    if session.livemode != terms.livemode {
        Some(ReviewReason::ModeMismatch)
    } else if names_another(&session.client_reference_id, &purchase_id)
        || names_another(&session.metadata_purchase_id, &purchase_id)
        || (session_is_unknown && names_no_purchase)
    {
        Some(ReviewReason::PurchaseMismatch)
    } else if names_another(&session.metadata_account_id, terms.account_id.as_str())
        || (session_is_unknown && session.metadata_account_id.is_none())
    {
        Some(ReviewReason::AccountMismatch)
    } else if names_another(&terms.session_id, &session.id) {
        Some(ReviewReason::SessionMismatch)
    } else {
        None
    }
}

/// What is absent doesn't match. The currency's case is not a difference: Stripe writes lower
/// case, ISO upper.
fn price_mismatch(terms: &Terms, payment: Payment<'_>) -> Option<ReviewReason> {
    // Stripe writes currencies in lower case: one written otherwise is not from its API.
    if payment.currency() != Some(terms.price.currency.as_str()) {
        Some(ReviewReason::CurrencyMismatch)
    } else if payment.price_minor(terms) != Some(terms.price.amount_minor) {
        Some(ReviewReason::AmountMismatch)
    } else {
        None
    }
}
