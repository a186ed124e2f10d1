//! Saving a card on a page of Stripe's, and letting it go. No number of a card ever comes here.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, delete, get, post};
use ledger::command::{Action, CardChange, Command, Outcome};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::auto_recharge::PaymentMethodView;
use super::body::Body;
use super::callers::Buyer;
use super::error::ApiError;
use super::idempotency::{self, IdempotencyKey};
use super::return_urls::{self, ReturnUrls};
use crate::app::App;
use crate::payments::stripe::{CardSession, CardSessionState};
use crate::wire::{InstantView, present};

/// Where to come back to.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewPaymentMethodSession)]
pub struct PaymentMethodSessionRequest {
    /// Where the owner comes back to with the card saved; `{CHECKOUT_SESSION_ID}` in it is replaced by
    /// the session's id. By default a page of this service.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(
        nullable = false,
        pattern = r"^https?://([A-Za-z0-9-]+\.)*[A-Za-z][A-Za-z0-9]*(:[0-9]{1,4})?([/?][!-~]*)?$",
        max_length = 2048,
        examples("https://app.example.com/billing?session={CHECKOUT_SESSION_ID}")
    )]
    success_url: Option<String>,
    /// Where the owner comes back to without a card. By default a page of this service.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(
        nullable = false,
        pattern = r"^https?://([A-Za-z0-9-]+\.)*[A-Za-z][A-Za-z0-9]*(:[0-9]{1,4})?([/?][!-~]*)?$",
        max_length = 2048,
        examples("https://app.example.com/billing")
    )]
    cancel_url: Option<String>,
}

/// A page of Stripe's on which a card is saved.
#[derive(Serialize, ToSchema)]
#[schema(as = PaymentMethodSession)]
pub struct PaymentMethodSessionView {
    /// Stripe's id of the session.
    #[schema(examples("cs_test_a1B2c3D4"))]
    pub id: String,
    pub status: PaymentMethodSessionStatus,
    /// Where the card is entered; null once the page is closed.
    #[schema(format = "uri")]
    pub url: Option<String>,
    /// When Stripe closes the page.
    pub expires_at: InstantView,
    /// What was saved; null before that.
    pub payment_method: Option<PaymentMethodView>,
}

#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethodSessionStatus {
    Open,
    Complete,
    Expired,
}

/// Start saving a card
///
/// Makes a page of Stripe's on which the account's owner saves the card that auto-recharge charges.
/// Send them to `url`. Nothing is charged; a card saved before is replaced.
#[utoipa::path(
    operation_id = "create_payment_method_session",
    tag = "Buying",
    request_body(content = PaymentMethodSessionRequest, example = json!({
        "success_url": "https://app.example.com/billing?session={CHECKOUT_SESSION_ID}"})),
    responses((status = 201, description = "The session.", body = PaymentMethodSessionView,
        example = json!({
            "id": "cs_test_a1B2c3D4", "status": "open",
            "url": "http://127.0.0.1:8081/c/pay/cs_test_a1B2c3D4",
            "expires_at": "2026-11-24T09:00:00Z", "payment_method": null
        })))
)]
#[post("/v1/payment-method-sessions")]
pub async fn create_payment_method_session(
    app: Data<App>,
    Buyer(caller): Buyer,
    key: IdempotencyKey,
    Body(request): Body<PaymentMethodSessionRequest>,
) -> Result<HttpResponse, ApiError> {
    let key = key.of(&caller, &request)?;
    let urls = ReturnUrls {
        success: request.success_url.as_deref(),
        cancel: request.cancel_url.as_deref(),
    };
    let (success_url, cancel_url) = return_urls::checked(&urls, &app.public_url)?;
    // Under the same key Stripe gives the same page, until ours gives the answer.
    let urls = (success_url.as_str(), cancel_url.as_str());
    let account = &caller.account_id;
    let opened = app
        .payments
        .open_card_session(account, &key, app.currency, urls);
    let opened = opened.await?;
    let customer_id = opened.customer_id.clone().unwrap_or_default();
    let command = Command {
        account_id: caller.account_id.clone(),
        key: Some(key),
        action: Action::ChangeCard(CardChange::Customer(customer_id)),
    };
    let render = idempotency::render(move |outcome| match outcome {
        Outcome::RechargeChanged { .. } => idempotency::created(&view(&opened)),
        _ => None,
    });
    let written = app.writer.submit(command, Some(render)).await?;
    idempotency::respond(written, None)
}

/// How saving a card stands
///
/// For the page its owner comes back to. Stripe is asked, and a card that was saved is charged by
/// auto-recharge from then on, even if no event has arrived.
#[utoipa::path(
    operation_id = "get_payment_method_session",
    tag = "Buying",
    params(("id" = String, Path, description = "Stripe's id of the session.", max_length = 255,
        example = "cs_test_a1B2c3D4")),
    responses((status = 200, description = "The session.", body = PaymentMethodSessionView,
        example = json!({
            "id": "cs_test_a1B2c3D4", "status": "complete", "url": null,
            "expires_at": "2026-11-24T09:00:00Z",
            "payment_method": {"id": "pm_1a2B3c", "brand": "visa", "last4": "4242",
                               "exp_month": 12, "exp_year": 2030}
        })))
)]
#[get("/v1/payment-method-sessions/{id}")]
pub async fn get_payment_method_session(
    app: Data<App>,
    Buyer(caller): Buyer,
    id: Path<String>,
) -> Result<Json<PaymentMethodSessionView>, ApiError> {
    let missing = || ApiError::not_found("payment method session");
    if !is_stripes(&id, "cs_") {
        return Err(missing());
    }
    let found = app.payments.refresh_card_session(&caller.account_id, &id);
    let session = found.await?.ok_or_else(missing)?;
    Ok(Json(view(&session)))
}

/// Let a saved card go
///
/// It is charged no more, and Stripe forgets it. A purchase under way is not undone.
#[utoipa::path(
    operation_id = "delete_payment_method",
    tag = "Buying",
    params(("id" = String, Path, description = "Stripe's id of the payment method.",
        max_length = 255, example = "pm_1a2B3c")),
    responses((status = 204, description = "It is gone."))
)]
#[delete("/v1/payment-methods/{id}")]
pub async fn delete_payment_method(
    app: Data<App>,
    Buyer(caller): Buyer,
    id: Path<String>,
) -> Result<HttpResponse, ApiError> {
    let known = app.store.recharge(&caller.account_id).await?;
    let card = known.as_ref().and_then(|recharge| recharge.usable_card());
    if card.is_none_or(|card| card.payment_method_id != *id) {
        return Err(ApiError::not_found("payment method"));
    }
    app.payments.remove_card(&caller.account_id, &id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// An id as Stripe makes them.
fn is_stripes(id: &str, prefix: &str) -> bool {
    let plain = id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    id.starts_with(prefix) && id.len() <= 255 && plain
}

fn view(session: &CardSession) -> PaymentMethodSessionView {
    PaymentMethodSessionView {
        id: session.id.clone(),
        status: match session.state {
            CardSessionState::Open => PaymentMethodSessionStatus::Open,
            CardSessionState::Complete => PaymentMethodSessionStatus::Complete,
            CardSessionState::Expired => PaymentMethodSessionStatus::Expired,
        },
        url: session.url.clone(),
        expires_at: session.expires_at.into(),
        payment_method: session.card.as_ref().map(PaymentMethodView::from),
    }
}
