//! Holds that last longer or hold more, and holds given up.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, post};
use ledger::command::{Action, HoldChange};
use ledger::ids::HoldId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::show::hold_subject;
use super::submit::submit;
use super::view::HoldWithBalanceView;
use crate::app::App;
use crate::http::body::Body;
use crate::http::callers::Consumer;
use crate::http::error::ApiError;
use crate::http::idempotency::{self, IdempotencyKey};
use crate::http::whole_number::WholeNumber;
use crate::http::work::{self, CreditsRequest};
use crate::wire::present;

/// Nothing has to be said.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Release)]
pub struct ReleaseRequest {}

/// What to change; one of the two at least.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Extension)]
pub struct ExtendRequest {
    /// How long the hold is to last, from now on.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<i64>, nullable = false, minimum = 1, maximum = 86400, examples(3600))]
    ttl_seconds: Option<WholeNumber>,
    /// What it is to set aside from now on, more or less than before.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false)]
    credits: Option<CreditsRequest>,
}

/// Release a hold
///
/// Makes what the hold sets aside available again: the work will not run, or cost nothing.
#[utoipa::path(
    operation_id = "release_hold",
    tag = "Consuming",
    params(("id" = String, Path, description = "The hold's id.", format = "uuid",
        example = "019aaf10-4c00-7b60-8152-8d9e0f1a2b3c")),
    request_body(content = ReleaseRequest, example = json!({})),
    responses((status = 200, description = "The hold.", body = HoldWithBalanceView,
        example = json!({
            "id": "019aaf10-4c00-7b60-8152-8d9e0f1a2b3c", "account_id": "user-1",
            "status": "released", "operation": "market_analysis", "quantities": {"reports": 3},
            "credits": "75", "captured": "0", "held": "0", "overage": "cover",
            "reference": "run-42", "created_at": "2026-11-23T09:01:05Z",
            "expires_at": "2026-11-23T10:01:05Z", "balance": {"available": "1000"}
        })))
)]
#[post("/v1/holds/{id}/release")]
pub async fn release_hold(
    app: Data<App>,
    Consumer(caller): Consumer,
    id: Path<String>,
    key: IdempotencyKey,
    Body(request): Body<ReleaseRequest>,
) -> Result<HttpResponse, ApiError> {
    let key = key.of(&caller, &request)?;
    let hold = hold_subject(&app, &id).await?;
    let (account_id, action) = (hold.account_id.clone(), Action::ReleaseHold(hold.id));
    submit(&app, account_id, key, action, idempotency::ok).await
}

/// Extend a hold
///
/// For work that takes longer or costs more than it was expected to. More credits are held only if
/// they are available, as for a new hold.
#[utoipa::path(
    operation_id = "extend_hold",
    tag = "Consuming",
    params(("id" = String, Path, description = "The hold's id.", format = "uuid",
        example = "019aaf10-4c00-7b60-8152-8d9e0f1a2b3c")),
    request_body(content = ExtendRequest, example = json!({"ttl_seconds": 7200})),
    responses((status = 200, description = "The hold.", body = HoldWithBalanceView,
        example = json!({
            "id": "019aaf10-4c00-7b60-8152-8d9e0f1a2b3c", "account_id": "user-1",
            "status": "active", "operation": "market_analysis", "quantities": {"reports": 3},
            "credits": "75", "captured": "0", "held": "75", "overage": "cover",
            "reference": "run-42", "created_at": "2026-11-23T09:01:05Z",
            "expires_at": "2026-11-23T11:31:05Z", "balance": {"available": "925"}
        })))
)]
#[post("/v1/holds/{id}/extend")]
pub async fn extend_hold(
    app: Data<App>,
    Consumer(caller): Consumer,
    id: Path<String>,
    key: IdempotencyKey,
    Body(request): Body<ExtendRequest>,
) -> Result<HttpResponse, ApiError> {
    let key = key.of(&caller, &request)?;
    let hold = hold_subject(&app, &id).await?;
    let action = Action::ChangeHold(request.into_change(hold.id)?);
    submit(&app, hold.account_id.clone(), key, action, idempotency::ok).await
}

impl ExtendRequest {
    fn into_change(self, hold_id: HoldId) -> Result<HoldChange, ApiError> {
        if self.ttl_seconds.is_none() && self.credits.is_none() {
            return Err(work::choice("name ttl_seconds or credits, or both"));
        }
        Ok(HoldChange {
            hold_id,
            ttl_seconds: self.ttl_seconds.map(WholeNumber::get),
            credits: self.credits.map(|it| it.parse()).transpose()?,
        })
    }
}
