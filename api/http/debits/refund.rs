//! Giving a debit back: the work failed, and whoever paid for it sees its credits return.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, post};
use ledger::command::{Action, Command, Outcome, Refund};
use ledger::ids::AccountId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::show::charged;
use crate::app::App;
use crate::http::adjustments::AvailableView;
use crate::http::body::Body;
use crate::http::callers::Consumer;
use crate::http::entries::EntryView;
use crate::http::error::ApiError;
use crate::http::idempotency::{self, IdempotencyKey};
use crate::http::texts;
use crate::http::work::CreditsRequest;
use crate::store::StoredAnswer;
use crate::wire::{CreditsView, present};

/// What to give back.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewRefund)]
pub struct RefundRequest {
    /// By default all of it.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(nullable = false)]
    credits: Option<CreditsRequest>,
    /// Why; the account's owner reads it in the usage history.
    #[schema(
        pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
        min_length = 1,
        max_length = 500,
        examples("The model did not answer")
    )]
    reason: String,
}

/// Credits of a debit given back.
#[derive(Serialize, ToSchema)]
#[schema(as = Refund)]
pub struct RefundView {
    pub id: Uuid,
    pub debit_id: Uuid,
    #[schema(examples("user-1"))]
    pub account_id: String,
    pub credits: CreditsView,
    pub entry: EntryView,
    /// As the refund left it.
    pub balance: AvailableView,
}

/// Refund a debit
///
/// Gives back what a debit or a capture took, in whole or in part, once. The credits return to the
/// lots they came from; what returns to a lot past its end is forfeited at once.
#[utoipa::path(
    operation_id = "refund_debit",
    tag = "Consuming",
    params(("id" = String, Path, description = "The debit's id.", format = "uuid",
        example = "019aaf10-2a00-7d4e-8f31-6b7c8d9e0f1a")),
    request_body(content = RefundRequest, example = json!({"reason": "The model did not answer"})),
    responses((status = 201, description = "The refund.", body = RefundView,
        example = json!({
            "id": "019aaf10-3b00-7a5f-9041-7c8d9e0f1a2b",
            "debit_id": "019aaf10-2a00-7d4e-8f31-6b7c8d9e0f1a",
            "account_id": "user-1", "credits": "1.77",
            "entry": {
                "id": "019aaf10-3b00-7a5f-9041-7c8d9e0f1a2b", "sequence": 4, "kind": "refund",
                "amount": "1.77", "held_change": "0", "balance_after": "1000",
                "available_after": "1000", "reference": "answer-42",
                "description": "The model did not answer",
                "lots": [{"lot_id": "019aaf10-2a00-7b12-9c43-7d8e9f0a1b2c", "credits": "1.77"}],
                "created_at": "2026-11-23T09:01:09Z"
            },
            "balance": {"available": "1000"}
        })))
)]
#[post("/v1/debits/{id}/refund")]
pub async fn refund_debit(
    app: Data<App>,
    Consumer(caller): Consumer,
    id: Path<String>,
    key: IdempotencyKey,
    Body(request): Body<RefundRequest>,
) -> Result<HttpResponse, ApiError> {
    let key = key.of(&caller, &request)?;
    let charged = charged(&app, &id).await?;
    let command = Command {
        account_id: charged.account_id.clone(),
        key: Some(key),
        action: Action::RefundDebit(request.into_refund(charged.entry.sequence)?),
    };
    let render = idempotency::render(move |outcome| refunded(&charged.account_id, outcome));
    let written = app.writer.submit(command, Some(render)).await?;
    idempotency::respond(written, None)
}

impl RefundRequest {
    fn into_refund(self, sequence: i64) -> Result<Refund, ApiError> {
        Ok(Refund {
            sequence,
            credits: self.credits.map(|it| it.parse()).transpose()?,
            reason: texts::reason(&self.reason)?,
        })
    }
}

fn refunded(account_id: &AccountId, outcome: &Outcome) -> Option<StoredAnswer> {
    let Outcome::Refunded {
        debit,
        entry,
        credits,
        available,
    } = outcome
    else {
        return None;
    };
    idempotency::created(&RefundView {
        id: entry.id(account_id).uuid(),
        debit_id: debit.id(account_id).uuid(),
        account_id: account_id.to_string(),
        credits: (*credits).into(),
        entry: EntryView::of(account_id, entry),
        balance: AvailableView {
            available: (*available).into(),
        },
    })
}
