//! Promotion codes, for administrators: made once, set at any time, never taken away. What a code does
//! never changes, because people hold it in their hands.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, get, post, put};
use ledger::command::{Action, Command, Outcome, PromotionChange};
use ledger::promotion::PromotionCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::body::Body;
use super::super::callers::Admin;
use super::super::error::ApiError;
use super::super::idempotency::{self, IdempotencyKey};
use super::super::paging;
use super::super::query::Query;
use super::request::{PromotionCodeRequest, PromotionCodeSettings};
use super::view::PromotionCodeView;
use crate::app::App;
use crate::catalogue::Catalogue;
use crate::writer::Render;

/// A page of promotion codes.
#[derive(Serialize, ToSchema)]
pub struct PromotionCodePage {
    pub data: Vec<PromotionCodeView>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PromotionCodeQuery {
    /// How many to return.
    #[param(nullable = false, minimum = 1, maximum = 100, default = 25)]
    limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[param(nullable = false, max_length = 512)]
    cursor: Option<String>,
}

const LIST: &str = "promotion-codes";

/// Make a promotion code
///
/// A code is used once for each purchase opened with it. The use is given back if the purchase expires
/// or fails, and stays once it is paid. Limits are never passed by purchases opened at the same time.
#[utoipa::path(
    operation_id = "create_promotion_code",
    tag = "Administration",
    request_body(content = PromotionCodeRequest, example = json!({
        "code": "SPRING10", "percent_off": 10, "package_ids": ["plus", "pro"],
        "limits": {"per_account": 1, "in_total": 1000}, "expires_at": "2027-06-30T00:00:00Z"})),
    responses((status = 201, description = "The code made.", body = PromotionCodeView,
        example = json!({
            "code": "SPRING10", "percent_off": 10, "extra_credits": null,
            "package_ids": ["plus", "pro"], "first_purchase_only": false,
            "limits": {"per_account": 1, "in_total": 1000}, "expires_at": "2027-06-30T00:00:00Z", "active": true, "used": 0,
            "created_at": "2026-11-23T09:00:00Z", "created_by": "admin",
            "changed_at": "2026-11-23T09:00:00Z", "changed_by": "admin"
        })))
)]
#[post("/v1/admin/promotion-codes")]
pub async fn create_promotion_code(
    app: Data<App>,
    Admin(caller): Admin,
    key: IdempotencyKey,
    Body(request): Body<PromotionCodeRequest>,
) -> Result<HttpResponse, ApiError> {
    let key = key.of(&caller, &request)?;
    let catalogue = Catalogue::load(&app.store, app.currency).await?;
    let new = match request.read(&catalogue.packages, caller.subject) {
        Ok(new) => new,
        // A package may have been withdrawn since the request was first taken.
        Err(refusal) => return idempotency::answered_before(&app, &key, refusal).await,
    };
    let command = Command {
        account_id: caller.account_id,
        key: Some(key),
        action: Action::CreatePromotion(new),
    };
    let render = render(idempotency::created);
    let written = app.writer.submit(command, Some(render)).await?;
    idempotency::respond(written, None)
}

/// All promotion codes
///
/// In alphabetical order, those that cannot be used any more included.
#[utoipa::path(
    operation_id = "list_promotion_codes",
    tag = "Administration",
    params(PromotionCodeQuery),
    responses((status = 200, description = "A page of codes.", body = PromotionCodePage,
        example = json!({"data": [{
            "code": "WELCOME", "percent_off": null, "extra_credits": "500", "package_ids": null,
            "first_purchase_only": true, "limits": {"per_account": 1, "in_total": null},
            "expires_at": null, "active": true, "used": 312,
            "created_at": "2026-11-23T09:00:00Z", "created_by": "admin",
            "changed_at": "2026-11-23T09:00:00Z", "changed_by": "admin"
        }], "next_cursor": null})))
)]
#[get("/v1/admin/promotion-codes")]
pub async fn list_promotion_codes(
    app: Data<App>,
    Admin(caller): Admin,
    Query(query): Query<PromotionCodeQuery>,
) -> Result<Json<PromotionCodePage>, ApiError> {
    let limit = paging::limit(query.limit)?;
    let after = match &query.cursor {
        None => String::new(),
        Some(cursor) => paging::position(&app.seal, &caller, LIST, cursor)?,
    };
    let rows = app.store.promotions_after(&after, limit.saturating_add(1));
    let (codes, more) = paging::page(rows.await?, limit);
    let last = codes.last().filter(|_| more);
    Ok(Json(PromotionCodePage {
        next_cursor: last.map(|it| app.seal.seal(&caller, LIST, it.code.as_str())),
        data: codes.iter().map(PromotionCodeView::from).collect(),
    }))
}

