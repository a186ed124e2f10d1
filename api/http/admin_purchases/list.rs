//! The list: of all accounts or of one, of a status, or of what a person has to look at.

use actix_web::get;
use actix_web::web::{Data, Json};
use ledger::ids::{AccountId, PurchaseId};
use ledger::purchase::PurchaseStatus;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::view::AdminPurchaseView;
use crate::app::App;
use crate::http::callers::Admin;
use crate::http::error::{ApiError, ErrorCode};
use crate::http::paging;
use crate::http::query::Query;
use crate::store::PurchaseFilter;

/// A page of purchases of all accounts.
#[derive(Serialize, ToSchema)]
pub struct AdminPurchasePage {
    pub data: Vec<AdminPurchaseView>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AdminPurchaseQuery {
    /// Only of this account.
    #[param(
        nullable = false,
        min_length = 1,
        max_length = 255,
        pattern = "^[!-~]+$"
    )]
    account_id: Option<String>,
    /// Only those that stand there.
    #[param(nullable = false, inline)]
    status: Option<StatusFilter>,
    /// How many to return.
    #[param(nullable = false, minimum = 1, maximum = 100, default = 25)]
    limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[param(nullable = false, max_length = 512)]
    cursor: Option<String>,
}

/// Where a purchase stands.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusFilter {
    /// Priced by us, and not known to be at Stripe.
    Created,
    Open,
    AwaitingFunds,
    Paid,
    Disputed,
    Refunded,
    Expired,
    Failed,
    /// Everything that a person has to look at, paid purchases whose money came twice included.
    Review,
}

const LIST: &str = "admin_purchases";

/// Purchases of all accounts
///
/// Newest first. `status=review` is the list of those that wait for a person.
#[utoipa::path(
    operation_id = "list_all_purchases",
    tag = "Administration",
    params(AdminPurchaseQuery),
    responses((status = 200, description = "A page of purchases.", body = AdminPurchasePage,
        example = json!({"data": [{
            "account_id": "user-1",
            "purchase": {
                "id": "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9", "status": "review",
                "title": "Plus: 5000 credits", "credits": "5000", "bonus_credits": "0",
                "price": {"amount": 4600, "currency": "usd"}, "package_id": "plus",
                "checkout_session_id": "cs_test_a1B2c3D4", "review": "amount_mismatch",
                "created_at": "2026-11-23T08:58:40Z"
            },
            "clawed_back": "0", "clawed_as_debt": "0",
            "updated_at": "2026-11-23T08:59:12Z"
        }], "next_cursor": null})))
)]
#[get("/v1/admin/purchases")]
pub async fn list_all_purchases(
    app: Data<App>,
    Admin(caller): Admin,
    Query(query): Query<AdminPurchaseQuery>,
) -> Result<Json<AdminPurchasePage>, ApiError> {
    let limit = paging::limit(query.limit)?;
    let filter = filter(&query)?;
    let cursor = query.cursor.as_ref();
    let before = paging::from(&app, &caller, LIST, cursor, |position| {
        Uuid::parse_str(position).ok().map(PurchaseId::from_uuid)
    })?;
    let rows = app
        .store
        .all_purchases(&filter, before, limit.saturating_add(1))
        .await?;
    let (purchases, more) = paging::page(rows, limit);
    let last = purchases.last().filter(|_| more);
    Ok(Json(AdminPurchasePage {
        next_cursor: last.map(|p| {
            app.seal
                .seal(&caller, LIST, &p.terms.purchase_id.to_string())
        }),
        data: purchases.iter().map(AdminPurchaseView::from).collect(),
    }))
}

fn filter(query: &AdminPurchaseQuery) -> Result<PurchaseFilter, ApiError> {
    let account_id = query.account_id.as_deref().map(AccountId::parse);
    let account_id = account_id.transpose().map_err(|error| {
        let detail = format!("The query: account_id: {error}.");
        ApiError::with_detail(ErrorCode::InvalidQuery, detail)
    })?;
    let (status, needs_review) = match query.status {
        None => (None, false),
        Some(StatusFilter::Review) => (None, true),
        Some(StatusFilter::Created) => (Some(PurchaseStatus::Created), false),
        Some(StatusFilter::Open) => (Some(PurchaseStatus::Open), false),
        Some(StatusFilter::AwaitingFunds) => (Some(PurchaseStatus::AwaitingFunds), false),
        Some(StatusFilter::Paid) => (Some(PurchaseStatus::Paid), false),
        Some(StatusFilter::Disputed) => (Some(PurchaseStatus::Disputed), false),
        Some(StatusFilter::Refunded) => (Some(PurchaseStatus::Refunded), false),
        Some(StatusFilter::Expired) => (Some(PurchaseStatus::Expired), false),
        Some(StatusFilter::Failed) => (Some(PurchaseStatus::Failed), false),
    };
    Ok(PurchaseFilter {
        account_id,
        status,
        needs_review,
    })
}
