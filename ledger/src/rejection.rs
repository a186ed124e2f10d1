//! Why a command was refused: each variant is a sentence, and carries the numbers a caller needs.
//! A refused command changes nothing.

use crate::credits::Credits;
use crate::purchase::PurchaseStatus;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    #[error("the idempotency key was used for another request")]
    KeyWasUsedForAnotherRequest,
    #[error("{required} credits are needed and {available} are available")]
    NotEnoughCredits {
        required: Credits,
        available: Credits,
        shortfall: Credits,
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
            | Rejection::TooManyPurchasesAreOpen { .. }
            | Rejection::PurchaseIsNotOpen { .. } => true,
            Rejection::KeyWasUsedForAnotherRequest
            | Rejection::AdjustmentIsOutOfRange { .. }
            | Rejection::OnlyAddedCreditsCanExpire
            | Rejection::ExpiryIsNotInTheFuture
            | Rejection::PurchaseDoesNotExist
            | Rejection::PurchaseHasAnotherSession
            | Rejection::AmountOutOfRange => false,
        }
    }
}
