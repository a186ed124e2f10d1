//! The small numbers and names that stand for states in the database. A number, once given, keeps
//! its meaning for ever.

use ledger::hold::{HoldStatus, Overage};
use ledger::purchase::{
    DisputeState, PaymentIntentState, PurchaseStatus, RefundState, ReviewReason, Ruling,
    SessionState, Tax,
};
use ledger::recharge::{AttemptState, CapNotice, Suspension};

use super::StoreError;

pub const fn status_code(it: PurchaseStatus) -> i16 {
    match it {
        PurchaseStatus::Created => 1,
        PurchaseStatus::Open => 2,
        PurchaseStatus::AwaitingFunds => 3,
        PurchaseStatus::Paid => 4,
        PurchaseStatus::Expired => 5,
        PurchaseStatus::Failed => 6,
        PurchaseStatus::Review => 7,
        PurchaseStatus::Disputed => 8,
        PurchaseStatus::Refunded => 9,
    }
}

pub fn status_from_code(code: i16) -> Result<PurchaseStatus, StoreError> {
    match code {
        1 => Ok(PurchaseStatus::Created),
        2 => Ok(PurchaseStatus::Open),
        3 => Ok(PurchaseStatus::AwaitingFunds),
        4 => Ok(PurchaseStatus::Paid),
        5 => Ok(PurchaseStatus::Expired),
        6 => Ok(PurchaseStatus::Failed),
        7 => Ok(PurchaseStatus::Review),
        8 => Ok(PurchaseStatus::Disputed),
        9 => Ok(PurchaseStatus::Refunded),
        _ => Err(StoreError::corrupt(format!("purchases.status is {code}"))),
    }
}

pub const fn session_state_code(it: SessionState) -> i16 {
    match it {
        SessionState::Open => 1,
        SessionState::Expired => 2,
        SessionState::CompleteUnpaid => 3,
        SessionState::CompletePaymentFailed => 4,
        SessionState::CompleteUnknown => 5,
        SessionState::CompleteNoPaymentRequired => 6,
        SessionState::CompletePaid => 7,
    }
}

pub fn session_state_from_code(code: i16) -> Result<SessionState, StoreError> {
    match code {
        1 => Ok(SessionState::Open),
        2 => Ok(SessionState::Expired),
        3 => Ok(SessionState::CompleteUnpaid),
        4 => Ok(SessionState::CompletePaymentFailed),
        5 => Ok(SessionState::CompleteUnknown),
        6 => Ok(SessionState::CompleteNoPaymentRequired),
        7 => Ok(SessionState::CompletePaid),
        _ => Err(StoreError::corrupt(format!(
            "purchase_facts.state is {code}"
        ))),
    }
}

pub const fn payment_intent_state_code(it: PaymentIntentState) -> i16 {
    match it {
        PaymentIntentState::AwaitingCustomer => 1,
        PaymentIntentState::Processing => 2,
        PaymentIntentState::Failed => 3,
        PaymentIntentState::Canceled => 4,
        PaymentIntentState::Succeeded => 5,
    }
}

pub fn payment_intent_state_from_code(code: i16) -> Result<PaymentIntentState, StoreError> {
    match code {
        1 => Ok(PaymentIntentState::AwaitingCustomer),
        2 => Ok(PaymentIntentState::Processing),
        3 => Ok(PaymentIntentState::Failed),
        4 => Ok(PaymentIntentState::Canceled),
        5 => Ok(PaymentIntentState::Succeeded),
        _ => Err(StoreError::corrupt(format!(
            "purchase_facts.state is {code}"
        ))),
    }
}

pub const fn refund_state_code(it: RefundState) -> i16 {
    match it {
        RefundState::Pending => 1,
        RefundState::RequiresAction => 2,
        RefundState::Succeeded => 3,
        RefundState::Canceled => 4,
        RefundState::Failed => 5,
    }
}

pub fn refund_state_from_code(code: i16) -> Result<RefundState, StoreError> {
    match code {
        1 => Ok(RefundState::Pending),
        2 => Ok(RefundState::RequiresAction),
        3 => Ok(RefundState::Succeeded),
        4 => Ok(RefundState::Canceled),
        5 => Ok(RefundState::Failed),
        _ => Err(StoreError::corrupt(format!(
            "purchase_facts.state is {code}"
        ))),
    }
}

pub const fn dispute_state_code(it: DisputeState) -> i16 {
    match it {
        DisputeState::Inquiry => 1,
        DisputeState::NeedsResponse => 2,
        DisputeState::UnderReview => 3,
        DisputeState::Unknown => 4,
        DisputeState::Prevented => 5,
        DisputeState::Won => 6,
        DisputeState::Lost => 7,
    }
}

pub fn dispute_state_from_code(code: i16) -> Result<DisputeState, StoreError> {
    match code {
        1 => Ok(DisputeState::Inquiry),
        2 => Ok(DisputeState::NeedsResponse),
        3 => Ok(DisputeState::UnderReview),
        4 => Ok(DisputeState::Unknown),
        5 => Ok(DisputeState::Prevented),
        6 => Ok(DisputeState::Won),
        7 => Ok(DisputeState::Lost),
        _ => Err(StoreError::corrupt(format!(
            "purchase_facts.state is {code}"
        ))),
    }
}

pub const fn ruling_code(it: Ruling) -> i16 {
    match it {
        Ruling::Rejected => 1,
        Ruling::Accepted => 2,
    }
}

