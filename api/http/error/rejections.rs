//! What the ledger refuses, and what has no price, as problems: each with the numbers that a program
//! needs to act on it.

use ledger::account::Referent;
use ledger::money::Money;
use ledger::promotion::PromotionRefusal;
use ledger::rating::RatingError;
use ledger::rejection::Rejection;
use serde_json::{Value, json};

use super::problem::RefusalReason;
use super::{ApiError, ErrorCode};
use crate::store::review_name;
use crate::wire::{
    CheckoutStatus, CreditsView, HoldStatusView, InstantView, LimitStandingView, LimitedBy,
    MoneyView,
};

impl From<Rejection> for ApiError {
    fn from(rejection: Rejection) -> ApiError {
        let code = code(&rejection);
        if code == ErrorCode::Internal {
            return ApiError::internal(&rejection);
        }
        let detail = match rejection {
            Rejection::CardDoesNotExist => "There is no such payment method.".to_owned(),
            Rejection::TtlIsOutOfRange { .. } => format!("The body: ttl_seconds: {rejection}."),
            Rejection::CreditsAreNegative => format!("The body: credits: {rejection}."),
            _ => format!("{rejection}."),
        };
        let members = members(&rejection).into_iter();
        members.fold(ApiError::with_detail(code, detail), |problem, member| {
            problem.field(member.0, member.1)
        })
    }
}

const fn code(rejection: &Rejection) -> ErrorCode {
    match rejection {
        Rejection::KeyWasUsedForAnotherRequest => ErrorCode::IdempotencyKeyReused,
        Rejection::NotEnoughCredits { .. } | Rejection::LimitLeavesTooLittle { .. } => {
            ErrorCode::InsufficientCredits
        }
        Rejection::BalanceWouldPassTheMaximum { .. } => ErrorCode::BalanceLimit,
        Rejection::TooManyLimits { .. }
        | Rejection::LimitIsSetTwice
        | Rejection::LimitIsNegative
        | Rejection::RechargeSettingsMakeNoSense(_)
        | Rejection::TooManyThresholds { .. }
        | Rejection::ThresholdIsNotPositive => ErrorCode::InvalidSettings,
        Rejection::AdjustmentIsOutOfRange { .. } => ErrorCode::AdjustmentOutOfRange,
        Rejection::OnlyAddedCreditsCanExpire | Rejection::ExpiryIsNotInTheFuture => {
            ErrorCode::InvalidExpiry
        }
        Rejection::PurchaseDoesNotExist
        | Rejection::DebitDoesNotExist
        | Rejection::HoldDoesNotExist
        | Rejection::CardDoesNotExist
        | Rejection::PromotionDoesNotExist => ErrorCode::NotFound,
        Rejection::PromotionExists { .. } => ErrorCode::PromotionCodeExists,
        Rejection::PromotionIsRefused(_) => ErrorCode::PromotionCodeRefused,
        Rejection::TooManyPurchasesAreOpen { .. } => ErrorCode::TooManyOpenPurchases,
        Rejection::PurchaseIsNotOpen { .. } => ErrorCode::PurchaseNotOpen,
        Rejection::PurchaseIsNotUnderReview { .. } => ErrorCode::NotUnderReview,
        Rejection::ReviewCannotBeAccepted { .. } => ErrorCode::ReviewNotAcceptable,
        Rejection::ReferenceWasUsed { .. } => ErrorCode::AlreadyExists,
        Rejection::DebitWasRefunded => ErrorCode::AlreadyRefunded,
        Rejection::RefundExceedsDebit { .. } => ErrorCode::RefundExceedsDebit,
        Rejection::HoldHasEnded { .. } => ErrorCode::HoldEnded,
        Rejection::CaptureExceedsHold { .. } => ErrorCode::CaptureExceedsHold,
        Rejection::TtlIsOutOfRange { .. } | Rejection::CreditsAreNegative => ErrorCode::InvalidBody,
        // No operation asks for what these refuse.
        Rejection::PurchaseHasAnotherSession | Rejection::AmountOutOfRange => ErrorCode::Internal,
    }
}

