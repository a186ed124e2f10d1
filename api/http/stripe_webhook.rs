//! Where Stripe's events come in. A delivery is taken on its signature alone and acknowledged once
//! it is stored; what it means is worked out afterwards, from the inbox.

use actix_web::web::{Data, Json, Payload};
use actix_web::{HttpRequest, post};
use metrics::counter;
use serde::Serialize;
use utoipa::ToSchema;

use super::body;
use super::error::{ApiError, ErrorCode};
use crate::app::App;
use crate::payments::{events::Envelope, inbox, signature};
use crate::steps::{self, Step};

/// Stripe's largest events are far smaller.
const MOST_BYTES: usize = 256 * 1024;

/// The event is stored.
#[derive(Serialize, ToSchema)]
#[schema(as = EventReceipt)]
pub struct ReceiptView {
    pub received: bool,
}

/// Take an event from Stripe
///
/// For Stripe alone: the body must be signed with one of the endpoint's secrets, at most five
/// minutes ago. Answered once the event is stored for good; repeats are stored once.
#[utoipa::path(
    operation_id = "receive_stripe_event",
    tag = "Stripe",
    security(()),
    params(("Stripe-Signature" = String, Header, description = "Stripe's signature of the body.",
        example = "t=1795424400,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd")),
    request_body(content = serde_json::Value, description = "A Stripe event, as signed.",
        example = json!({"id": "evt_1", "object": "event", "type": "checkout.session.completed"})),
    responses((status = 200, description = "The event is stored.", body = ReceiptView,
        example = json!({"received": true})))
)]
#[post("/v1/webhooks/stripe")]
pub async fn receive_stripe_event(
    app: Data<App>,
    request: HttpRequest,
    payload: Payload,
) -> Result<Json<ReceiptView>, ApiError> {
    if !body::is_json(&request) {
        return Err(ApiError::new(ErrorCode::UnsupportedMediaType));
    }
    let bytes = body::read(payload.into_inner(), MOST_BYTES).await?;
    let now = app.clock.now();
    let mut signatures = request.headers().get_all("stripe-signature");
    let header = signatures.next().map(|value| value.as_bytes());
    let header = header.filter(|_| signatures.next().is_none());
    signature::verify(&bytes, header, &app.webhook_secrets, now.unix_seconds()).map_err(
        |error| {
            counter!("credits_webhook_refusals_total", "reason" => error.reason()).increment(1);
            ApiError::new(ErrorCode::InvalidSignature)
        },
    )?;
    let invalid = || ApiError::new(ErrorCode::InvalidEvent);
    let text = std::str::from_utf8(&bytes).map_err(|_| invalid())?;
    let envelope = Envelope::read(text).map_err(|_| invalid())?;
    steps::reached(Step::WebhookVerified);
    inbox::take_in(&app.store, text.to_owned(), &envelope, now).await?;
    steps::reached(Step::EventStored);
    app.inbox_bell.notify_one();
    steps::reached(Step::WebhookAnswering);
    Ok(Json(ReceiptView { received: true }))
}
