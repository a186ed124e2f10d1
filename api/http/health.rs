//! Whether the process lives, and whether it should be sent requests; if not, why.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

use super::error::ApiError;
use crate::app::App;

/// The process answers.
#[derive(Serialize, ToSchema)]
#[schema(as = Liveness)]
pub struct LivenessView {
    #[schema(examples("alive"))]
    pub status: &'static str,
}

/// Whether requests can be served, and what stands in the way.
#[derive(Serialize, ToSchema)]
#[schema(as = Readiness)]
pub struct ReadinessView {
    pub ready: bool,
    /// `ok`, or why the database cannot be used.
    #[schema(examples("ok"))]
    pub database: &'static str,
    /// `ok`, or why tokens cannot be verified.
    #[schema(examples("ok"))]
    pub identity: &'static str,
    /// `serving`, or `draining` once the process was told to stop.
    #[schema(examples("serving"))]
    pub lifecycle: &'static str,
}

/// Is it alive
///
/// Answers as long as the process runs. Restart it when this stops answering.
#[utoipa::path(
    operation_id = "get_liveness",
    tag = "Operation",
    security(()),
    responses((status = 200, description = "The process answers.", body = LivenessView,
        example = json!({"status": "alive"})))
)]
#[get("/health/live")]
pub async fn get_liveness() -> Json<LivenessView> {
    Json(LivenessView { status: "alive" })
}

/// Is it ready
///
/// 200 when requests can be served, 503 with the reason when they can't.
#[utoipa::path(
    operation_id = "get_readiness",
    tag = "Operation",
    security(()),
    responses(
        (status = 200, description = "Requests can be served.", body = ReadinessView,
            example = json!({"ready": true, "database": "ok", "identity": "ok", "lifecycle": "serving"})),
        (status = 503, description = "Send requests elsewhere.", body = ReadinessView,
            example = json!({"ready": false, "database": "unavailable", "identity": "ok", "lifecycle": "serving"}))
    )
)]
#[get("/health/ready")]
pub async fn get_readiness(app: Data<App>) -> Result<HttpResponse, ApiError> {
    let database = match app.store.ping().await {
        Ok(()) => "ok",
        Err(error) => {
            tracing::warn!(%error, "the database is not ready");
            "unavailable"
        }
    };
    let now = app.clock.now().unix_seconds();
    let identity = if app.authenticator.is_ready(now).await {
        "ok"
    } else {
        "the identity provider's keys could not be had"
    };
    let lifecycle = if app.is_draining() {
        "draining"
    } else {
        "serving"
    };
    let ready = (database, identity, lifecycle) == ("ok", "ok", "serving");
    let mut response = if ready {
        HttpResponse::Ok()
    } else {
        HttpResponse::ServiceUnavailable()
    };
    Ok(response.json(ReadinessView {
        ready,
        database,
        identity,
        lifecycle,
    }))
}
