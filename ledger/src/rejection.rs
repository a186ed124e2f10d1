//! Why a command was refused: each variant is a sentence, and carries the numbers a caller needs.
//! A refused command changes nothing.

use crate::account::Referent;
use crate::credits::Credits;
use crate::hold::HoldStatus;
use crate::limit::Standing;
use crate::notice::MOST_THRESHOLDS;
use crate::promotion::{PromotionCode, PromotionRefusal};
use crate::purchase::{PurchaseStatus, ReviewReason};
use crate::recharge::SettingsError;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    #[error("the idempotency key was used for another request")]
    KeyWasUsedForAnotherRequest,
    #[error("work never costs less than nothing")]
    CreditsAreNegative,
    #[error("{required} credits are needed and {available} are available")]
    NotEnoughCredits {
        required: Credits,
        available: Credits,
        shortfall: Credits,
    },
    #[error("{required} credits are needed and a limit leaves {}", standing.room)]
    LimitLeavesTooLittle {
        required: Credits,
        shortfall: Credits,
        /// The tightest of the limits.
        standing: Box<Standing>,
    },
    #[error("a balance is at most {} credits", Credits::MAX)]
    BalanceWouldPassTheMaximum { balance: Credits, added: Credits },
    #[error("an adjustment moves more than nothing and at most {most} credits")]
    AdjustmentIsOutOfRange { most: Credits },
    #[error("only added credits have an end")]
    OnlyAddedCreditsCanExpire,
    #[error("the end of a lot lies after its grant")]
    ExpiryIsNotInTheFuture,
    #[error("no such purchase")]
    PurchaseDoesNotExist,
    #[error("the account has {open} open purchases, and no more are opened beside them")]
    TooManyPurchasesAreOpen { open: usize },
    #[error("the purchase cannot be paid any more")]
    PurchaseIsNotOpen { status: PurchaseStatus },
    #[error("the purchase has another checkout session")]
    PurchaseHasAnotherSession,
    #[error("no such promotion code")]
    PromotionDoesNotExist,
    #[error("there is a promotion code {code} already")]
    PromotionExists { code: PromotionCode },
    #[error("{0}")]
    PromotionIsRefused(PromotionRefusal),
    #[error("the purchase does not wait for a review")]
    PurchaseIsNotUnderReview { status: PurchaseStatus },
    #[error("this money cannot be accepted as payment for the purchase")]
    ReviewCannotBeAccepted { reason: ReviewReason },
    #[error("the reference was used before")]
    ReferenceWasUsed { by: Referent },
    #[error("no such debit")]
    DebitDoesNotExist,
    #[error("the debit was refunded before")]
    DebitWasRefunded,
    #[error("{required} credits were asked back of a debit of {debited}")]
    RefundExceedsDebit { required: Credits, debited: Credits },
    #[error("no such hold")]
    HoldDoesNotExist,
    #[error("the hold has ended")]
    HoldHasEnded {
        status: HoldStatus,
        credits: Credits,
        captured: Credits,
    },
    #[error("the work cost {required} credits and {held} are held")]
    CaptureExceedsHold { required: Credits, held: Credits },
    #[error("a hold lasts 1 to {most} seconds")]
    TtlIsOutOfRange { most: i64 },
    #[error("an account has at most {most} limits")]
    TooManyLimits { most: usize },
    #[error("an operation has one limit for each window")]
    LimitIsSetTwice,
    #[error("{0}")]
    RechargeSettingsMakeNoSense(SettingsError),
    #[error("there are {given} thresholds, and at most {MOST_THRESHOLDS} are kept")]
    TooManyThresholds { given: usize },
    #[error("a threshold is more than nothing")]
    ThresholdIsNotPositive,
    #[error("no such card")]
    CardDoesNotExist,
    #[error("a limit is not negative")]
    LimitIsNegative,
    /// An account whose figures leave the range is corrupt: every way there is checked before.
    #[error("an amount left the range of credits")]
    AmountOutOfRange,
}

impl Rejection {
    /// Whether the answer belongs to the request for good, so that the same key gets it again:
    /// true for what the account's state decided, false for what the request itself got wrong.
    pub const fn is_final(&self) -> bool {
        match self {
            Rejection::NotEnoughCredits { .. }
            | Rejection::BalanceWouldPassTheMaximum { .. }
            | Rejection::LimitLeavesTooLittle { .. }
            | Rejection::TooManyPurchasesAreOpen { .. }
            | Rejection::PurchaseIsNotOpen { .. }
            | Rejection::PromotionExists { .. }
            | Rejection::PromotionIsRefused(_)
            | Rejection::PurchaseIsNotUnderReview { .. }
            | Rejection::ReviewCannotBeAccepted { .. }
            | Rejection::ReferenceWasUsed { .. }
            | Rejection::DebitWasRefunded
            | Rejection::RefundExceedsDebit { .. }
            | Rejection::HoldHasEnded { .. }
            | Rejection::CaptureExceedsHold { .. } => true,
            Rejection::KeyWasUsedForAnotherRequest
            | Rejection::CreditsAreNegative
            | Rejection::AdjustmentIsOutOfRange { .. }
            | Rejection::OnlyAddedCreditsCanExpire
            | Rejection::ExpiryIsNotInTheFuture
            | Rejection::PurchaseDoesNotExist
            | Rejection::PurchaseHasAnotherSession
            | Rejection::PromotionDoesNotExist
            | Rejection::DebitDoesNotExist
            | Rejection::HoldDoesNotExist
            | Rejection::TtlIsOutOfRange { .. }
            | Rejection::TooManyLimits { .. }
            | Rejection::LimitIsSetTwice
            | Rejection::LimitIsNegative
            | Rejection::RechargeSettingsMakeNoSense(_)
            | Rejection::TooManyThresholds { .. }
            | Rejection::ThresholdIsNotPositive
            | Rejection::CardDoesNotExist
            | Rejection::AmountOutOfRange => false,
        }
    }
}
