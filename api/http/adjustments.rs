//! Credits given or taken by an administrator, who says why.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, post};
use ledger::command::{Action, Adjustment, Command, Outcome};
use ledger::credits::Credits;
use ledger::entry::Entry;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::Body;
use super::callers::Admin;
use super::entries::EntryView;
use super::error::{ApiError, ErrorCode};
use super::idempotency::{self, IdempotencyKey};
use super::texts;
use crate::app::App;
use crate::wire::{CreditsView, present};

/// Credits to give or take.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewAdjustment)]
pub struct AdjustmentRequest {
    /// With its sign: `+100` gives, `-5` takes.
    #[schema(
        pattern = r"^[+-]?(0\.[0-9]{0,5}[1-9]|[1-9][0-9]{0,6}(\.[0-9]{1,6})?)$",
        examples("+100")
    )]
    credits: String,
    /// Why; the account's owner reads it in the usage history.
    #[schema(
        pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
        min_length = 1,
        max_length = 500,
        examples("Goodwill after the outage of 20 November")
    )]
    reason: String,
    /// When given credits end (RFC 3339); by default one calendar year on.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(
        nullable = false,
        format = "date-time",
        examples("2027-06-30T00:00:00Z")
    )]
    expires_at: Option<String>,
}

/// An adjustment made.
#[derive(Serialize, ToSchema)]
#[schema(as = Adjustment)]
pub struct AdjustmentView {
    pub account_id: String,
    pub entry: EntryView,
    pub balance: AvailableView,
}

/// What the account can spend now.
#[derive(Serialize, ToSchema)]
#[schema(as = Available)]
pub struct AvailableView {
    pub available: CreditsView,
}

/// Adjust an account
///
/// Gives credits as a lot of their own, or takes credits from the lots in the order in which they
/// would be used. Never more is taken than is available.
#[utoipa::path(
    operation_id = "create_adjustment",
    tag = "Administration",
    params(("account_id" = String, Path, description = "Whose credits.", min_length = 1,
        max_length = 255, pattern = "^[!-~]+$", example = "user-1")),
    request_body(content = AdjustmentRequest, example = json!({
        "credits": "+100", "reason": "Goodwill after the outage of 20 November"})),
    responses((status = 201, description = "The entry made.", body = AdjustmentView,
        example = json!({
            "account_id": "user-1",
            "entry": {
                "id": "019aaf10-2a00-7d4e-8f31-6b7c8d9e0f1a", "sequence": 2,
                "kind": "adjustment", "amount": "100", "held_change": "0",
                "balance_after": "1100", "available_after": "1100",
                "description": "Goodwill after the outage of 20 November",
                "lots": [{"lot_id": "019aaf10-2a00-7b12-9c43-7d8e9f0a1b2c", "credits": "100"}],
                "created_at": "2026-11-23T09:01:05Z"
            },
            "balance": {"available": "1100"}
        })))
)]
#[post("/v1/admin/accounts/{account_id}/adjustments")]
pub async fn create_adjustment(
    app: Data<App>,
    Admin(caller): Admin,
    account_id: Path<String>,
    key: IdempotencyKey,
    Body(request): Body<AdjustmentRequest>,
) -> Result<HttpResponse, ApiError> {
    let account_id = AccountId::parse(&account_id).map_err(|_| ApiError::not_found("account"))?;
    let key = key.of(&caller, &request)?;
    let command = Command {
        account_id: account_id.clone(),
        key: Some(key),
        action: Action::Adjust(adjustment(request, caller.subject)?),
    };
    let render = idempotency::render(move |outcome| match outcome {
        Outcome::Adjusted { entry, available } => {
            idempotency::created(&view(&account_id, entry, *available))
        }
        _ => None,
    });
    let written = app.writer.submit(command, Some(render)).await?;
    idempotency::respond(written, None)
}

fn adjustment(request: AdjustmentRequest, actor: String) -> Result<Adjustment, ApiError> {
    let invalid = |detail: String| ApiError::with_detail(ErrorCode::InvalidBody, detail);
    let credits = Credits::parse_signed(&request.credits)
        .map_err(|error| invalid(format!("The body: credits: {error}.")))?;
    let reason = texts::reason(&request.reason)?;
    let expires_at = expiry(request.expires_at.as_deref())?;
    Ok(Adjustment {
        credits,
        reason,
        actor,
        expires_at,
    })
}

/// When given credits end, as an administrator says it.
pub fn expiry(text: Option<&str>) -> Result<Option<Instant>, ApiError> {
    text.map(str::parse).transpose().map_err(|_| {
        let detail = "The body: expires_at is an instant such as 2027-06-30T00:00:00Z.";
        ApiError::with_detail(ErrorCode::InvalidBody, detail)
    })
}

fn view(account_id: &AccountId, entry: &Entry, available: Credits) -> AdjustmentView {
    AdjustmentView {
        account_id: account_id.to_string(),
        entry: EntryView::of(account_id, entry),
        balance: AvailableView {
            available: available.into(),
        },
    }
}
