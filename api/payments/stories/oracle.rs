//! How a life must end, by what is true at Stripe alone: written from the policy, in cents, and never by
//! asking the ledger. What was said on the way is nothing to it.

use ledger::credits::Credits;
use ledger::purchase::{PurchaseStatus, ReviewReason};

use super::stripe::{Thing, Truth, Which};
use super::{Figures, Kept, PRICE};

/// 550 credits for 2 500 cents.
const MICRO_PER_CENT: i64 = 220_000;

/// Whether credits are used meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Nothing,
    Something,
}

pub fn figures(truth: &Truth, used: Use) -> Figures {
    let is_paid = |which| truth.session(which) == Some(("complete", "paid"));
    let (gone, disputed) = went_back(truth, Which::Ours);
    let has_second = is_paid(Which::Second) && went_back(truth, Which::Second).0 < PRICE;
    let (status, review) = match (is_paid(Which::Ours), has_second) {
        (true, has_second) => {
            let status = match (gone, disputed) {
                (PRICE, _) => PurchaseStatus::Refunded,
                (_, 0) => PurchaseStatus::Paid,
                _ => PurchaseStatus::Disputed,
            };
            (status, has_second.then_some(ReviewReason::DuplicatePayment))
        }
        (false, true) => (PurchaseStatus::Review, Some(ReviewReason::SessionMismatch)),
        (false, false) => (unpaid(truth), None),
    };
    let cents = |cents: i64| Credits::from_micro(cents * MICRO_PER_CENT);
    let granted = if is_paid(Which::Ours) { PRICE } else { 0 };
    let left = cents(granted - gone);
    Figures {
        status,
        review,
        granted: cents(granted),
        clawed: cents(gone),
        frozen: cents(disputed),
        kept: match used {
            Use::Something => Kept::Worth(left),
            Use::Nothing => Kept::Exactly {
                balance: left,
                debt: Credits::ZERO,
            },
        },
    }
}

/// Cents that are away, and cents that may yet go.
fn went_back(truth: &Truth, wanted: Which) -> (i64, i64) {
    let (mut gone, mut disputed) = (0, 0);
    for thing in truth.things().filter(|thing| thing.which() == wanted) {
        match thing {
            Thing::Refund {
                amount,
                status: "succeeded",
                ..
            }
            | Thing::Dispute {
                amount,
                status: "lost",
                ..
            } => gone += amount,
            Thing::Dispute {
                amount,
                status: "needs_response" | "under_review",
                ..
            } => disputed += amount,
            _ => {}
        }
    }
    let gone = gone.min(PRICE);
    (gone, disputed.min(PRICE - gone))
}

/// Where a purchase stands that nobody has paid.
fn unpaid(truth: &Truth) -> PurchaseStatus {
    let has_failed = truth.payment(Which::Ours).is_some_and(|(_, failed)| failed);
    match truth.session(Which::Ours) {
        None | Some(("open", _)) => PurchaseStatus::Open,
        Some(("expired", _)) => PurchaseStatus::Expired,
        Some(_) if has_failed => PurchaseStatus::Failed,
        Some(_) => PurchaseStatus::AwaitingFunds,
    }
}
