//! Everything again that an endpoint has missed.

use actix_web::post;
use actix_web::web::{Data, Json, Path};
use serde::Serialize;
use utoipa::ToSchema;

use super::find;
use crate::app::App;
use crate::http::callers::Admin;
use crate::http::error::ApiError;
use crate::store::Target;

/// What is sent again.
#[derive(Serialize, ToSchema)]
pub struct ReplayedDeliveries {
    #[schema(minimum = 0)]
    pub replayed: usize,
}

/// Send everything again that was given up
///
/// What an endpoint has not got because it failed too often, in the order of each account. It has all its
/// attempts before it again.
#[utoipa::path(
    operation_id = "replay_webhook_endpoint",
    tag = "Administration",
    params(("id" = String, Path, description = "The endpoint's id.", format = "uuid",
        example = "019aaf11-0100-7a07-b1f3-0c1d2e3f4a5b")),
    responses((status = 200, description = "How much is sent again.", body = ReplayedDeliveries,
        example = json!({"replayed": 12})))
)]
#[post("/v1/admin/webhook-endpoints/{id}/replay")]
pub async fn replay_webhook_endpoint(
    app: Data<App>,
    _caller: Admin,
    id: Path<String>,
) -> Result<Json<ReplayedDeliveries>, ApiError> {
    let target = Target::Endpoint(find(&app, &id).await?.id);
    let replayed = app.store.replay_given_up(target, app.clock.now()).await?;
    Ok(Json(ReplayedDeliveries { replayed }))
}
