//! The caller's auto-recharge: what it is set to, and how it stands. What keeps it from working is
//! told here; nobody is charged here.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, put};
use ledger::command::{Action, Command, Outcome};
use ledger::instant::Instant;
use ledger::purchase::Purchase;
use ledger::recharge::{AttemptState, AutoRecharge, CapNotice, Card, Failure, Obstacle};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::accounts::PeriodView;
use super::auto_recharge_settings::{AutoRechargeRequest, AutoRechargeSettingsView};
use super::body::Body;
use super::callers::{Buyer, Reader};
use super::currencies::{self, Asked};
use super::cycle;
use super::error::ApiError;
use super::idempotency::{self, IdempotencyKey};
use crate::app::App;
use crate::wire::{InstantView, MoneyView, SuspensionView};

/// An account's auto-recharge, as it stands.
#[derive(Serialize, ToSchema)]
#[schema(as = AutoRecharge)]
pub struct AutoRechargeView {
    pub status: AutoRechargeStatus,
    /// Null until it was set for the first time.
    pub settings: Option<AutoRechargeSettingsView>,
    /// The card it charges; null if there is none.
    pub payment_method: Option<PaymentMethodView>,
    /// Why the card is left alone until it is changed; null if it is not.
    pub suspended_because: Option<SuspensionView>,
    /// Where to confirm the payment under way; null if nobody has to.
    pub authentication: Option<AuthenticationView>,
    /// The purchase under way; null if there is none.
    pub attempt: Option<AttemptView>,
    /// How many purchases it has ever opened.
    #[schema(minimum = 0)]
    pub attempts: i64,
    /// How many of the last ones failed in a row.
    #[schema(minimum = 0, maximum = 3)]
    pub failures: u8,
    /// The last one that failed; null if none did.
    pub last_failure: Option<RechargeFailureView>,
    /// When a card that was declined may be charged again; null if it may be now, or not at all.
    pub next_attempt_at: Option<InstantView>,
    pub cycle: PeriodView,
    /// In this cycle; null until it was set for the first time.
    pub spent: Option<MoneyView>,
    /// How close to the cap that has come, in per cent: 80, 90, or 100 once the next recharge would
    /// pass it; null below.
    #[schema(examples(80))]
    pub cap_notice: Option<i16>,
}

/// What an auto-recharge does at present.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AutoRechargeStatus {
    Off,
    /// Turned on, and there is no card to charge.
    NoPaymentMethod,
    /// Recharges as soon as too little is available.
    Active,
    /// A purchase is under way.
    Recharging,
    /// The card's owner has to confirm the payment under way.
    NeedsAuthentication,
    /// The card was declined, and is left alone for a while.
    Pausing,
    /// Nothing more is bought in this cycle.
    CapReached,
    /// The card is left alone until it is changed.
    Suspended,
}

/// A saved card.
#[derive(Serialize, ToSchema)]
#[schema(as = PaymentMethod)]
pub struct PaymentMethodView {
    #[schema(examples("pm_1a2B3c"))]
    pub id: String,
    #[schema(examples("visa"))]
    pub brand: String,
    #[schema(examples("4242"))]
    pub last4: String,
    pub exp_month: i16,
    pub exp_year: i16,
}

/// A page of Stripe's on which the payment is confirmed.
#[derive(Serialize, ToSchema)]
#[schema(as = Authentication)]
pub struct AuthenticationView {
    #[schema(format = "uri")]
    pub url: String,
    pub expires_at: InstantView,
}

/// A purchase that the auto-recharge opened.
#[derive(Serialize, ToSchema)]
#[schema(as = RechargeAttempt)]
pub struct AttemptView {
    pub purchase_id: Uuid,
    pub made_at: InstantView,
}

/// Why a card was not charged.
#[derive(Serialize, ToSchema)]
#[schema(as = RechargeFailure)]
pub struct RechargeFailureView {
    /// In Stripe's words.
    #[schema(examples("insufficient_funds"))]
    pub code: String,
    pub at: InstantView,
}

/// The caller's auto-recharge
///
/// What it is set to, the card it charges, and how it stands. It is off until it is turned on.
#[utoipa::path(
    operation_id = "get_auto_recharge",
    tag = "Buying",
    responses((status = 200, description = "The auto-recharge.", body = AutoRechargeView,
        example = json!({
            "status": "pausing",
            "settings": {"enabled": true, "threshold": "100", "credits": "500",
                         "monthly_cap": {"amount": 10000, "currency": "usd"}},
            "payment_method": {"id": "pm_1a2B3c", "brand": "visa", "last4": "4242",
                               "exp_month": 12, "exp_year": 2030},
            "suspended_because": null, "authentication": null, "attempt": null,
            "attempts": 4, "failures": 1,
            "last_failure": {"code": "insufficient_funds", "at": "2026-11-23T08:59:12Z"},
            "next_attempt_at": "2026-11-23T09:59:12Z",
            "cycle": {"start": "2026-11-01T00:00:00Z", "end": "2026-12-01T00:00:00Z"},
            "spent": {"amount": 1500, "currency": "usd"}, "cap_notice": null
        })))
)]
#[get("/v1/auto-recharge")]
pub async fn get_auto_recharge(
    app: Data<App>,
    Reader(caller): Reader,
) -> Result<Json<AutoRechargeView>, ApiError> {
    let now = app.clock.now();
    let id = &caller.account_id;
    let known = app.store.recharge(id).await?;
    let recharge = known.unwrap_or_else(|| AutoRecharge::new(now));
    let holdings = app.store.holdings(id, now).await?;
    let calendar = holdings.account.as_ref().map(|it| it.calendar.clone());
    let cycle = cycle::period(&calendar.unwrap_or_default(), now)?;
    let attempt = recharge.open_attempt();
    let waiting = attempt.filter(|it| it.state == AttemptState::NeedsAuthentication);
    let purchase = match waiting {
        Some(attempt) => app.store.purchase(id, attempt.purchase_id).await?,
        None => None,
    };
    Ok(Json(view(&recharge, purchase, &cycle, now)))
}

