//! What a problem looks like on the wire, for the OpenAPI document: the members that every problem
//! has, and those that some codes add. Answers are written by `super::ApiError`.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::wire::{
    CheckoutStatus, CreditsView, HoldStatusView, InstantView, LimitStandingView, LimitedBy,
    MoneyView,
};

/// A problem (RFC 9457), as the document describes it: its standard members, and those that some
/// codes add.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemView {
    /// `urn:credits:problem:` and the code.
    #[schema(format = "uri", examples("urn:credits:problem:not_found"))]
    r#type: String,
    /// The same sentence for every problem of this code.
    #[schema(examples("There is no such thing here."))]
    title: String,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599, examples(404))]
    status: u16,
    /// What happened this time.
    detail: String,
    /// Stable: act on this. docs/ERRORS.md lists them all.
    #[schema(examples("not_found"))]
    code: String,
    /// Also in the X-Request-Id header.
    request_id: Uuid,
    /// The credits that were asked for.
    #[schema(nullable = false)]
    required: Option<CreditsView>,
    /// The credits that can be spent.
    #[schema(nullable = false)]
    available: Option<CreditsView>,
    /// The credits that are missing.
    #[schema(nullable = false)]
    shortfall: Option<CreditsView>,
    /// What said no.
    #[schema(nullable = false)]
    limited_by: Option<LimitedBy>,
    /// The limit that said no; null if the balance did.
    limit: Option<LimitStandingView>,
    /// When the limit's next window begins; null without a limit.
    resets_at: Option<InstantView>,
    /// The id of what the reference stands for already.
    #[schema(nullable = false)]
    existing_id: Option<Uuid>,
    /// The promotion code that exists already.
    #[schema(nullable = false)]
    existing_code: Option<String>,
    /// How the hold ended.
    #[schema(nullable = false)]
    hold_status: Option<HoldStatusView>,
    /// What the hold was for.
    #[schema(nullable = false)]
    credits: Option<CreditsView>,
    /// What the hold was charged.
    #[schema(nullable = false)]
    captured: Option<CreditsView>,
    /// What the hold still sets aside.
    #[schema(nullable = false)]
    held: Option<CreditsView>,
    /// What the debit took.
    #[schema(nullable = false)]
    debited: Option<CreditsView>,
    /// The most credits that one adjustment moves.
    #[schema(nullable = false)]
    most: Option<CreditsView>,
    /// What the account owns.
    #[schema(nullable = false)]
    balance: Option<CreditsView>,
    /// What would have been added to it.
    #[schema(nullable = false)]
    added: Option<CreditsView>,
    /// The fewest credits that can be bought at once.
    #[schema(nullable = false)]
    min_credits: Option<CreditsView>,
    /// The most credits that can be bought at once.
    #[schema(nullable = false)]
    max_credits: Option<CreditsView>,
    /// The scope that is missing.
    #[schema(nullable = false)]
    scope: Option<String>,
    /// How many purchases are open.
    #[schema(nullable = false, minimum = 0)]
    open: Option<i64>,
    /// Where the purchase stands.
    #[schema(nullable = false)]
    purchase_status: Option<CheckoutStatus>,
    /// The currencies that something is sold in.
    #[schema(nullable = false, example = json!(["usd", "eur"]))]
    currencies: Option<Vec<String>>,
    /// Why the purchase is under review.
    #[schema(nullable = false, examples("amount_mismatch"))]
    review: Option<String>,
    /// Why the promotion code is refused.
    #[schema(nullable = false)]
    reason: Option<RefusalReason>,
    /// When the promotion ended.
    #[schema(nullable = false)]
    ended_at: Option<InstantView>,
    /// How often the promotion code may be used.
    #[schema(nullable = false, minimum = 1)]
    most_uses: Option<i64>,
    /// How often it was used.
    #[schema(nullable = false, minimum = 0)]
    uses: Option<i64>,
    /// What the purchase would cost with the code.
    #[schema(nullable = false)]
    price: Option<MoneyView>,
    /// The least that can be charged.
    #[schema(nullable = false)]
    least_price: Option<MoneyView>,
}

/// Why a promotion code is refused.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RefusalReason {
    NotActive,
    Ended,
    OtherGoods,
    FirstPurchaseOnly,
    UsedUpByAccount,
    UsedUp,
    PriceTooSmall,
}
