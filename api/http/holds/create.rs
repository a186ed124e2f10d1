//! Setting credits aside: from here on the work can be paid for, whatever else the account does.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use ledger::command::Action;

use super::request::HoldRequest;
use super::submit::submit;
use super::view::HoldWithBalanceView;
use crate::app::App;
use crate::http::body::Body;
use crate::http::callers::Consumer;
use crate::http::error::ApiError;
use crate::http::idempotency::{self, IdempotencyKey};

/// Set credits aside for work
///
/// Makes sure that work about to begin can be paid for: what is held is no longer available, and is
/// charged when the work is done, for what it really cost. If the account has not enough, or a limit
/// leaves too little, nothing is held and the answer says what is missing.
#[utoipa::path(
    operation_id = "create_hold",
    tag = "Consuming",
    request_body(content = HoldRequest, example = json!({
        "account_id": "user-1", "operation": "market_analysis", "quantities": {"reports": 3},
        "reference": "run-42"})),
    responses((status = 201, description = "The hold.", body = HoldWithBalanceView,
        example = json!({
            "id": "019aaf10-4c00-7b60-8152-8d9e0f1a2b3c", "account_id": "user-1",
            "status": "active", "operation": "market_analysis", "quantities": {"reports": 3},
            "credits": "75", "captured": "0", "held": "75", "overage": "cover",
            "reference": "run-42", "created_at": "2026-11-23T09:01:05Z",
            "expires_at": "2026-11-23T10:01:05Z", "balance": {"available": "925"}
        })))
)]
#[post("/v1/holds")]
pub async fn create_hold(
    app: Data<App>,
    Consumer(caller): Consumer,
    key: IdempotencyKey,
    Body(request): Body<HoldRequest>,
) -> Result<HttpResponse, ApiError> {
    let key = key.of(&caller, &request)?;
    let (account_id, hold) = match request.into_hold(&app, app.clock.now()).await {
        Ok(hold) => hold,
        Err(refusal) => return idempotency::answered_before(&app, &key, refusal).await,
    };
    let action = Action::PlaceHold(hold);
    submit(&app, account_id, key, action, idempotency::created).await
}
