//! Deliveries, for administrators: what was sent to whom, what was answered, and once more if need be.

use actix_web::web::{Data, Json, Path};
use actix_web::{get, post};
use ledger::ids::{AccountId, DeliveryId, EndpointId};
use ledger::instant::Instant;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::callers::Admin;
use super::error::{ApiError, ErrorCode};
use super::paging;
use super::query::Query;
use crate::app::App;
use crate::store::{Delivery, DeliveryFilter, DeliveryStatus, Target};
use crate::wire::{InstantView, NotificationKind};

/// A page of deliveries.
#[derive(Serialize, ToSchema)]
pub struct DeliveryPage {
    pub data: Vec<DeliveryView>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
}

/// A notice on its way to somebody.
#[derive(Serialize, ToSchema)]
#[schema(as = Delivery)]
pub struct DeliveryView {
    pub id: Uuid,
    /// Whom the notice is about.
    pub account_id: String,
    /// The notice's number within its account.
    #[schema(minimum = 1)]
    pub number: i64,
    pub kind: NotificationKind,
    pub channel: ChannelView,
    /// Of a webhook: where it is sent to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub endpoint_id: Option<Uuid>,
    pub status: DeliveryStatusView,
    /// So far, or since it was ordered again.
    #[schema(minimum = 0)]
    pub attempts: i32,
    /// Null once there is nothing left to do.
    pub next_attempt_at: Option<InstantView>,
    pub last_attempt_at: Option<InstantView>,
    /// The status of the last answer: of HTTP, or of the mail server. Null where nobody answered.
    pub answer_status: Option<i16>,
    /// The beginning of what was answered last, or what went wrong.
    pub answer: Option<String>,
    /// When the notice was given.
    pub created_at: InstantView,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DeliveryChannel)]
pub enum ChannelView {
    Email,
    Webhook,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DeliveryStatus)]
pub enum DeliveryStatusView {
    /// For its first attempt, for another one, or for what comes before it.
    Waiting,
    Delivered,
    /// A dead letter, until it is ordered again.
    GivenUp,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeliveryQuery {
    /// Only of this account.
    #[param(
        nullable = false,
        min_length = 1,
        max_length = 255,
        pattern = "^[!-~]+$"
    )]
    account_id: Option<String>,
    /// Only to this webhook endpoint.
    #[param(nullable = false)]
    endpoint_id: Option<Uuid>,
    /// Only those that stand there: `given_up` are the dead letters.
    #[param(nullable = false, inline)]
    status: Option<DeliveryStatusView>,
    /// How many to return.
    #[param(nullable = false, minimum = 1, maximum = 100, default = 25)]
    limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[param(nullable = false, max_length = 512)]
    cursor: Option<String>,
}

const LIST: &str = "deliveries";

/// Deliveries
///
/// Of notices by e-mail and to webhook endpoints, those of the newest notices first. What is done with is
/// kept for 30 days.
#[utoipa::path(
    operation_id = "list_deliveries",
    tag = "Administration",
    params(DeliveryQuery),
    responses((status = 200, description = "A page of deliveries.", body = DeliveryPage,
        example = json!({"data": [{
            "id": "019aaf11-0100-7a07-b1f3-0c1d2e3f4a5b", "account_id": "user-1", "number": 3,
            "kind": "balance.low", "channel": "webhook",
            "endpoint_id": "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9", "status": "given_up", "attempts": 10,
            "next_attempt_at": null, "last_attempt_at": "2026-11-26T06:31:00Z", "answer_status": 500,
            "answer": "Internal Server Error", "created_at": "2026-11-23T09:02:00Z"
        }], "next_cursor": null})))
)]
#[get("/v1/admin/deliveries")]
pub async fn list_deliveries(
    app: Data<App>,
    Admin(caller): Admin,
    Query(query): Query<DeliveryQuery>,
) -> Result<Json<DeliveryPage>, ApiError> {
    let limit = paging::limit(query.limit)?;
    let cursor = query.cursor.as_ref();
    let before = paging::from(&app, &caller, LIST, cursor, read_position)?;
    let filter = query.filter()?;
    let rows = app
        .store
        .deliveries(&filter, before, limit.saturating_add(1));
    let (deliveries, more) = paging::page(rows.await?, limit);
    let last = deliveries.last().filter(|_| more);
    Ok(Json(DeliveryPage {
        next_cursor: last.map(|last| {
            let position = format!("{} {}", last.created_at.micros(), last.id);
            app.seal.seal(&caller, LIST, &position)
        }),
        data: deliveries.iter().map(DeliveryView::from).collect(),
    }))
}

