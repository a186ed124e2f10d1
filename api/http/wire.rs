//! The small shapes that every resource shares on the wire: credits as decimal strings, money in
//! minor units, instants as RFC 3339, names of states.

use std::borrow::Cow;

use ledger::credits::Credits;
use ledger::instant::Instant;
use ledger::lot::Source;
use ledger::money::Money;
use ledger::purchase::PurchaseStatus;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Credits as a decimal string with at most six decimals and no trailing zeros, never a float.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, format = "decimal", pattern = r"^-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,6})?$", examples("12.5"))]
pub struct CreditsView(String);

impl From<Credits> for CreditsView {
    fn from(credits: Credits) -> CreditsView {
        CreditsView(credits.to_string())
    }
}

/// An instant in UTC (RFC 3339).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, format = "date-time", examples("2026-11-23T09:00:00Z"))]
pub struct InstantView(String);

impl From<Instant> for InstantView {
    fn from(instant: Instant) -> InstantView {
        InstantView(instant.to_string())
    }
}

/// An amount of money.
#[derive(Clone, Debug, Serialize, ToSchema)]
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
            PurchaseStatus::Expired => CheckoutStatus::Expired,
            PurchaseStatus::Failed => CheckoutStatus::Failed,
            PurchaseStatus::Review => CheckoutStatus::Review,
        }
    }
}

/// The schema name of an error; the members are those of RFC 9457 and what the code adds.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemView {
    /// `urn:credits:problem:` and the code.
    #[schema(format = "uri", examples("urn:credits:problem:not_found"))]
    pub r#type: Cow<'static, str>,
    /// The same sentence for every problem of this code.
    #[schema(examples("There is no such thing here."))]
    pub title: Cow<'static, str>,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599, examples(404))]
    pub status: u16,
    /// What happened this time.
    pub detail: Cow<'static, str>,
    /// Stable: act on this. The list is in docs/ERRORS.md.
    #[schema(examples("not_found"))]
    pub code: Cow<'static, str>,
    /// Also in the X-Request-Id header.
    pub request_id: Uuid,
}
