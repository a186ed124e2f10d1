//! The feed: notices of the caller's account, newest first, and the mark of how far they were read.

use actix_web::web::{Data, Json};
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::http::body::Body;
use crate::http::callers::Reader;
use crate::http::error::{ApiError, ErrorCode};
use crate::http::paging;
use crate::http::query::Query;
use crate::http::whole_number::WholeNumber;
use crate::wire::NotificationView;

const LIST: &str = "notifications";
/// No account is told so much.
const MOST_NUMBER: i64 = 1_000_000_000;

/// A page of notices.
#[derive(Serialize, ToSchema)]
pub struct NotificationPage {
    pub data: Vec<NotificationView>,
    /// How many of all of them were not read yet.
    #[schema(minimum = 0)]
    pub unread: i64,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NotificationQuery {
    /// How many to return.
    #[param(nullable = false, minimum = 1, maximum = 100, default = 25)]
    limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[param(nullable = false, max_length = 512)]
    cursor: Option<String>,
}

/// The caller's notices
///
/// What the account's owner is told, newest first: credits that arrived, end soon or have ended, a low
/// balance, money that went back, what became of auto-recharge.
#[utoipa::path(
    operation_id = "list_notifications",
    tag = "Notifications",
    params(NotificationQuery),
    responses((status = 200, description = "A page of notices.", body = NotificationPage,
        example = json!({"data": [{
            "id": "019aaf11-0100-7a07-b1f3-0c1d2e3f4a5b", "number": 2, "kind": "balance.low",
            "credits": "97.5", "threshold": "100",
            "created_at": "2026-11-23T09:02:00Z", "read_at": null
        }, {
            "id": "019aaf0e-6c00-7f10-a4d2-90b1c5d3e7f8", "number": 1, "kind": "purchase.paid",
            "credits": "1000", "purchase_id": "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9",
            "entry_sequence": 1, "created_at": "2026-11-23T08:59:12Z",
            "read_at": "2026-11-23T09:00:00Z"
        }], "unread": 1, "next_cursor": null})))
)]
#[get("/v1/notifications")]
pub async fn list_notifications(
    app: Data<App>,
    Reader(caller): Reader,
    Query(query): Query<NotificationQuery>,
) -> Result<Json<NotificationPage>, ApiError> {
    let limit = paging::limit(query.limit)?;
    let cursor = query.cursor.as_ref();
    let before = paging::from(&app, &caller, LIST, cursor, |it| it.parse::<i64>().ok())?;
    let id = &caller.account_id;
    let rows = app.store.notices(id, before, limit.saturating_add(1));
    let (notices, more) = paging::page(rows.await?, limit);
    let last = notices.last().filter(|_| more);
    Ok(Json(NotificationPage {
        unread: app.store.count_unread_notices(id).await?,
        next_cursor: last.map(|last| {
            let number = last.notice.number.to_string();
            app.seal.seal(&caller, LIST, &number)
        }),
        data: notices.iter().map(|it| super::shown(id, it)).collect(),
    }))
}

/// How far the notices were read.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadNotificationsRequest {
    /// The number of the newest one that was read; all before it count as read too.
    #[schema(value_type = i64, minimum = 1, maximum = 1_000_000_000, examples(2))]
    until: WholeNumber,
}

/// What is left to read.
#[derive(Serialize, ToSchema)]
pub struct ReadNotifications {
    /// How many notices are marked by this request.
    #[schema(minimum = 0)]
    pub marked: usize,
    #[schema(minimum = 0)]
    pub unread: i64,
}

/// Mark notices as read
///
/// All up to a number. Done twice, it marks nothing more.
#[utoipa::path(
    operation_id = "read_notifications",
    tag = "Notifications",
    request_body(content = ReadNotificationsRequest, example = json!({"until": 2})),
    responses((status = 200, description = "What is left to read.", body = ReadNotifications,
        example = json!({"marked": 1, "unread": 0})))
)]
#[post("/v1/notifications/read")]
pub async fn read_notifications(
    app: Data<App>,
    Reader(caller): Reader,
    Body(request): Body<ReadNotificationsRequest>,
) -> Result<Json<ReadNotifications>, ApiError> {
    let id = &caller.account_id;
    let until = request.until.get();
    if !(1..=MOST_NUMBER).contains(&until) {
        let detail = format!("The body: until is 1 to {MOST_NUMBER}.");
        return Err(ApiError::with_detail(ErrorCode::InvalidBody, detail));
    }
    let marked = app.store.read_notices(id, until, app.clock.now()).await?;
    let unread = app.store.count_unread_notices(id).await?;
    Ok(Json(ReadNotifications { marked, unread }))
}
