//! The shapes that resources share on the wire: credits as decimal strings, money in
//! minor units, instants as RFC 3339, names of states, notices. They know nothing of HTTP: webhooks show
//! the same.

mod notification;

pub use notification::{NotificationKind, NotificationView, SuspensionView};

use ledger::credits::Credits;
use ledger::hold::HoldStatus;
use ledger::instant::Instant;
use ledger::limit::{LimitWindow, Standing};
use ledger::lot::Source;
use ledger::money::Money;
use ledger::purchase::PurchaseStatus;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// For optional members that may be left out but not be null.
pub fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// Credits as a decimal string with at most six decimals and no trailing zeros, never a float.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(as = CreditAmount, value_type = String, format = "decimal", pattern = r"^-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,6})?$", examples("12.5"))]
pub struct CreditsView(String);

impl From<Credits> for CreditsView {
    fn from(credits: Credits) -> CreditsView {
        CreditsView(credits.to_string())
    }
}

/// An instant in UTC (RFC 3339).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(transparent)]
#[schema(as = Timestamp, value_type = String, format = "date-time", examples("2026-11-23T09:00:00Z"))]
pub struct InstantView(String);

impl From<Instant> for InstantView {
    fn from(instant: Instant) -> InstantView {
        InstantView(instant.to_string())
    }
}

/// An amount of money.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Money)]
pub struct MoneyView {
    /// In minor units of the currency: cents for `usd`, yen for `jpy`.
    #[schema(examples(1000), minimum = 0)]
    pub amount: i64,
    /// ISO 4217, in lower case.
    #[schema(pattern = "^[a-z]{3}$", examples("usd"))]
    pub currency: String,
}

impl From<Money> for MoneyView {
    fn from(money: Money) -> MoneyView {
        MoneyView {
            amount: money.amount_minor,
            currency: money.currency.to_string(),
        }
    }
}

/// Where a lot's credits came from.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = LotSource)]
pub enum SourceView {
    Purchase,
    Bonus,
    Promotion,
    Adjustment,
}

impl From<Source> for SourceView {
    fn from(source: Source) -> SourceView {
        match source {
            Source::Purchase => SourceView::Purchase,
            Source::Bonus => SourceView::Bonus,
            Source::Promotion => SourceView::Promotion,
            Source::Adjustment => SourceView::Adjustment,
        }
    }
}

/// Where a purchase stands, as its buyer cares about it.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckoutStatus {
    /// Waits for its buyer.
    Open,
    /// The buyer is done, and the money is under way.
    AwaitingFunds,
    Paid,
    /// Paid, and the payer's bank looks into it: credits are frozen until it has decided.
    Disputed,
    /// All of the money went back, and what was bought with it.
    Refunded,
    Expired,
    Failed,
    /// What Stripe reports does not match what was agreed; a person has to look.
    Review,
}

impl From<PurchaseStatus> for CheckoutStatus {
    fn from(status: PurchaseStatus) -> CheckoutStatus {
        match status {
            PurchaseStatus::Created | PurchaseStatus::Open => CheckoutStatus::Open,
            PurchaseStatus::AwaitingFunds => CheckoutStatus::AwaitingFunds,
            PurchaseStatus::Paid => CheckoutStatus::Paid,
            PurchaseStatus::Disputed => CheckoutStatus::Disputed,
            PurchaseStatus::Refunded => CheckoutStatus::Refunded,
            PurchaseStatus::Expired => CheckoutStatus::Expired,
            PurchaseStatus::Failed => CheckoutStatus::Failed,
            PurchaseStatus::Review => CheckoutStatus::Review,
        }
    }
}

/// How a hold stands.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = HoldStatus)]
pub enum HoldStatusView {
    /// Credits are set aside for work under way.
    Active,
    /// Settled by a final capture.
    Captured,
    Released,
    /// Nobody settled it in time: what it still held is available again.
    Expired,
}

impl From<HoldStatus> for HoldStatusView {
    fn from(status: HoldStatus) -> HoldStatusView {
        match status {
            HoldStatus::Active => HoldStatusView::Active,
            HoldStatus::Captured => HoldStatusView::Captured,
            HoldStatus::Released => HoldStatusView::Released,
            HoldStatus::Expired => HoldStatusView::Expired,
        }
    }
}

/// What said no to a request for credits.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LimitedBy {
    /// The account has not got them.
    Balance,
    /// A limit leaves no room for them.
    Limit,
}

/// The window that a limit counts in: the account's day, its week from Monday, or its cycle.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = LimitWindow)]
pub enum LimitWindowView {
    Day,
    Week,
    Cycle,
}

impl From<LimitWindowView> for LimitWindow {
    fn from(window: LimitWindowView) -> LimitWindow {
        match window {
            LimitWindowView::Day => LimitWindow::Day,
            LimitWindowView::Week => LimitWindow::Week,
            LimitWindowView::Cycle => LimitWindow::Cycle,
        }
    }
}

impl From<LimitWindow> for LimitWindowView {
    fn from(window: LimitWindow) -> LimitWindowView {
        match window {
            LimitWindow::Day => LimitWindowView::Day,
            LimitWindow::Week => LimitWindowView::Week,
            LimitWindow::Cycle => LimitWindowView::Cycle,
        }
    }
}

/// A limit, and how it stands in its current window.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LimitStanding)]
pub struct LimitStandingView {
    /// Absent where the limit is on whatever the account does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("model_inference"))]
    pub operation: Option<String>,
    pub window: LimitWindowView,
    /// At most so many.
    pub credits: CreditsView,
    /// Used in the window less what was given back in it, and held for work begun in it.
    pub used: CreditsView,
    /// What may still be used.
    pub room: CreditsView,
    /// When the next window begins.
    pub resets_at: InstantView,
}

impl From<&Standing> for LimitStandingView {
    fn from(standing: &Standing) -> LimitStandingView {
        LimitStandingView {
            operation: standing.limit.operation.clone(),
            window: standing.limit.window.into(),
            credits: standing.limit.credits.into(),
            used: standing.used.into(),
            room: standing.room.into(),
            resets_at: standing.resets_at.into(),
        }
    }
}
