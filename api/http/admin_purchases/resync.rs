//! Stripe asked again about one purchase, whatever its status: for when somebody doubts what we know.

use actix_web::post;
use actix_web::web::{Data, Json, Path};

use super::find;
use super::view::AdminPurchaseView;
use crate::app::App;
use crate::http::callers::Admin;
use crate::http::error::ApiError;

/// Ask Stripe about a purchase again
///
/// Its session, payment, refunds and disputes are read and settled by, as events would be. Doing so
/// twice changes nothing.
#[utoipa::path(
    operation_id = "resync_purchase",
    tag = "Administration",
    params(("id" = String, Path, description = "The purchase's id.", format = "uuid",
        example = "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9")),
    responses((status = 200, description = "The purchase as Stripe's answer leaves it.",
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
#[post("/v1/admin/purchases/{id}/resync")]
pub async fn resync_purchase(
    app: Data<App>,
    _caller: Admin,
    id: Path<String>,
) -> Result<Json<AdminPurchaseView>, ApiError> {
    let purchase = find(&app, &id).await?;
    let settled = app.payments.refresh(&purchase).await?;
    Ok(Json(AdminPurchaseView::from(&settled)))
}
