//! A hold on the wire.

use ledger::credits::Credits;
use ledger::hold::{Hold, HoldStatus, Overage};
use ledger::ids::AccountId;
use ledger::instant::Instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::adjustments::AvailableView;
use crate::http::error::ApiError;
use crate::http::quantities::QuantitiesView;
use crate::wire::{CreditsView, HoldStatusView, InstantView};

/// What happens when the work cost more than was held.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Overage)]
pub enum OverageView {
    /// The capture is refused.
    Reject,
    /// What is held is charged, and no more.
    Cap,
    /// Admitted work gets to finish: the rest is drawn from what is available, then becomes debt up
    /// to the account's overdraft limit. What is past it is charged to nobody, and reported.
    #[default]
    Cover,
}

/// Credits set aside for a piece of work.
#[derive(Serialize, ToSchema)]
#[schema(as = Hold)]
pub struct HoldView {
    pub id: Uuid,
    #[schema(examples("user-1"))]
    pub account_id: String,
    pub status: HoldStatusView,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("backtesting"))]
    pub operation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub variant: Option<String>,
    /// What it was priced for; absent where the credits were named.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub quantities: Option<QuantitiesView>,
    /// What it was made for, or last resized to.
    pub credits: CreditsView,
    /// What captures have charged so far.
    pub captured: CreditsView,
    /// What it still sets aside.
    pub held: CreditsView,
    pub overage: OverageView,
    #[schema(examples("run-42"))]
    pub reference: String,
    pub created_at: InstantView,
    /// From then on it holds no more.
    pub expires_at: InstantView,
}

/// A hold, and what is left beside it.
#[derive(Serialize, ToSchema)]
#[schema(as = HoldWithBalance)]
pub struct HoldWithBalanceView {
    #[serde(flatten)]
    pub hold: HoldView,
    pub balance: AvailableView,
}

impl HoldView {
    /// The hold as it is at `now`: past its end it holds nothing, whether or not that was booked.
    pub fn of(account_id: &AccountId, hold: &Hold, now: Instant) -> Result<HoldView, ApiError> {
        let (status, held) = if hold.is_due(now) {
            (HoldStatus::Expired, Credits::ZERO)
        } else {
            (hold.status, hold.held()?)
        };
        let usage = hold.usage.as_ref();
        let priced = usage.filter(|usage| usage.rate_version.is_some());
        Ok(HoldView {
            id: hold.id.uuid(),
            account_id: account_id.to_string(),
            status: status.into(),
            operation: usage.map(|usage| usage.operation.clone()),
            variant: usage.and_then(|usage| usage.variant.clone()),
            quantities: priced.map(|usage| (&usage.quantities).into()),
            credits: hold.credits.into(),
            captured: hold.captured.into(),
            held: held.into(),
            overage: hold.overage.into(),
            reference: hold.reference.clone(),
            created_at: hold.created_at.into(),
            expires_at: hold.expires_at.into(),
        })
    }

    /// The hold as a command has just left it.
    pub fn with_balance(
        account_id: &AccountId,
        hold: &Hold,
        available: Credits,
    ) -> Option<HoldWithBalanceView> {
        Some(HoldWithBalanceView {
            hold: HoldView::of(account_id, hold, hold.created_at).ok()?,
            balance: AvailableView {
                available: available.into(),
            },
        })
    }
}

impl From<Overage> for OverageView {
    fn from(overage: Overage) -> OverageView {
        match overage {
            Overage::Reject => OverageView::Reject,
            Overage::Cap => OverageView::Cap,
            Overage::Cover => OverageView::Cover,
        }
    }
}

impl From<OverageView> for Overage {
    fn from(overage: OverageView) -> Overage {
        match overage {
            OverageView::Reject => Overage::Reject,
            OverageView::Cap => Overage::Cap,
            OverageView::Cover => Overage::Cover,
        }
    }
}
