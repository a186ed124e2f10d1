//! One debit: the work is done and its cost is known, so that it is paid for in one step.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use ledger::command::{Action, Command, Outcome};
use ledger::entry::Entry;
use ledger::ids::AccountId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::request::DebitRequest;
use crate::app::App;
use crate::http::adjustments::AvailableView;
use crate::http::body::Body;
use crate::http::callers::Consumer;
use crate::http::entries::EntryView;
use crate::http::error::ApiError;
use crate::http::idempotency::{self, IdempotencyKey};

/// Credits taken for work that is done.
#[derive(Serialize, ToSchema)]
#[schema(as = Debit)]
pub struct DebitView {
    pub id: Uuid,
    #[schema(examples("user-1"))]
    pub account_id: String,
    pub entry: EntryView,
    /// As the debit left it.
    pub balance: AvailableView,
}

impl DebitView {
    pub fn of(account_id: &AccountId, entry: &Entry) -> DebitView {
        DebitView {
            id: entry.id(account_id).uuid(),
            account_id: account_id.to_string(),
            entry: EntryView::of(account_id, entry),
            balance: AvailableView {
                available: entry.available_after.into(),
            },
        }
    }
}

/// Charge for work
///
/// Takes credits for work that is done. The work is priced by its quantities, with the rate in effect
/// now, or charged the credits named. If the account has not enough, or a limit leaves too little,
/// nothing is taken and the answer says what is missing.
#[utoipa::path(
    operation_id = "create_debit",
    tag = "Consuming",
    request_body(content = DebitRequest, example = json!({
        "account_id": "user-1", "operation": "model_inference", "variant": "large",
        "quantities": {"input_tokens": 1200, "output_tokens": 350}, "reference": "answer-42"})),
    responses((status = 201, description = "The debit.", body = DebitView,
        example = json!({
            "id": "019aaf10-2a00-7d4e-8f31-6b7c8d9e0f1a", "account_id": "user-1",
            "entry": {
                "id": "019aaf10-2a00-7d4e-8f31-6b7c8d9e0f1a", "sequence": 3, "kind": "debit",
                "amount": "-1.77", "held_change": "0", "balance_after": "998.23",
                "available_after": "998.23", "reference": "answer-42",
                "lots": [{"lot_id": "019aaf10-2a00-7b12-9c43-7d8e9f0a1b2c", "credits": "-1.77"}],
                "created_at": "2026-11-23T09:01:05Z"
            },
            "balance": {"available": "998.23"}
        })))
)]
#[post("/v1/debits")]
pub async fn create_debit(
    app: Data<App>,
    Consumer(caller): Consumer,
    key: IdempotencyKey,
    Body(request): Body<DebitRequest>,
) -> Result<HttpResponse, ApiError> {
    let key = key.of(&caller, &request)?;
    let (account_id, debit) = match request.into_debit(&app.rates.book(), app.clock.now()) {
        Ok(debit) => debit,
        Err(refusal) => return idempotency::answered_before(&app, &key, refusal).await,
    };
    let command = Command {
        account_id,
        key: Some(key),
        action: Action::Debit(debit),
    };
    let render = idempotency::render(|outcome| match outcome {
        Outcome::Debited { account_id, entry } => {
            idempotency::created(&DebitView::of(account_id, entry))
        }
        _ => None,
    });
    let written = app.writer.submit(command, Some(render)).await?;
    idempotency::respond(written, None)
}