pub fn ruling_from_code(code: i16) -> Result<Ruling, StoreError> {
    match code {
        1 => Ok(Ruling::Rejected),
        2 => Ok(Ruling::Accepted),
        _ => Err(StoreError::corrupt(format!(
            "purchase_facts.state is {code}"
        ))),
    }
}

pub const ACTIVE_HOLD: i16 = hold_status_code(HoldStatus::Active);

pub const fn hold_status_code(it: HoldStatus) -> i16 {
    match it {
        HoldStatus::Active => 1,
        HoldStatus::Captured => 2,
        HoldStatus::Released => 3,
        HoldStatus::Expired => 4,
    }
}

pub fn hold_status_from_code(code: i16) -> Result<HoldStatus, StoreError> {
    match code {
        1 => Ok(HoldStatus::Active),
        2 => Ok(HoldStatus::Captured),
        3 => Ok(HoldStatus::Released),
        4 => Ok(HoldStatus::Expired),
        _ => Err(StoreError::corrupt(format!("holds.status is {code}"))),
    }
}

pub const fn overage_code(it: Overage) -> i16 {
    match it {
        Overage::Reject => 1,
        Overage::Cap => 2,
        Overage::Cover => 3,
    }
}

pub fn overage_from_code(code: i16) -> Result<Overage, StoreError> {
    match code {
        1 => Ok(Overage::Reject),
        2 => Ok(Overage::Cap),
        3 => Ok(Overage::Cover),
        _ => Err(StoreError::corrupt(format!("holds.overage is {code}"))),
    }
}

pub const fn tax_code(it: Tax) -> i16 {
    match it {
        Tax::Off => 0,
        Tax::OnTop => 1,
        Tax::Included => 2,
    }
}

pub fn tax_from_code(code: i16) -> Result<Tax, StoreError> {
    match code {
        0 => Ok(Tax::Off),
        1 => Ok(Tax::OnTop),
        2 => Ok(Tax::Included),
        _ => Err(StoreError::corrupt(format!("purchases.tax is {code}"))),
    }
}

/// Names rather than numbers: an operator reads them.
pub const fn review_name(reason: ReviewReason) -> &'static str {
    match reason {
        ReviewReason::DuplicatePayment => "duplicate_payment",
        ReviewReason::ModeMismatch => "mode_mismatch",
        ReviewReason::PurchaseMismatch => "purchase_mismatch",
        ReviewReason::AccountMismatch => "account_mismatch",
        ReviewReason::SessionMismatch => "session_mismatch",
        ReviewReason::CurrencyMismatch => "currency_mismatch",
        ReviewReason::AmountMismatch => "amount_mismatch",
        ReviewReason::NoPaymentRequiredForPricedPurchase => "no_payment_required",
        ReviewReason::UnknownPaymentStatus => "unknown_payment_status",
    }
}

pub fn review_from_name(name: &str) -> Result<ReviewReason, StoreError> {
    match name {
        "duplicate_payment" => Ok(ReviewReason::DuplicatePayment),
        "mode_mismatch" => Ok(ReviewReason::ModeMismatch),
        "purchase_mismatch" => Ok(ReviewReason::PurchaseMismatch),
        "account_mismatch" => Ok(ReviewReason::AccountMismatch),
        "session_mismatch" => Ok(ReviewReason::SessionMismatch),
        "currency_mismatch" => Ok(ReviewReason::CurrencyMismatch),
        "amount_mismatch" => Ok(ReviewReason::AmountMismatch),
        "no_payment_required" => Ok(ReviewReason::NoPaymentRequiredForPricedPurchase),
        "unknown_payment_status" => Ok(ReviewReason::UnknownPaymentStatus),
        _ => Err(StoreError::corrupt(format!("purchases.review is {name}"))),
    }
}

pub const fn suspension_code(it: Suspension) -> i16 {
    match it {
        Suspension::TooManyFailures => 1,
        Suspension::CardRefused => 2,
        Suspension::CardRemoved => 3,
        Suspension::PaymentReversed => 4,
    }
}

pub fn suspension_from_code(code: i16) -> Result<Suspension, StoreError> {
    match code {
        1 => Ok(Suspension::TooManyFailures),
        2 => Ok(Suspension::CardRefused),
        3 => Ok(Suspension::CardRemoved),
        4 => Ok(Suspension::PaymentReversed),
        _ => Err(StoreError::corrupt(format!(
            "auto_recharges.suspension is {code}"
        ))),
    }
}

pub const fn attempt_state_code(it: AttemptState) -> i16 {
    match it {
        AttemptState::UnderWay => 1,
        AttemptState::NeedsAuthentication => 2,
        AttemptState::Over => 3,
    }
}

pub fn attempt_state_from_code(code: i16) -> Result<AttemptState, StoreError> {
    match code {
        1 => Ok(AttemptState::UnderWay),
        2 => Ok(AttemptState::NeedsAuthentication),
        3 => Ok(AttemptState::Over),
        _ => Err(StoreError::corrupt(format!(
            "auto_recharges.attempt_state is {code}"
        ))),
    }
}

pub fn notice_from_percent(percent: i16) -> Result<CapNotice, StoreError> {
    match percent {
        80 => Ok(CapNotice::Eighty),
        90 => Ok(CapNotice::Ninety),
        100 => Ok(CapNotice::Reached),
        _ => Err(StoreError::corrupt(format!(
            "auto_recharges.notice is {percent}"
        ))),
    }
}
