//! Starting a purchase, and seeing how it stands.
//!
//! A session is made in two commits with a call to Stripe between them: the purchase with all that
//! Stripe will be asked for, then the session Stripe made. A crash anywhere in between is mended by
//! repeating the request, because the call to Stripe is then the very same.

use std::time::Duration;

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, get, post};
use ledger::command::{Action, Command, Outcome};
use ledger::purchase::{Purchase, PurchaseStatus};
use ledger::rejection::Rejection;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::Body;
use super::callers::{Buyer, Reader};
use super::error::ApiError;
use super::idempotency::{self, IdempotencyKey};
use super::offers::{CheckoutSessionRequest, new_purchase};
use super::promotions::left_behind;
use crate::app::App;
use crate::auth::Caller;
use crate::wire::{CheckoutStatus, CreditsView, InstantView, MoneyView};

/// Stripe is not asked about the same purchase more often than this.
const LEAST_SECONDS_BETWEEN_POLLS: i64 = 2;
/// A page that polls would rather have the last known state than wait longer.
const PATIENCE_WITH_STRIPE: Duration = Duration::from_secs(4);

/// A purchase under way at Stripe.
#[derive(Serialize, ToSchema)]
#[schema(as = CheckoutSession)]
pub struct CheckoutSessionView {
    /// Stripe's id of the session.
    #[schema(examples("cs_test_a1B2c3D4"))]
    pub id: String,
    pub purchase_id: Uuid,
    pub status: CheckoutStatus,
    /// Where the buyer pays; null once there is nothing left to pay.
    #[schema(format = "uri")]
    pub url: Option<String>,
    pub credits: CreditsView,
    pub bonus_credits: CreditsView,
    pub price: MoneyView,
    /// When Stripe closes the session.
    pub expires_at: InstantView,
}

/// Start a purchase
///
/// Makes a Stripe Checkout session for a package or a custom amount. Send the buyer to `url`. The
/// credits arrive once Stripe confirms the payment, and end one calendar year later. Asking for the
/// same thing again while a session is open gives the same session. A promotion code that the account
/// may not use again goes with the latest checkout: an open one that holds it is closed.
#[utoipa::path(
    operation_id = "create_checkout_session",
    tag = "Buying",
    request_body(content = CheckoutSessionRequest, example = json!({"package_id": "plus"})),
    responses((status = 201, description = "The session.", body = CheckoutSessionView,
        example = json!({
            "id": "cs_test_a1B2c3D4", "purchase_id": "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9",
            "status": "open", "url": "http://127.0.0.1:8081/c/pay/cs_test_a1B2c3D4",
            "credits": "5000", "bonus_credits": "0", "price": {"amount": 4600, "currency": "usd"},
            "expires_at": "2026-11-23T12:00:00Z"
        })))
)]
#[post("/v1/checkout-sessions")]
pub async fn create_checkout_session(
    app: Data<App>,
    Buyer(caller): Buyer,
    key: IdempotencyKey,
    Body(request): Body<CheckoutSessionRequest>,
) -> Result<HttpResponse, ApiError> {
    start(&app, &caller, &key, request).await
}

/// Opens a purchase and its session, or gives the answer that the key was given before.
pub async fn start(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    request: CheckoutSessionRequest,
) -> Result<HttpResponse, ApiError> {
    let key = key.of(caller, &request)?;
    // The catalogue may have changed since a request was first taken: a repeat goes on all the same.
    let (action, withdrawn) = match new_purchase(app, caller, request).await {
        Ok(new) => {
            left_behind::close(app, &key, &new).await?;
            (Action::OpenPurchase(new), None)
        }
        Err(refusal) if refusal.is_of_the_catalogue() => (Action::ResumePurchase, Some(refusal)),
        Err(refusal) => return Err(refusal),
    };
    let command = Command {
        account_id: caller.account_id.clone(),
        key: Some(key.clone()),
        action,
    };
    // The purchase is committed before Stripe hears of it; its answer is not known yet.
    let opened = app
        .writer
        .submit(command, Some(idempotency::render(|_| None)))
        .await?;
    if let (Some(refusal), Err(Rejection::PurchaseDoesNotExist)) = (withdrawn, &opened.decision) {
        return Err(refusal);
    }
    let Ok(Outcome::PurchaseOpened(purchase)) = opened.decision else {
        return idempotency::respond(opened, None);
    };
    let answer = idempotency::render(|outcome| match outcome {
        Outcome::SessionRecorded(purchase) => idempotency::created(&view(purchase)?),
        _ => None,
    });
    let recorded = app
        .payments
        .ensure_session(purchase, Some(key), Some(answer))
        .await?;
    idempotency::respond(recorded, None)
}

/// A purchase by its session
///
/// Where the purchase stands, for the page a buyer comes back to. While it is undecided, Stripe is
/// asked, so that the answer is right even if no event has arrived.
#[utoipa::path(
    operation_id = "get_checkout_session",
    tag = "Buying",
    params(("id" = String, Path, description = "Stripe's id of the session.", max_length = 255,
        example = "cs_test_a1B2c3D4")),
    responses((status = 200, description = "The session.", body = CheckoutSessionView,
        example = json!({
            "id": "cs_test_a1B2c3D4", "purchase_id": "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9",
            "status": "paid", "url": null, "credits": "5000", "bonus_credits": "0",
            "price": {"amount": 4600, "currency": "usd"}, "expires_at": "2026-11-23T12:00:00Z"
        })))
)]
#[get("/v1/checkout-sessions/{id}")]
pub async fn get_checkout_session(
    app: Data<App>,
    Reader(caller): Reader,
    id: Path<String>,
) -> Result<Json<CheckoutSessionView>, ApiError> {
    let missing = || ApiError::not_found("checkout session");
    if !id.starts_with("cs_") || id.len() > 255 || !id.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(missing());
    }
    let purchase = app
        .store
        .purchase_by_session(&caller.account_id, &id)
        .await?
        .ok_or_else(missing)?;
    let purchase = up_to_date(&app, purchase).await;
    view(&purchase).map(Json).ok_or_else(missing)
}

/// The purchase as Stripe has it now, or as we last knew it if Stripe does not say in time.
async fn up_to_date(app: &App, purchase: Purchase) -> Purchase {
    let age = app.clock.now().seconds_since(purchase.updated_at);
    let undecided = matches!(
        purchase.status,
        PurchaseStatus::Created | PurchaseStatus::Open | PurchaseStatus::AwaitingFunds
    );
    if !undecided || age < LEAST_SECONDS_BETWEEN_POLLS {
        return purchase;
    }
    match tokio::time::timeout(PATIENCE_WITH_STRIPE, app.payments.refresh(&purchase)).await {
        Ok(Ok(fresh)) => fresh,
        Ok(Err(error)) => {
            tracing::warn!(%error, "a purchase could not be brought up to date");
            purchase
        }
        Err(_) => purchase,
    }
}

/// None before the session exists.
fn view(purchase: &Purchase) -> Option<CheckoutSessionView> {
    let terms = &purchase.terms;
    Some(CheckoutSessionView {
        id: terms.session_id.clone()?,
        purchase_id: terms.purchase_id.uuid(),
        status: purchase.status.into(),
        url: purchase.session_url.clone().filter(|_| purchase.is_open()),
        credits: terms.credits.into(),
        bonus_credits: terms.bonus.into(),
        price: terms.price.into(),
        expires_at: purchase.request.expires_at.into(),
    })
}