/// A promotion code
///
/// With how often it is used.
#[utoipa::path(
    operation_id = "get_promotion_code",
    tag = "Administration",
    params(("code" = String, Path, description = "In either case.",
        pattern = "^[A-Za-z0-9_-]{3,32}$", example = "SPRING10")),
    responses((status = 200, description = "The code.", body = PromotionCodeView,
        example = json!({
            "code": "SPRING10", "percent_off": 10, "extra_credits": null,
            "package_ids": ["plus", "pro"], "first_purchase_only": false,
            "limits": {"per_account": 1, "in_total": 1000}, "expires_at": "2027-06-30T00:00:00Z", "active": true, "used": 17,
            "created_at": "2026-11-23T09:00:00Z", "created_by": "admin",
            "changed_at": "2026-11-23T09:00:00Z", "changed_by": "admin"
        })))
)]
#[get("/v1/admin/promotion-codes/{code}")]
pub async fn get_promotion_code(
    app: Data<App>,
    _caller: Admin,
    code: Path<String>,
) -> Result<Json<PromotionCodeView>, ApiError> {
    let known = app.store.promotion(&named(&code)?).await?;
    let known = known.ok_or_else(|| ApiError::not_found("promotion code"))?;
    Ok(Json(PromotionCodeView::from(&known)))
}

/// Set a promotion code
///
/// Switches it on or off, and sets its limits and its end, all at once: what is left out is not
/// limited. A limit below what was used already stops further uses. Purchases that were opened with the
/// code keep what was agreed.
#[utoipa::path(
    operation_id = "update_promotion_code",
    tag = "Administration",
    params(("code" = String, Path, description = "In either case.",
        pattern = "^[A-Za-z0-9_-]{3,32}$", example = "SPRING10")),
    request_body(content = PromotionCodeSettings, example = json!({
        "active": false, "limits": {"per_account": 1, "in_total": 1000}})),
    responses((status = 200, description = "The code.", body = PromotionCodeView,
        example = json!({
            "code": "SPRING10", "percent_off": 10, "extra_credits": null,
            "package_ids": ["plus", "pro"], "first_purchase_only": false,
            "limits": {"per_account": 1, "in_total": 1000}, "expires_at": null, "active": false, "used": 17,
            "created_at": "2026-11-23T09:00:00Z", "created_by": "admin",
            "changed_at": "2026-11-24T09:00:00Z", "changed_by": "admin"
        })))
)]
#[put("/v1/admin/promotion-codes/{code}")]
pub async fn update_promotion_code(
    app: Data<App>,
    Admin(caller): Admin,
    code: Path<String>,
    key: IdempotencyKey,
    Body(request): Body<PromotionCodeSettings>,
) -> Result<HttpResponse, ApiError> {
    let key = key.of(&caller, &request)?;
    let change = PromotionChange {
        code: named(&code)?,
        settings: request.read()?,
        actor: caller.subject,
    };
    let command = Command {
        account_id: caller.account_id,
        key: Some(key),
        action: Action::ChangePromotion(change),
    };
    let render = render(idempotency::ok);
    let written = app.writer.submit(command, Some(render)).await?;
    idempotency::respond(written, None)
}

/// What is no code is the name of no code.
fn named(text: &str) -> Result<PromotionCode, ApiError> {
    PromotionCode::parse(text).map_err(|_| ApiError::not_found("promotion code"))
}

fn render(
    answer: impl Fn(&PromotionCodeView) -> Option<crate::store::StoredAnswer> + Send + Sync + 'static,
) -> Render {
    idempotency::render(move |outcome| match outcome {
        Outcome::PromotionSet(promotion) => answer(&PromotionCodeView::from(promotion.as_ref())),
        _ => None,
    })
}
