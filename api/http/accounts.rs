//! An account's settings, as an administrator sees and sets them: its calendar, its limits, and how
//! much it may owe. No credits move here.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, get, put};
use ledger::command::{Action, Command, Configured, Outcome};
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::outlook;
use serde::Serialize;
use utoipa::ToSchema;

use super::account_settings::{AccountSettingsRequest, settings};
use super::body::Body;
use super::callers::Admin;
use super::cycle;
use super::error::ApiError;
use super::idempotency::{self, IdempotencyKey};
use crate::app::App;
use crate::store::Holdings;
use crate::wire::{CreditsView, InstantView, LimitStandingView};

/// An account, with its settings and how its limits stand.
#[derive(Serialize, ToSchema)]
#[schema(as = Account)]
pub struct AccountView {
    #[schema(examples("user-1"))]
    pub account_id: String,
    pub created_at: InstantView,
    /// A name of the IANA database.
    #[schema(examples("Asia/Kolkata"))]
    pub time_zone: String,
    /// The day of the month on which a cycle begins; in a shorter month its last day.
    #[schema(minimum = 1, maximum = 31)]
    pub anchor_day: i16,
    pub cycle: PeriodView,
    /// How much may be owed for admitted work.
    pub overdraft_limit: CreditsView,
    pub debt: CreditsView,
    pub held: CreditsView,
    pub available: CreditsView,
    pub limits: Vec<LimitStandingView>,
}

/// From `start` to just before `end`.
#[derive(Serialize, ToSchema)]
#[schema(as = Period)]
pub struct PeriodView {
    pub start: InstantView,
    pub end: InstantView,
}

/// An account and its settings
///
/// An account is made by the first thing that is done to it; before that there is none.
#[utoipa::path(
    operation_id = "get_account",
    tag = "Administration",
    params(("account_id" = String, Path, description = "Which account.", min_length = 1,
        max_length = 255, pattern = "^[!-~]+$", example = "user-1")),
    responses((status = 200, description = "The account.", body = AccountView,
        example = json!({
            "account_id": "user-1", "created_at": "2026-11-23T08:59:12Z",
            "time_zone": "Asia/Kolkata", "anchor_day": 15,
            "cycle": {"start": "2026-11-14T18:30:00Z", "end": "2026-12-14T18:30:00Z"},
            "overdraft_limit": "50", "debt": "0", "held": "75", "available": "925",
            "limits": [{"window": "day", "credits": "200", "used": "75", "room": "125",
                        "resets_at": "2026-11-23T18:30:00Z"}]
        })))
)]
#[get("/v1/admin/accounts/{account_id}")]
pub async fn get_account(
    app: Data<App>,
    _caller: Admin,
    account_id: Path<String>,
) -> Result<Json<AccountView>, ApiError> {
    let nothing = || ApiError::not_found("account");
    let id = AccountId::parse(&account_id).map_err(|_| nothing())?;
    let now = app.clock.now();
    let holdings = app.store.holdings(&id, now).await?;
    let configured = look_at(&holdings, now)?.ok_or_else(nothing)?;
    Ok(Json(view(&configured, now)?))
}

/// Set an account's settings
///
/// All of them: what is not named in `limits` is limited no more. A change of the time zone or the
/// anchor day ends the running day at once, and keeps the beginning of the running cycle.
#[utoipa::path(
    operation_id = "update_account",
    tag = "Administration",
    params(("account_id" = String, Path, description = "Which account.", min_length = 1,
        max_length = 255, pattern = "^[!-~]+$", example = "user-1")),
    request_body(content = AccountSettingsRequest, example = json!({
        "time_zone": "Asia/Kolkata", "anchor_day": 15, "overdraft_limit": "50",
        "limits": [{"window": "day", "credits": "200"},
                   {"operation": "backtesting", "window": "cycle", "credits": "1000"}]})),
    responses((status = 200, description = "The account.", body = AccountView,
        example = json!({
            "account_id": "user-1", "created_at": "2026-11-23T08:59:12Z",
            "time_zone": "Asia/Kolkata", "anchor_day": 15,
            "cycle": {"start": "2026-11-01T00:00:00Z", "end": "2026-12-14T18:30:00Z"},
            "overdraft_limit": "50", "debt": "0", "held": "75", "available": "925",
            "limits": [{"window": "day", "credits": "200", "used": "0", "room": "200",
                        "resets_at": "2026-11-23T18:30:00Z"}]
        })))
)]
#[put("/v1/admin/accounts/{account_id}")]
pub async fn update_account(
    app: Data<App>,
    Admin(caller): Admin,
    account_id: Path<String>,
    key: IdempotencyKey,
    Body(request): Body<AccountSettingsRequest>,
) -> Result<HttpResponse, ApiError> {
    let account_id = AccountId::parse(&account_id).map_err(|_| ApiError::not_found("account"))?;
    let key = key.of(&caller, &request)?;
    let command = Command {
        account_id,
        key: Some(key),
        action: Action::Configure(settings(request, &app.rates.book())?),
    };
    let clock = app.clock.clone();
    let render = idempotency::render(move |outcome| match outcome {
        Outcome::Configured(configured) => {
            let view = view(configured, clock.now()).ok()?;
            idempotency::ok(&view)
        }
        _ => None,
    });
    let written = app.writer.submit(command, Some(render)).await?;
    idempotency::respond(written, None)
}

/// The account as it stands; `None` if there is none.
fn look_at(holdings: &Holdings, now: Instant) -> Result<Option<Configured>, ApiError> {
    let available = outlook::available(&holdings.lots, now)?;
    let Some(account) = holdings.account.clone() else {
        return Ok(None);
    };
    let limits = account.limits.iter();
    let standings = limits.map(|limit| limit.standing(&account.calendar, &holdings.used, now));
    Ok(Some(Configured {
        standings: standings.collect::<Result<_, _>>()?,
        available,
        held: holdings.held,
        account,
    }))
}

fn view(configured: &Configured, now: Instant) -> Result<AccountView, ApiError> {
    let account = &configured.account;
    let cycle = cycle::period(&account.calendar, now)?;
    Ok(AccountView {
        account_id: account.id.to_string(),
        created_at: account.created_at.into(),
        time_zone: account.calendar.zone().name().to_owned(),
        anchor_day: i16::from(account.calendar.anchor_day().get()),
        cycle: PeriodView {
            start: cycle.start.into(),
            end: cycle.end.into(),
        },
        overdraft_limit: account.overdraft_limit.into(),
        debt: account.debt.into(),
        held: configured.held.into(),
        available: configured.available.into(),
        limits: configured
            .standings
            .iter()
            .map(LimitStandingView::from)
            .collect(),
    })
}
