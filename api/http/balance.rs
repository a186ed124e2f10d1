//! What an account has, in one consistent look.

use actix_web::get;
use actix_web::web::{Data, Json, Path};
use ledger::credits::Credits;
use ledger::forecast::{DailyUse, Runway, runway};
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::outlook;
use ledger::rejection::Rejection;
use serde::Serialize;
use utoipa::ToSchema;

use super::callers::{Consumer, Reader};
use super::cycle::{CycleView, cycle};
use super::error::ApiError;
use crate::app::App;
use crate::store::Holdings;
use crate::wire::{CreditsView, InstantView};

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
                      "consumed": "250", "by_operation": [
                          {"operation": "backtesting", "credits": "200", "count": 4, "share": 0.8},
                          {"operation": "model_inference", "credits": "50", "count": 210, "share": 0.2}
                      ]},
            "next_expiry": {"credits": "1000", "expires_at": "2027-11-23T08:59:12Z"},
            "expiring": {"within_7_days": "0", "within_30_days": "0", "within_90_days": "0"},
            "runway_days": 84.2
        })))
)]
#[get("/v1/balance")]
pub async fn get_balance(
    app: Data<App>,
    Reader(caller): Reader,
) -> Result<Json<BalanceView>, ApiError> {
    balance(&app, &caller.account_id).await.map(Json)
}

/// An account's balance, for a service
///
/// The same as the account's owner sees. An account nobody has granted anything has a balance of
/// zero.
#[utoipa::path(
    operation_id = "get_account_balance",
    tag = "Consuming",
    params(("account_id" = String, Path, description = "Whose balance.", min_length = 1,
        max_length = 255, pattern = "^[!-~]+$", example = "user-1")),
    responses((status = 200, description = "The balance.", body = BalanceView,
        example = json!({
            "account_id": "user-1", "as_of": "2026-11-23T09:00:00Z",
            "available": "925", "held": "75", "frozen": "0", "debt": "0", "pending": "0",
            "cycle": {"start": "2026-11-01T00:00:00Z", "end": "2026-12-01T00:00:00Z",
                      "consumed": "0", "by_operation": []},
            "next_expiry": {"credits": "925", "expires_at": "2027-11-23T08:59:12Z"},
            "expiring": {"within_7_days": "0", "within_30_days": "0", "within_90_days": "0"},
            "runway_days": null
        })))
)]
#[get("/v1/accounts/{account_id}/balance")]
pub async fn get_account_balance(
    app: Data<App>,
    Consumer(_caller): Consumer,
    account_id: Path<String>,
) -> Result<Json<BalanceView>, ApiError> {
    let id = AccountId::parse(&account_id).map_err(|_| ApiError::not_found("account"))?;
    balance(&app, &id).await.map(Json)
}

/// An account's balance, as of now.
pub async fn balance(app: &App, id: &AccountId) -> Result<BalanceView, ApiError> {
    let now = app.clock.now();
    let holdings = app.store.holdings(id, now).await?;
    view(id, &holdings, now)
}

pub fn view(id: &AccountId, holdings: &Holdings, now: Instant) -> Result<BalanceView, ApiError> {
    let lots = &holdings.lots;
    let calendar = holdings.calendar();
    let available = outlook::available(lots, now)?;
    let within = |days| outlook::ending_within(lots, days, now).map(CreditsView::from);
    Ok(BalanceView {
        account_id: id.to_string(),
        as_of: now.into(),
        available: available.into(),
        held: holdings.held.into(),
        frozen: holdings.frozen().into(),
        debt: holdings.debt().into(),
        pending: holdings.pending.into(),
        cycle: cycle(&calendar, &holdings.used, now)?,
        next_expiry: outlook::next_expiry(lots, now)?.map(|expiry| ExpiryView {
            credits: expiry.credits.into(),
            expires_at: expiry.expires_at.into(),
        }),
        expiring: ExpiringView {
            within_7_days: within(7)?,
            within_30_days: within(30)?,
            within_90_days: within(90)?,
        },
        runway_days: runway_days(holdings, available, now)?,
    })
}

fn runway_days(
    holdings: &Holdings,
    available: Credits,
    now: Instant,
) -> Result<Option<f64>, ApiError> {
    let Some(first_use) = holdings.first_use else {
        return Ok(None);
    };
    let today = super::cycle::today(&holdings.calendar(), now)?;
    let days = holdings.used.values();
    let days = days.map(|used| Ok((used.date, used.net()?)));
    let days = days.collect::<Result<Vec<_>, Rejection>>()?;
    let daily_use = DailyUse::new(days, Some(first_use), today.date);
    Ok(runway(&daily_use, available).map(Runway::days))
}
