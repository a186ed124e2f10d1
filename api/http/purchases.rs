//! What was bought, and how each purchase ended.

use actix_web::get;
use actix_web::web::{Data, Json, Path};
use ledger::ids::PurchaseId;
use ledger::purchase::Purchase;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::callers::Reader;
use super::error::ApiError;
use super::paging;
use super::query::Query;
use crate::app::App;
use crate::store::review_name;
use crate::wire::{CheckoutStatus, CreditsView, InstantView, MoneyView};

/// One attempt to buy credits.
#[derive(Serialize, ToSchema)]
#[schema(as = Purchase)]
pub struct PurchaseView {
    pub id: Uuid,
    pub status: CheckoutStatus,
    /// What was bought, as the buyer read it.
    #[schema(examples("Plus: 5000 credits"))]
    pub title: String,
    pub credits: CreditsView,
    pub bonus_credits: CreditsView,
    pub price: MoneyView,
    /// The promotion code that it was opened with.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("SPRING10"))]
    pub promotion_code: Option<String>,
    /// The price without the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub list_price: Option<MoneyView>,
    /// The tax that was paid on top of the price or in it, where Stripe computes tax.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub tax: Option<MoneyView>,
    /// Absent for a custom amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub package_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub checkout_session_id: Option<String>,
    /// Why a person has to look at it, if one has to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("amount_mismatch"))]
    pub review: Option<String>,
    /// Stripe's receipt, for the one who paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        format = "uri",
        examples("https://pay.stripe.com/receipts/acct_1/ch_1")
    )]
    pub receipt_url: Option<String>,
    /// Stripe's invoice, where the platform has them made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        format = "uri",
        examples("https://invoice.stripe.com/i/acct_1/inv_1")
    )]
    pub invoice_url: Option<String>,
    pub created_at: InstantView,
    /// When the payment was confirmed and the credits were granted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub paid_at: Option<InstantView>,
}

/// A page of purchases.
#[derive(Serialize, ToSchema)]
pub struct PurchasePage {
    pub data: Vec<PurchaseView>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PurchaseQuery {
    /// How many to return.
    #[param(nullable = false, minimum = 1, maximum = 100, default = 25)]
    limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[param(nullable = false, max_length = 512)]
    cursor: Option<String>,
}

const LIST: &str = "purchases";

/// The caller's purchases
///
/// Newest first, unpaid ones included.
#[utoipa::path(
    operation_id = "list_purchases",
    tag = "Buying",
    params(PurchaseQuery),
    responses((status = 200, description = "A page of purchases.", body = PurchasePage,
        example = json!({"data": [{
            "id": "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9", "status": "paid",
            "title": "Plus: 5000 credits", "credits": "5000", "bonus_credits": "0",
            "price": {"amount": 4600, "currency": "usd"}, "package_id": "plus",
            "checkout_session_id": "cs_test_a1B2c3D4",
            "receipt_url": "https://pay.stripe.com/receipts/acct_1/ch_1",
            "created_at": "2026-11-23T08:58:40Z", "paid_at": "2026-11-23T08:59:12Z"
        }], "next_cursor": null})))
)]
#[get("/v1/purchases")]
pub async fn list_purchases(
    app: Data<App>,
    Reader(caller): Reader,
    Query(query): Query<PurchaseQuery>,
) -> Result<Json<PurchasePage>, ApiError> {
    let limit = paging::limit(query.limit)?;
    let cursor = query.cursor.as_ref();
    let before = paging::from(&app, &caller, LIST, cursor, |position| {
        Uuid::parse_str(position).ok().map(PurchaseId::from_uuid)
    })?;
    let rows = app
        .store
        .purchases(&caller.account_id, before, limit.saturating_add(1))
        .await?;
    let (purchases, more) = paging::page(rows, limit);
    let last = purchases.last().filter(|_| more);
    Ok(Json(PurchasePage {
        next_cursor: last.map(|p| {
            app.seal
                .seal(&caller, LIST, &p.terms.purchase_id.to_string())
        }),
        data: purchases.iter().map(PurchaseView::from).collect(),
    }))
}

/// One of the caller's purchases
///
/// What was agreed, and where it stands.
#[utoipa::path(
    operation_id = "get_purchase",
    tag = "Buying",
    params(("id" = String, Path, description = "The purchase's id.", format = "uuid",
        example = "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9")),
    responses((status = 200, description = "The purchase.", body = PurchaseView,
        example = json!({
            "id": "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9", "status": "paid",
            "title": "Plus: 5000 credits", "credits": "5000", "bonus_credits": "0",
            "price": {"amount": 4600, "currency": "usd"}, "package_id": "plus",
            "checkout_session_id": "cs_test_a1B2c3D4",
            "receipt_url": "https://pay.stripe.com/receipts/acct_1/ch_1",
            "created_at": "2026-11-23T08:58:40Z", "paid_at": "2026-11-23T08:59:12Z"
        })))
)]
#[get("/v1/purchases/{id}")]
pub async fn get_purchase(
    app: Data<App>,
    Reader(caller): Reader,
    id: Path<String>,
) -> Result<Json<PurchaseView>, ApiError> {
    // What is no id of a purchase is the id of no purchase.
    let missing = || ApiError::not_found("purchase");
    let id = Uuid::try_parse(&id).map_err(|_| missing())?;
    let purchase = app
        .store
        .purchase(&caller.account_id, PurchaseId::from_uuid(id))
        .await?
        .ok_or_else(missing)?;
    Ok(Json(PurchaseView::from(&purchase)))
}

impl From<&Purchase> for PurchaseView {
    fn from(purchase: &Purchase) -> PurchaseView {
        let terms = &purchase.terms;
        let redemption = terms.promotion.as_ref();
        PurchaseView {
            id: terms.purchase_id.uuid(),
            status: purchase.status.into(),
            title: purchase.request.title.clone(),
            credits: terms.credits.into(),
            bonus_credits: terms.bonus.into(),
            price: terms.price.into(),
            promotion_code: redemption.map(|it| it.code.to_string()),
            list_price: redemption.map(|it| it.list_price.into()),
            tax: purchase.tax().map(MoneyView::from),
            package_id: purchase.request.package_id.clone(),
            checkout_session_id: terms.session_id.clone(),
            review: purchase.review.map(|reason| review_name(reason).to_owned()),
            receipt_url: purchase.receipt_url().map(str::to_owned),
            invoice_url: purchase.invoice_url().map(str::to_owned),
            created_at: purchase.created_at.into(),
            paid_at: purchase.paid_at.map(InstantView::from),
        }
    }
}
