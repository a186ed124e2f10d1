//! One purchase, with everything that led to where it stands.

use actix_web::get;
use actix_web::web::{Data, Json, Path};

use super::find;
use super::view::{AdminPurchaseDetailView, AdminPurchaseView, PurchaseEventView};
use crate::app::App;
use crate::http::callers::Admin;
use crate::http::entries::EntryView;
use crate::http::error::ApiError;

/// A purchase with all that is known of it
///
/// Its facts at Stripe, the events that told them, and the entries that they led to, side by side.
#[utoipa::path(
    operation_id = "get_any_purchase",
    tag = "Administration",
    params(("id" = String, Path, description = "The purchase's id.", format = "uuid",
        example = "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9")),
    responses((status = 200, description = "The purchase.", body = AdminPurchaseDetailView,
        example = json!({
            "account_id": "user-1",
            "purchase": {
                "id": "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9", "status": "paid",
                "title": "Plus: 5000 credits", "credits": "5000", "bonus_credits": "0",
                "price": {"amount": 4600, "currency": "usd"}, "package_id": "plus",
                "checkout_session_id": "cs_test_a1B2c3D4",
                "created_at": "2026-11-23T08:58:40Z", "paid_at": "2026-11-23T08:59:12Z"
            },
            "clawed_back": "0", "clawed_as_debt": "0", "updated_at": "2026-11-23T08:59:12Z",
            "facts": [{"kind": "session", "id": "cs_test_a1B2c3D4", "state": "complete_paid",
                "amount": 4600, "currency": "usd", "payment_intent_id": "pi_3ABC"}],
            "events": [{"id": "evt_1ABC", "kind": "checkout.session.completed", "status": "applied",
                "attempts": 1, "received_at": "2026-11-23T08:59:11Z"}],
            "entries": [{
                "id": "019aaf0d-9a00-7d4e-8f31-6b7c8d9e0f1a", "sequence": 1,
                "kind": "grant", "amount": "5000", "held_change": "0",
                "balance_after": "5000", "available_after": "5000",
                "purchase_id": "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9",
                "lots": [{"lot_id": "019aaf0d-9a00-7b12-9c43-7d8e9f0a1b2c", "credits": "5000"}],
                "created_at": "2026-11-23T08:59:12Z"
            }]
        })))
)]
#[get("/v1/admin/purchases/{id}")]
pub async fn get_any_purchase(
    app: Data<App>,
    _caller: Admin,
    id: Path<String>,
) -> Result<Json<AdminPurchaseDetailView>, ApiError> {
    let purchase = find(&app, &id).await?;
    let account_id = &purchase.terms.account_id;
    let purchase_id = purchase.terms.purchase_id;
    let events = app.store.events_of_purchase(purchase_id).await?;
    let events: Result<Vec<PurchaseEventView>, _> = events
        .into_iter()
        .map(PurchaseEventView::try_from)
        .collect();
    let entries = app
        .store
        .entries_of_purchase(account_id, purchase_id)
        .await?;
    let entries = entries.iter().map(|it| EntryView::of(account_id, it));
    Ok(Json(AdminPurchaseDetailView::new(
        AdminPurchaseView::from(&purchase),
        &purchase.facts,
        events?,
        entries.collect(),
    )))
}
