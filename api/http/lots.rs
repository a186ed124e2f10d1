//! The lots a balance is made of.

use actix_web::get;
use actix_web::web::{Data, Json};
use ledger::ids::LotId;
use ledger::instant::Instant;
use ledger::lot::Lot;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::callers::Reader;
use super::error::{ApiError, ErrorCode};
use super::paging;
use super::query::Query;
use crate::app::App;
use crate::wire::{CreditsView, InstantView, SourceView};

/// Credits granted at one moment from one source.
#[derive(Serialize, ToSchema)]
#[schema(as = Lot)]
pub struct LotView {
    pub id: Uuid,
    pub source: SourceView,
    pub granted: CreditsView,
    /// What is still there, the held part included.
    pub remaining: CreditsView,
    /// Set aside for work under way.
    pub held: CreditsView,
    /// Kept back while the payment for it is disputed.
    pub frozen: CreditsView,
    pub granted_at: InstantView,
    /// The first instant at which the lot no longer counts.
    pub expires_at: InstantView,
    /// Lots of a lower priority are used first, before any that end sooner. Bought ones have 0.
    pub priority: i16,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub purchase_id: Option<Uuid>,
}

/// A page of lots.
#[derive(Serialize, ToSchema)]
pub struct LotPage {
    pub data: Vec<LotView>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LotQuery {
    /// How many to return.
    #[param(nullable = false, minimum = 1, maximum = 100, default = 25)]
    limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[param(nullable = false, max_length = 512)]
    cursor: Option<String>,
}

const LIST: &str = "lots";

/// The caller's lots
///
/// Lots that can still be used, soonest end first.
#[utoipa::path(
    operation_id = "list_lots",
    tag = "Account",
    params(LotQuery),
    responses((status = 200, description = "A page of lots.", body = LotPage,
        example = json!({"data": [{
            "id": "019aaf0e-6c00-7a3b-8c11-2f6d8a1b0c01", "source": "purchase",
            "granted": "1000", "remaining": "1000", "held": "0", "frozen": "0",
            "granted_at": "2026-11-23T08:59:12Z", "expires_at": "2027-11-23T08:59:12Z",
            "priority": 0, "purchase_id": "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9"
        }], "next_cursor": null})))
)]
#[get("/v1/lots")]
pub async fn list_lots(
    app: Data<App>,
    Reader(caller): Reader,
    Query(query): Query<LotQuery>,
) -> Result<Json<LotPage>, ApiError> {
    let limit = paging::limit(query.limit)?;
    let after = match &query.cursor {
        None => None,
        Some(cursor) => Some(position(&paging::position(
            &app.seal, &caller, LIST, cursor,
        )?)?),
    };
    let now = app.clock.now();
    let rows = app
        .store
        .lots(&caller.account_id, now, after, limit.saturating_add(1))
        .await?;
    let (lots, more) = paging::page(rows, limit);
    let last = lots.last().filter(|_| more);
    Ok(Json(LotPage {
        next_cursor: last.map(|lot| {
            let position = format!("{} {}", lot.expires_at.micros(), lot.id);
            app.seal.seal(&caller, LIST, &position)
        }),
        data: lots.iter().map(LotView::from).collect(),
    }))
}

fn position(text: &str) -> Result<(Instant, LotId), ApiError> {
    let parsed = text.split_once(' ').and_then(|(end, id)| {
        let end = end.parse().ok()?;
        let id = Uuid::parse_str(id).ok()?;
        Some((Instant::from_micros(end), LotId::from_uuid(id)))
    });
    parsed.ok_or_else(|| ApiError::new(ErrorCode::InvalidCursor))
}

impl From<&Lot> for LotView {
    fn from(lot: &Lot) -> LotView {
        LotView {
            id: lot.id.uuid(),
            source: lot.source.into(),
            granted: lot.granted.into(),
            remaining: lot.remaining.into(),
            held: lot.held.into(),
            frozen: lot.frozen.into(),
            granted_at: lot.granted_at.into(),
            expires_at: lot.expires_at.into(),
            priority: lot.priority,
            purchase_id: lot.purchase_id.map(|id| id.uuid()),
        }
    }
}