fn members(rejection: &Rejection) -> Vec<(&'static str, Value)> {
    let credits = |credits| json!(CreditsView::from(credits));
    match rejection {
        Rejection::NotEnoughCredits {
            required,
            available,
            shortfall,
        } => vec![
            ("required", credits(*required)),
            ("available", credits(*available)),
            ("shortfall", credits(*shortfall)),
            ("limited_by", json!(LimitedBy::Balance)),
            ("limit", Value::Null),
            ("resets_at", Value::Null),
        ],
        Rejection::LimitLeavesTooLittle {
            required,
            shortfall,
            standing,
        } => vec![
            ("required", credits(*required)),
            ("available", credits(standing.room)),
            ("shortfall", credits(*shortfall)),
            ("limited_by", json!(LimitedBy::Limit)),
            ("limit", json!(LimitStandingView::from(standing.as_ref()))),
            ("resets_at", json!(standing.resets_at.to_string())),
        ],
        Rejection::BalanceWouldPassTheMaximum { balance, added } => {
            vec![("balance", credits(*balance)), ("added", credits(*added))]
        }
        Rejection::AdjustmentIsOutOfRange { most } => vec![("most", credits(*most))],
        Rejection::TooManyPurchasesAreOpen { open } => vec![("open", json!(open))],
        Rejection::ReviewCannotBeAccepted { reason } => {
            vec![("review", json!(review_name(*reason)))]
        }
        Rejection::PurchaseIsNotOpen { status }
        | Rejection::PurchaseIsNotUnderReview { status } => {
            vec![("purchase_status", json!(CheckoutStatus::from(*status)))]
        }
        Rejection::PromotionIsRefused(refusal) => promotion_members(refusal),
        Rejection::PromotionExists { code } => vec![("existing_code", json!(code.as_str()))],
        Rejection::ReferenceWasUsed { by } => vec![("existing_id", existing(*by))],
        Rejection::RefundExceedsDebit { required, debited } => vec![
            ("required", credits(*required)),
            ("debited", credits(*debited)),
        ],
        Rejection::HoldHasEnded {
            status,
            credits: of_the_hold,
            captured,
        } => vec![
            ("hold_status", json!(HoldStatusView::from(*status))),
            ("credits", credits(*of_the_hold)),
            ("captured", credits(*captured)),
        ],
        Rejection::CaptureExceedsHold { required, held } => {
            vec![("required", credits(*required)), ("held", credits(*held))]
        }
        _ => Vec::new(),
    }
}

fn promotion_members(refusal: &PromotionRefusal) -> Vec<(&'static str, Value)> {
    use PromotionRefusal as R;
    let counts = |most: &i64, used: &i64| vec![("most_uses", json!(most)), ("uses", json!(used))];
    let (reason, mut members) = match refusal {
        R::IsNotActive => (RefusalReason::NotActive, Vec::new()),
        R::HasEnded { at } => {
            let ended_at = ("ended_at", json!(InstantView::from(*at)));
            (RefusalReason::Ended, vec![ended_at])
        }
        R::IsNotForTheseGoods => (RefusalReason::OtherGoods, Vec::new()),
        R::IsForAFirstPurchase => (RefusalReason::FirstPurchaseOnly, Vec::new()),
        R::AccountHasUsedItUp { most, used } => {
            (RefusalReason::UsedUpByAccount, counts(most, used))
        }
        R::IsUsedUp { most, used } => (RefusalReason::UsedUp, counts(most, used)),
        R::PriceWouldBeTooSmall { price, least } => {
            let money = |it: &Money| json!(MoneyView::from(*it));
            let members = vec![("price", money(price)), ("least_price", money(least))];
            (RefusalReason::PriceTooSmall, members)
        }
    };
    members.push(("reason", json!(reason)));
    members
}

impl From<PromotionRefusal> for ApiError {
    fn from(refusal: PromotionRefusal) -> ApiError {
        Rejection::PromotionIsRefused(refusal).into()
    }
}

fn existing(referent: Referent) -> Value {
    match referent {
        Referent::Debit(id) => json!(id.uuid()),
        Referent::Hold(id) => json!(id.uuid()),
    }
}

impl From<RatingError> for ApiError {
    fn from(error: RatingError) -> ApiError {
        let code = match error {
            RatingError::OperationDoesNotExist { .. }
            | RatingError::VariantIsMissing { .. }
            | RatingError::OperationHasNoVariants { .. }
            | RatingError::VariantDoesNotExist { .. }
            | RatingError::NoRateIsInEffect { .. }
            | RatingError::VersionDoesNotExist { .. } => ErrorCode::UnknownOperation,
            RatingError::QuantityIsUnknown { .. }
            | RatingError::QuantitiesAreMissing { .. }
            | RatingError::CostPassesTheMaximum { .. } => ErrorCode::InvalidQuantities,
        };
        ApiError::with_detail(code, format!("{error}."))
    }
}
