//! Credits that an administrator gives for a promotion: each time a lot of its own, used in its own
//! turn and ending at its own end.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, post};
use ledger::command::{Action, Command, Outcome, PromotionalGrant};
use ledger::credits::Credits;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::adjustments::{AvailableView, expiry};
use super::super::body::Body;
use super::super::callers::Admin;
use super::super::entries::EntryView;
use super::super::error::{ApiError, ErrorCode};
use super::super::idempotency::{self, IdempotencyKey};
use super::super::texts;
use crate::app::App;
use crate::wire::present;

/// Credits to give.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewPromotionalGrant)]
pub struct PromotionalGrantRequest {
    #[schema(
        pattern = r"^(0\.[0-9]{0,5}[1-9]|[1-9][0-9]{0,6}(\.[0-9]{1,6})?)$",
        examples("250")
    )]
    credits: String,
    /// Why; the account's owner reads it in the usage history.
    #[schema(
        pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
        min_length = 1,
        max_length = 500,
        examples("Spring campaign")
    )]
    reason: String,
    /// When the credits end (RFC 3339); by default one calendar year on.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(
        nullable = false,
        format = "date-time",
        examples("2027-03-31T00:00:00Z")
    )]
    expires_at: Option<String>,
    /// Credits of a lower priority are used first, before any that end sooner. Bought ones have 0.
    #[serde(default)]
    #[schema(minimum = -32768, maximum = 32767, default = 0)]
    priority: i16,
}

/// Credits given.
#[derive(Serialize, ToSchema)]
#[schema(as = PromotionalGrant)]
pub struct PromotionalGrantView {
    pub account_id: String,
    pub entry: EntryView,
    pub balance: AvailableView,
}

/// Give promotional credits
///
/// As a lot of their own, with source `promotion`. What the account owes is paid first.
#[utoipa::path(
    operation_id = "create_promotional_grant",
    tag = "Administration",
    params(("account_id" = String, Path, description = "Whose credits.", min_length = 1,
        max_length = 255, pattern = "^[!-~]+$", example = "user-1")),
    request_body(content = PromotionalGrantRequest, example = json!({
        "credits": "250", "reason": "Spring campaign", "expires_at": "2027-03-31T00:00:00Z"})),
    responses((status = 201, description = "The entry made.", body = PromotionalGrantView,
        example = json!({
            "account_id": "user-1",
            "entry": {
                "id": "019aaf10-2a00-7d4e-8f31-6b7c8d9e0f1a", "sequence": 2,
                "kind": "grant", "amount": "250", "held_change": "0",
                "balance_after": "1250", "available_after": "1250",
                "description": "Spring campaign",
                "lots": [{"lot_id": "019aaf10-2a00-7b12-9c43-7d8e9f0a1b2c", "credits": "250"}],
                "created_at": "2026-11-23T09:01:05Z"
            },
            "balance": {"available": "1250"}
        })))
)]
#[post("/v1/admin/accounts/{account_id}/promotions")]
pub async fn create_promotional_grant(
    app: Data<App>,
    Admin(caller): Admin,
    account_id: Path<String>,
    key: IdempotencyKey,
    Body(request): Body<PromotionalGrantRequest>,
) -> Result<HttpResponse, ApiError> {
    let account_id = AccountId::parse(&account_id).map_err(|_| ApiError::not_found("account"))?;
    let key = key.of(&caller, &request)?;
    let command = Command {
        account_id: account_id.clone(),
        key: Some(key),
        action: Action::GrantPromotion(grant(request, caller.subject)?),
    };
    let render = idempotency::render(move |outcome| match outcome {
        Outcome::Given { entry, available } => {
            let view = PromotionalGrantView {
                account_id: account_id.to_string(),
                entry: EntryView::of(&account_id, entry),
                balance: AvailableView {
                    available: (*available).into(),
                },
            };
            idempotency::created(&view)
        }
        _ => None,
    });
    let written = app.writer.submit(command, Some(render)).await?;
    idempotency::respond(written, None)
}

fn grant(request: PromotionalGrantRequest, actor: String) -> Result<PromotionalGrant, ApiError> {
    let credits = request.credits.parse::<Credits>().map_err(|error| {
        let detail = format!("The body: credits: {error}.");
        ApiError::with_detail(ErrorCode::InvalidBody, detail)
    })?;
    let expires_at: Option<Instant> = expiry(request.expires_at.as_deref())?;
    Ok(PromotionalGrant {
        credits,
        reason: texts::reason(&request.reason)?,
        actor,
        expires_at,
        priority: request.priority,
    })
}