/// Set the caller's auto-recharge
///
/// All of its settings. What became of the card stays: one that was declined too often is charged
/// again only once another was saved.
#[utoipa::path(
    operation_id = "update_auto_recharge",
    tag = "Buying",
    request_body(content = AutoRechargeRequest, example = json!({
        "enabled": true, "threshold": "100", "credits": "500",
        "monthly_cap": {"amount": 10000, "currency": "usd"}})),
    responses((status = 200, description = "The settings.", body = AutoRechargeSettingsView,
        example = json!({
            "enabled": true, "threshold": "100", "credits": "500",
            "monthly_cap": {"amount": 10000, "currency": "usd"}
        })))
)]
#[put("/v1/auto-recharge")]
pub async fn update_auto_recharge(
    app: Data<App>,
    Buyer(caller): Buyer,
    key: IdempotencyKey,
    Body(request): Body<AutoRechargeRequest>,
) -> Result<HttpResponse, ApiError> {
    let key = key.of(&caller, &request)?;
    let action = match configure(&app, request).await {
        Ok(action) => action,
        Err(refusal) => return idempotency::answered_before(&app, &key, refusal).await,
    };
    let command = Command {
        account_id: caller.account_id.clone(),
        key: Some(key),
        action,
    };
    let render = idempotency::render(|outcome| match outcome {
        Outcome::RechargeChanged { recharge, .. } => {
            let settings = recharge.settings.as_ref()?;
            idempotency::ok(&AutoRechargeSettingsView::from(settings))
        }
        _ => None,
    });
    let written = app.writer.submit(command, Some(render)).await?;
    idempotency::respond(written, None)
}

async fn configure(app: &App, request: AutoRechargeRequest) -> Result<Action, ApiError> {
    let currency = Some(request.currency());
    let catalogue = currencies::catalogue(app, currency, Asked::InBody).await?;
    request.action(&catalogue)
}

fn view(
    recharge: &AutoRecharge,
    waiting: Option<Purchase>,
    cycle: &ledger::calendar::Period,
    now: Instant,
) -> AutoRechargeView {
    let spending = recharge.spending.in_cycle(cycle);
    let settings = recharge.settings.as_ref();
    let page = waiting.filter(Purchase::is_open).and_then(|purchase| {
        Some(AuthenticationView {
            url: purchase.session_url?,
            expires_at: purchase.request.expires_at.into(),
        })
    });
    AutoRechargeView {
        status: status(recharge, spending.notice, now),
        settings: settings.map(AutoRechargeSettingsView::from),
        payment_method: recharge.usable_card().map(PaymentMethodView::from),
        suspended_because: recharge.suspension.map(SuspensionView::from),
        authentication: page,
        attempt: recharge.open_attempt().map(|attempt| AttemptView {
            purchase_id: attempt.purchase_id.uuid(),
            made_at: attempt.made_at.into(),
        }),
        attempts: recharge.attempts,
        failures: recharge.failures,
        last_failure: recharge.last_failure.as_ref().map(failure),
        next_attempt_at: recharge
            .not_before
            .filter(|until| now < *until)
            .map(InstantView::from),
        cycle: PeriodView {
            start: cycle.start.into(),
            end: cycle.end.into(),
        },
        spent: settings.map(|settings| MoneyView {
            amount: spending.amount_minor,
            currency: settings.cycle_cap.currency.to_string(),
        }),
        cap_notice: spending.notice.map(CapNotice::percent),
    }
}

fn status(recharge: &AutoRecharge, notice: Option<CapNotice>, now: Instant) -> AutoRechargeStatus {
    match recharge.obstacle(now) {
        Some(Obstacle::Off) => AutoRechargeStatus::Off,
        Some(Obstacle::Suspended(_)) => AutoRechargeStatus::Suspended,
        Some(Obstacle::NoCard) => AutoRechargeStatus::NoPaymentMethod,
        Some(Obstacle::UnderWay) => AutoRechargeStatus::Recharging,
        Some(Obstacle::NeedsAuthentication) => AutoRechargeStatus::NeedsAuthentication,
        Some(Obstacle::Pausing { .. }) => AutoRechargeStatus::Pausing,
        _ if notice == Some(CapNotice::Reached) => AutoRechargeStatus::CapReached,
        _ => AutoRechargeStatus::Active,
    }
}

fn failure(failure: &Failure) -> RechargeFailureView {
    RechargeFailureView {
        code: failure.decline.code.clone(),
        at: failure.at.into(),
    }
}

impl From<&Card> for PaymentMethodView {
    fn from(card: &Card) -> PaymentMethodView {
        PaymentMethodView {
            id: card.payment_method_id.clone(),
            brand: card.brand.clone(),
            last4: card.last4.clone(),
            exp_month: card.exp_month,
            exp_year: card.exp_year,
        }
    }
}
