//! Looking at a hold.

use actix_web::get;
use std::sync::Arc;

use actix_web::web::{Data, Json, Path};
use ledger::hold::Hold;
use ledger::ids::{AccountId, HoldId};
use uuid::Uuid;

use super::view::HoldView;
use crate::app::App;
use crate::http::callers::Consumer;
use crate::http::error::ApiError;
use crate::store::HoldSubject;

/// A hold
///
/// What it sets aside, what it was charged, and how it stands.
#[utoipa::path(
    operation_id = "get_hold",
    tag = "Consuming",
    params(("id" = String, Path, description = "The hold's id.", format = "uuid",
        example = "019aaf10-4c00-7b60-8152-8d9e0f1a2b3c")),
    responses((status = 200, description = "The hold.", body = HoldView,
        example = json!({
            "id": "019aaf10-4c00-7b60-8152-8d9e0f1a2b3c", "account_id": "user-1",
            "status": "captured", "operation": "market_analysis", "quantities": {"reports": 3},
            "credits": "75", "captured": "50", "held": "0", "overage": "cover",
            "reference": "run-42", "created_at": "2026-11-23T09:01:05Z",
            "expires_at": "2026-11-23T10:01:05Z"
        })))
)]
#[get("/v1/holds/{id}")]
pub async fn get_hold(
    app: Data<App>,
    _caller: Consumer,
    id: Path<String>,
) -> Result<Json<HoldView>, ApiError> {
    let (account_id, hold) = hold(&app, &id).await?;
    Ok(Json(HoldView::of(&account_id, &hold, app.clock.now())?))
}

async fn hold(app: &App, id: &str) -> Result<(AccountId, Hold), ApiError> {
    let hold = app.store.hold(hold_id(id)?).await?;
    hold.ok_or_else(missing)
}

/// Whose a hold is, and for what work.
pub async fn hold_subject(app: &App, id: &str) -> Result<Arc<HoldSubject>, ApiError> {
    let subject = app.store.hold_subject(hold_id(id)?).await?;
    subject.ok_or_else(missing)
}

/// What is no id of a hold is the id of no hold.
fn hold_id(text: &str) -> Result<HoldId, ApiError> {
    let id = Uuid::try_parse(text).map_err(|_| missing())?;
    Ok(HoldId::from_uuid(id))
}

fn missing() -> ApiError {
    ApiError::not_found("hold")
}
