//! Another secret for a webhook endpoint. For a while both sign, so that a receiver changes over when it
//! likes and refuses nothing meanwhile.

use actix_web::post;
use actix_web::web::{Data, Json, Path};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::WebhookEndpointView;
use super::{find, sender};
use crate::app::App;
use crate::http::body::Body;
use crate::http::callers::Admin;
use crate::http::error::{ApiError, ErrorCode};
use crate::http::whole_number::WholeNumber;
use crate::store::{Endpoint, StoreError};
use crate::wire::present;

const USUAL_SECONDS: i64 = 86_400;
const LONGEST_SECONDS: i64 = 7 * 86_400;

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookSecretRotation)]
pub struct RotationRequest {
    /// How long the present secret is good too: a day unless something else is said. 0: it has leaked.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<i64>, nullable = false, minimum = 0, maximum = 604_800,
        default = 86_400)]
    previous_valid_seconds: Option<WholeNumber>,
}

/// Rotate a webhook endpoint's secret
///
/// The new one is in this answer and in no later one. Until the time that the answer names, every webhook
/// carries two signatures: by the new secret and by the one before. There are never more than two.
#[utoipa::path(
    operation_id = "rotate_webhook_secret",
    tag = "Administration",
    params(("id" = String, Path, description = "The endpoint's id.", format = "uuid",
        example = "019aaf11-0100-7a07-b1f3-0c1d2e3f4a5b")),
    request_body(content = RotationRequest, example = json!({"previous_valid_seconds": 3600})),
    responses((status = 200, description = "The endpoint, with its new secret.",
        body = WebhookEndpointView, example = json!({
            "id": "019aaf11-0100-7a07-b1f3-0c1d2e3f4a5b", "url": "https://hooks.acme.example/credits",
            "enabled": true, "owner": "admin-1", "previous_secret_until": "2026-11-23T10:00:00Z",
            "created_at": "2026-11-20T09:00:00Z", "updated_at": "2026-11-23T09:00:00Z",
            "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwZJk5v2pUq1A="
        })))
)]
#[post("/v1/admin/webhook-endpoints/{id}/rotate-secret")]
pub async fn rotate_webhook_secret(
    app: Data<App>,
    _caller: Admin,
    id: Path<String>,
    Body(request): Body<RotationRequest>,
) -> Result<Json<WebhookEndpointView>, ApiError> {
    let asked = request.previous_valid_seconds;
    let seconds = asked.map_or(USUAL_SECONDS, |seconds| seconds.get());
    if !(0..=LONGEST_SECONDS).contains(&seconds) {
        let detail = format!("The body: previous_valid_seconds is 0 to {LONGEST_SECONDS}.");
        return Err(ApiError::with_detail(ErrorCode::InvalidBody, detail));
    }
    let sender = sender(&app)?;
    let mut endpoint = find(&app, &id).await?;
    while !rotate(&app, &mut endpoint, seconds).await? {
        // Somebody else was faster: theirs is the one before.
        endpoint = find(&app, &id).await?;
    }
    let secret = sender
        .key()
        .webhook_secret(endpoint.id, endpoint.secret_generation);
    let view = WebhookEndpointView::from(&endpoint).with_secret(&secret.reveal());
    Ok(Json(view))
}

async fn rotate(app: &App, endpoint: &mut Endpoint, seconds: i64) -> Result<bool, StoreError> {
    let now = app.clock.now();
    let before = endpoint.secret_generation;
    endpoint.secret_generation = before.saturating_add(1);
    endpoint.previous_until = now.plus_seconds(seconds).filter(|until| *until > now);
    endpoint.updated_at = now;
    app.store.rotate_endpoint(endpoint, before).await
}