/// Send a delivery again
///
/// At once, whatever became of it, with all its attempts before it again. The receiver can tell by the id of
/// the notice that it was sent before.
#[utoipa::path(
    operation_id = "replay_delivery",
    tag = "Administration",
    params(("id" = String, Path, description = "The delivery's id.", format = "uuid",
        example = "019aaf11-0100-7a07-b1f3-0c1d2e3f4a5b")),
    responses((status = 200, description = "The delivery, which waits again.", body = DeliveryView,
        example = json!({
            "id": "019aaf11-0100-7a07-b1f3-0c1d2e3f4a5b", "account_id": "user-1", "number": 3,
            "kind": "balance.low", "channel": "email", "status": "waiting", "attempts": 0,
            "next_attempt_at": "2026-11-27T09:00:00Z", "last_attempt_at": "2026-11-26T06:31:00Z",
            "answer_status": 550, "answer": "mailbox unavailable", "created_at": "2026-11-23T09:02:00Z"
        })))
)]
#[post("/v1/admin/deliveries/{id}/replay")]
pub async fn replay_delivery(
    app: Data<App>,
    _caller: Admin,
    id: Path<String>,
) -> Result<Json<DeliveryView>, ApiError> {
    let nothing = || ApiError::not_found("delivery");
    let id = DeliveryId::from_uuid(Uuid::parse_str(&id).map_err(|_| nothing())?);
    app.store.replay_delivery(id, app.clock.now()).await?;
    let delivery = app.store.delivery(id).await?.ok_or_else(nothing)?;
    Ok(Json(DeliveryView::from(&delivery)))
}

fn read_position(position: &str) -> Option<(Instant, DeliveryId)> {
    let (micros, id) = position.split_once(' ')?;
    let id = Uuid::parse_str(id).ok()?;
    let created_at = Instant::from_micros(micros.parse().ok()?);
    Some((created_at, DeliveryId::from_uuid(id)))
}

impl DeliveryQuery {
    fn filter(&self) -> Result<DeliveryFilter, ApiError> {
        let account_id = self.account_id.as_deref().map(AccountId::parse);
        let account_id = account_id.transpose().map_err(|error| {
            let detail = format!("The query: account_id: {error}.");
            ApiError::with_detail(ErrorCode::InvalidQuery, detail)
        })?;
        let endpoint = self.endpoint_id.map(EndpointId::from_uuid);
        Ok(DeliveryFilter {
            account_id,
            target: endpoint.map(Target::Endpoint),
            status: self.status.map(|status| match status {
                DeliveryStatusView::Waiting => DeliveryStatus::Waiting,
                DeliveryStatusView::Delivered => DeliveryStatus::Delivered,
                DeliveryStatusView::GivenUp => DeliveryStatus::GivenUp,
            }),
        })
    }
}

impl From<&Delivery> for DeliveryView {
    fn from(delivery: &Delivery) -> DeliveryView {
        let (channel, endpoint_id) = match delivery.target {
            Target::Mailbox => (ChannelView::Email, None),
            Target::Endpoint(id) => (ChannelView::Webhook, Some(id.uuid())),
        };
        let answer = delivery.answer.as_ref();
        DeliveryView {
            id: delivery.id.uuid(),
            account_id: delivery.account_id.to_string(),
            number: delivery.number,
            kind: delivery.kind.into(),
            channel,
            endpoint_id,
            status: match delivery.status {
                DeliveryStatus::Waiting => DeliveryStatusView::Waiting,
                DeliveryStatus::Delivered => DeliveryStatusView::Delivered,
                DeliveryStatus::GivenUp => DeliveryStatusView::GivenUp,
            },
            attempts: delivery.attempts,
            next_attempt_at: delivery.next_attempt_at.map(InstantView::from),
            last_attempt_at: delivery.attempted_at.map(InstantView::from),
            answer_status: answer.and_then(|answer| answer.status),
            answer: answer.map(|answer| answer.text.clone()),
            created_at: delivery.created_at.into(),
        }
    }
}
