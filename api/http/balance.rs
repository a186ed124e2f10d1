//! What an account has, in one consistent look.

use actix_web::get;
use actix_web::web::{Data, Json};
use ledger::calendar::Calendar;
use ledger::credits::Credits;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::outlook;
use serde::Serialize;
use utoipa::ToSchema;

use super::callers::Reader;
use super::error::ApiError;
use super::wire::{CreditsView, InstantView};
use crate::app::App;
use crate::store::Holdings;

/// An account's balance as of one instant.
#[derive(Serialize, ToSchema)]
#[schema(as = Balance)]
pub struct BalanceView {
    #[schema(examples("user-1"))]
    pub account_id: String,
    pub as_of: InstantView,
    /// What can be spent: neither expired, nor held, nor frozen.
    pub available: CreditsView,
    /// Set aside for work under way.
    pub held: CreditsView,
    /// Kept back while a payment is disputed.
    pub frozen: CreditsView,
    /// Owed for admitted work that cost more than there was. The next grant pays it first.
    pub debt: CreditsView,
    /// Credits of purchases whose money is under way.
    pub pending: CreditsView,
    pub cycle: CycleView,
    /// The credits that end soonest; null when nothing can be spent.
    pub next_expiry: Option<ExpiryView>,
    pub expiring: ExpiringView,
    /// Days left at the mean daily use of the last 30 days; null while there is too little history.
    pub runway_days: Option<f64>,
}

/// The account's billing month, from `start` to just before `end`.
#[derive(Serialize, ToSchema)]
#[schema(as = Cycle)]
pub struct CycleView {
    pub start: InstantView,
    pub end: InstantView,
    /// Credits consumed in it so far.
    pub consumed: CreditsView,
    pub by_operation: Vec<OperationUseView>,
}

/// What one operation consumed.
#[derive(Serialize, ToSchema)]
#[schema(as = OperationUse)]
pub struct OperationUseView {
    #[schema(examples("backtesting"))]
    pub operation: String,
    pub credits: CreditsView,
    #[schema(minimum = 0)]
    pub count: i64,
    /// Of all that was consumed, between 0 and 1.
    #[schema(minimum = 0, maximum = 1)]
    pub share: f64,
}

/// Credits and the first instant at which they no longer count.
#[derive(Serialize, ToSchema)]
#[schema(as = Expiry)]
pub struct ExpiryView {
    pub credits: CreditsView,
    pub expires_at: InstantView,
}

/// Credits that end within so many days, each figure including the one before.
#[derive(Serialize, ToSchema)]
#[schema(as = Expiring)]
pub struct ExpiringView {
    pub within_7_days: CreditsView,
    pub within_30_days: CreditsView,
    pub within_90_days: CreditsView,
}

/// The caller's balance
///
/// What can be spent, what is set aside, what is on its way, and what ends when: all as of one
/// instant. An account that was never granted anything has a balance of zero.
#[utoipa::path(
    operation_id = "get_balance",
    tag = "Account",
    responses((status = 200, description = "The balance.", body = BalanceView,
        example = json!({
            "account_id": "user-1", "as_of": "2026-11-23T09:00:00Z",
            "available": "1000", "held": "0", "frozen": "0", "debt": "0", "pending": "0",
            "cycle": {"start": "2026-11-01T00:00:00Z", "end": "2026-12-01T00:00:00Z",
                      "consumed": "0", "by_operation": []},
            "next_expiry": {"credits": "1000", "expires_at": "2027-11-23T08:59:12Z"},
            "expiring": {"within_7_days": "0", "within_30_days": "0", "within_90_days": "0"},
            "runway_days": null
        })))
)]
#[get("/v1/balance")]
pub async fn get_balance(
    app: Data<App>,
    Reader(caller): Reader,
) -> Result<Json<BalanceView>, ApiError> {
    let now = app.clock.now();
    let holdings = app.store.holdings(&caller.account_id, now).await?;
    Ok(Json(view(&caller.account_id, &holdings, now)?))
}

fn view(id: &AccountId, holdings: &Holdings, now: Instant) -> Result<BalanceView, ApiError> {
    let account = holdings.account.as_ref();
    let lots = &holdings.lots;
    let frozen = account.map_or(Credits::ZERO, |account| account.frozen);
    let within = |days| outlook::ending_within(lots, days, now).map(CreditsView::from);
    Ok(BalanceView {
        account_id: id.to_string(),
        as_of: now.into(),
        available: outlook::available(lots, frozen, now)?.into(),
        held: account.map_or(Credits::ZERO, |account| account.held).into(),
        frozen: frozen.into(),
        debt: account.map_or(Credits::ZERO, |account| account.debt).into(),
        pending: holdings.pending.into(),
        cycle: cycle(now)?,
        next_expiry: outlook::next_expiry(lots, now)?.map(|expiry| ExpiryView {
            credits: expiry.credits.into(),
            expires_at: expiry.expires_at.into(),
        }),
        expiring: ExpiringView {
            within_7_days: within(7)?,
            within_30_days: within(30)?,
            within_90_days: within(90)?,
        },
        runway_days: None,
    })
}

/// Nothing in this ledger consumes credits yet, so there is nothing to break down, and no use to
/// estimate a runway from.
fn cycle(now: Instant) -> Result<CycleView, ApiError> {
    let cycle = Calendar::default()
        .cycle(now)
        .ok_or_else(|| ApiError::internal(&"the clock is out of range"))?;
    Ok(CycleView {
        start: cycle.start.into(),
        end: cycle.end.into(),
        consumed: Credits::ZERO.into(),
        by_operation: Vec::new(),
    })
}
