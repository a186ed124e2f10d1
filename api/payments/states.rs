//! Stripe's words put into the ledger's: the same translation for an event and for an answer. It
//! judges nothing, and an unknown word never reads as money.

use ledger::purchase::{DisputeState, PaymentIntentState, RefundState, SessionState};
use ledger::recharge::{Advice, Decline};

/// The metadata we put on everything we make at Stripe, by which events find their purchase.
pub const PURCHASE_ID: &str = "purchase_id";
pub const ACCOUNT_ID: &str = "account_id";

/// Where a checkout session stands. A free session says `no_payment_required` from the start, so
/// the session's own status goes first.
pub fn session_state(status: Option<&str>, payment_status: &str) -> SessionState {
    match (status, payment_status) {
        (Some("open"), _) => SessionState::Open,
        (Some("expired"), _) => SessionState::Expired,
        (Some("complete"), "paid") => SessionState::CompletePaid,
        (Some("complete"), "unpaid") => SessionState::CompleteUnpaid,
        (Some("complete"), "no_payment_required") => SessionState::CompleteNoPaymentRequired,
        _ => SessionState::CompleteUnknown,
    }
}

/// Whether an attempt to pay has failed, as far as the object tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastAttempt {
    NoneOrPending,
    Failed,
}

/// `requires_payment_method` is where a payment starts, and where a failed attempt leaves it: the
/// error of the last attempt tells the two apart.
pub fn payment_intent_state(status: &str, last_attempt: LastAttempt) -> PaymentIntentState {
    match (status, last_attempt) {
        ("succeeded", _) => PaymentIntentState::Succeeded,
        ("canceled", _) => PaymentIntentState::Canceled,
        // Authorised and not yet captured is money under way as well.
        ("processing" | "requires_capture", _) => PaymentIntentState::Processing,
        ("requires_payment_method", LastAttempt::Failed) => PaymentIntentState::Failed,
        _ => PaymentIntentState::AwaitingCustomer,
    }
}

/// The issuer's reason if there is one, else Stripe's code; without either, what Stripe says of every
/// declined card.
pub fn decline(
    code: Option<String>,
    decline_code: Option<String>,
    advice: Option<&str>,
) -> Decline {
    let code = decline_code.filter(|code| !code.is_empty()).or(code);
    Decline {
        code: code.map_or_else(|| "card_declined".to_owned(), storable),
        advice: advice.and_then(Advice::parse),
    }
}

/// How far a refund has come. A word we do not know takes nothing away.
pub fn refund_state(status: Option<&str>) -> RefundState {
    match status {
        Some("succeeded") => RefundState::Succeeded,
        Some("failed") => RefundState::Failed,
        Some("canceled") => RefundState::Canceled,
        Some("requires_action") => RefundState::RequiresAction,
        _ => RefundState::Pending,
    }
}

/// How far a dispute has come. A word we do not know keeps the credits from use, and takes none.
pub fn dispute_state(status: &str) -> DisputeState {
    match status {
        "warning_needs_response" | "warning_under_review" | "warning_closed" => {
            DisputeState::Inquiry
        }
        "needs_response" => DisputeState::NeedsResponse,
        "under_review" => DisputeState::UnderReview,
        "prevented" => DisputeState::Prevented,
        "won" => DisputeState::Won,
        "lost" => DisputeState::Lost,
        _ => DisputeState::Unknown,
    }
}

/// PostgreSQL takes no NUL in a text. A name that holds one is none of ours, and stays so.
pub fn storable(text: String) -> String {
    if text.contains('\0') {
        text.replace('\0', "\u{fffd}")
    } else {
        text
    }
}
