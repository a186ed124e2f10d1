//! Money sent back through Stripe. The credits go as the facts say, not by the amount asked for here.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, post};
use ledger::command::Outcome;
use ledger::purchase::{Purchase, Ruling, open_to, target};
use ledger::replay::Key;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::find;
use super::view::AdminPurchaseView;
use crate::app::App;
use crate::http::body::Body;
use crate::http::callers::Admin;
use crate::http::error::{ApiError, ErrorCode};
use crate::http::idempotency::{self, IdempotencyKey};
use crate::http::texts;
use crate::http::whole_number::WholeNumber;
use crate::payments::stripe::NewRefund;
use crate::wire::{CheckoutStatus, present};

/// How much to send back, and why.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewPurchaseRefund)]
pub struct PurchaseRefundRequest {
    /// In minor units of the price's currency; all that is left of the payment when absent.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<i64>, nullable = false, minimum = 1, maximum = 99_999_999, examples(2300))]
    amount: Option<WholeNumber>,
    /// Why; kept with the refund at Stripe.
    #[schema(
        pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
        min_length = 1,
        max_length = 500,
        examples("Bought by mistake")
    )]
    reason: String,
    /// Which payment: that of the purchase, or the one under review, when absent.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 255,
        pattern = "^[!-~]+$"
    )]
    payment_intent_id: Option<String>,
}

/// Refund a purchase
///
/// Stripe sends the money back, and its credits go: what is left of them out of their lots, what was
/// used becomes debt, what had expired is nothing.
#[utoipa::path(
    operation_id = "refund_purchase",
    tag = "Administration",
    params(("id" = String, Path, description = "The purchase's id.", format = "uuid",
        example = "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9")),
    request_body(content = PurchaseRefundRequest, example = json!({"reason": "Bought by mistake"})),
    responses((status = 200, description = "The purchase as the refund leaves it. One that is still \
        pending at Stripe takes no credits yet.",
        body = AdminPurchaseView, example = json!({
            "account_id": "user-1",
            "purchase": {
                "id": "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9", "status": "refunded",
                "title": "Plus: 5000 credits", "credits": "5000", "bonus_credits": "0",
                "price": {"amount": 4600, "currency": "usd"}, "package_id": "plus",
                "checkout_session_id": "cs_test_a1B2c3D4", 
                "created_at": "2026-11-23T08:58:40Z", "paid_at": "2026-11-23T08:59:12Z"
            },
            "clawed_back": "5000", "clawed_as_debt": "0",
            "updated_at": "2026-11-23T08:59:12Z"
        })))
)]
#[post("/v1/admin/purchases/{id}/refund")]
pub async fn refund_purchase(
    app: Data<App>,
    Admin(caller): Admin,
    id: Path<String>,
    key: IdempotencyKey,
    Body(request): Body<PurchaseRefundRequest>,
) -> Result<HttpResponse, ApiError> {
    let reason = texts::reason(&request.reason)?;
    if request
        .amount
        .is_some_and(|amount| !(1..=MOST).contains(&amount.get()))
    {
        let detail = format!("The body: amount is 1 to {MOST} minor units.");
        return Err(ApiError::with_detail(ErrorCode::InvalidBody, detail));
    }
    let key = key.of(&caller, &request)?;
    // Before Stripe is called: another request under the same key must not move money.
    if let Some(answer) = idempotency::earlier_answer(&app, &key).await? {
        return Ok(answer);
    }
    let purchase = find(&app, &id).await?;
    let payment_intent_id = payment(&purchase, request.payment_intent_id)?;
    let new = NewRefund {
        payment_intent_id,
        amount_minor: request.amount.map(WholeNumber::get),
        reason,
        request: name(&key),
    };
    let render = idempotency::render(|outcome| match outcome {
        Outcome::PurchaseSettled { purchase, .. } => {
            idempotency::ok(&AdminPurchaseView::from(purchase))
        }
        _ => None,
    });
    let written = app.payments.refund(&purchase, &new, key, render).await?;
    idempotency::respond(written, None)
}

/// The most that Stripe moves at once.
const MOST: i64 = 99_999_999;

fn name(key: &Key) -> String {
    let digits = key.id.digest.iter().map(|byte| format!("{byte:02x}"));
    digits.collect()
}

/// One of the purchase's own payments: the one named, or the one under review, or the one granted.
fn payment(purchase: &Purchase, named: Option<String>) -> Result<String, ApiError> {
    let (terms, facts) = (&purchase.terms, &purchase.facts);
    let nothing = || {
        ApiError::new(ErrorCode::NothingToRefund).field(
            "purchase_status",
            json!(CheckoutStatus::from(purchase.status)),
        )
    };
    if let Some(named) = named {
        let is_ours = purchase.payments().any(|(_, id)| id == named);
        return is_ours.then_some(named).ok_or_else(nothing);
    }
    let under_review = open_to(Ruling::Rejected, terms, facts);
    let of_review = under_review.first().and_then(|(about, _)| {
        let mut payments = purchase.payments();
        let (_, id) = payments.find(|(told_by, _)| told_by == about)?;
        Some(id.to_owned())
    });
    let granted = target(terms, facts);
    let granted = granted.paid_by.and(granted.payment_intent_id);
    of_review.or(granted).ok_or_else(nothing)
}
