//! Webhook endpoints, for administrators: where the platform's own systems are sent what happens.

pub mod manage;
pub mod replay;
pub mod rotate;
mod view;

use ledger::ids::EndpointId;
use uuid::Uuid;

use super::error::{ApiError, ErrorCode};
use crate::app::App;
use crate::delivery::webhook::WebhookSender;
use crate::store::Endpoint;

async fn find(app: &App, id: &str) -> Result<Endpoint, ApiError> {
    let nothing = || ApiError::not_found("webhook endpoint");
    let id = Uuid::parse_str(id).map_err(|_| nothing())?;
    let endpoint = app.store.endpoint(EndpointId::from_uuid(id)).await?;
    endpoint.ok_or_else(nothing)
}

/// Without a signing key there are no webhooks.
fn sender(app: &App) -> Result<&WebhookSender, ApiError> {
    let sender = app.dispatch.webhooks.as_ref();
    sender.ok_or_else(|| ApiError::new(ErrorCode::WebhooksNotConfigured))
}
