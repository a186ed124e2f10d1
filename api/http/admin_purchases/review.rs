//! An administrator's word on money that does not fit what was agreed.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, post};
use ledger::command::{Action, Command, NewRuling, Outcome};
use ledger::purchase::Ruling;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::find;
use super::view::AdminPurchaseView;
use crate::app::App;
use crate::http::body::Body;
use crate::http::callers::Admin;
use crate::http::error::ApiError;
use crate::http::idempotency::{self, IdempotencyKey};
use crate::http::texts;

/// What was decided, and why.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewReviewRuling)]
pub struct ReviewRulingRequest {
    ruling: RulingView,
    /// Why; kept with the purchase.
    #[schema(
        pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
        min_length = 1,
        max_length = 500,
        examples("The bank took a cent as its fee")
    )]
    reason: String,
}

/// What an administrator says of money under review.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReviewRuling)]
pub enum RulingView {
    /// It pays: the credits that were agreed are granted.
    Accept,
    /// It grants nothing. Refund it, if it is to go back.
    Reject,
}

/// Rule on a purchase under review
///
/// Accepted money grants what was agreed, no more and no less. A rejection can still be turned into an
/// acceptance, an acceptance into nothing but a refund.
#[utoipa::path(
    operation_id = "review_purchase",
    tag = "Administration",
    params(("id" = String, Path, description = "The purchase's id.", format = "uuid",
        example = "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9")),
    request_body(content = ReviewRulingRequest, example = json!({
        "ruling": "accept", "reason": "The bank took a cent as its fee"})),
    responses((status = 200, description = "The purchase as the ruling leaves it.",
        body = AdminPurchaseView, example = json!({
            "account_id": "user-1",
            "purchase": {
                "id": "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9", "status": "paid",
                "title": "Plus: 5000 credits", "credits": "5000", "bonus_credits": "0",
                "price": {"amount": 4600, "currency": "usd"}, "package_id": "plus",
                "checkout_session_id": "cs_test_a1B2c3D4", 
                "created_at": "2026-11-23T08:58:40Z", "paid_at": "2026-11-23T08:59:12Z"
            },
            "clawed_back": "0", "clawed_as_debt": "0",
            "updated_at": "2026-11-23T08:59:12Z"
        })))
)]
#[post("/v1/admin/purchases/{id}/review")]
pub async fn review_purchase(
    app: Data<App>,
    Admin(caller): Admin,
    id: Path<String>,
    key: IdempotencyKey,
    Body(request): Body<ReviewRulingRequest>,
) -> Result<HttpResponse, ApiError> {
    let reason = texts::reason(&request.reason)?;
    let key = key.of(&caller, &request)?;
    let purchase = find(&app, &id).await?;
    let command = Command {
        account_id: purchase.terms.account_id,
        key: Some(key),
        action: Action::RuleOnReview(NewRuling {
            purchase_id: purchase.terms.purchase_id,
            ruling: match request.ruling {
                RulingView::Accept => Ruling::Accepted,
                RulingView::Reject => Ruling::Rejected,
            },
            actor: caller.subject,
            reason,
        }),
    };
    let render = idempotency::render(|outcome| match outcome {
        Outcome::PurchaseSettled { purchase, .. } => {
            idempotency::ok(&AdminPurchaseView::from(purchase))
        }
        _ => None,
    });
    let written = app.writer.submit(command, Some(render)).await?;
    idempotency::respond(written, None)
}
