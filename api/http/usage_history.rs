//! The history of an account: its entries, newest first.

use actix_web::get;
use actix_web::web::{Data, Json};
use ledger::instant::Instant;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::callers::Reader;
use super::entries::{EntryView, KindView};
use super::error::{ApiError, ErrorCode};
use super::paging;
use super::query::Query;
use crate::app::App;
use crate::store::EntryFilter;

const LONGEST_REFERENCE: usize = 255;

/// A page of entries.
#[derive(Serialize, ToSchema)]
pub struct EntryPage {
    pub data: Vec<EntryView>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HistoryQuery {
    /// Only entries of this kind.
    #[param(nullable = false, inline)]
    kind: Option<KindView>,
    /// Only entries with exactly this reference.
    #[param(nullable = false, max_length = 255)]
    reference: Option<String>,
    /// Only entries made at or after this instant (RFC 3339).
    #[param(nullable = false, value_type = Option<String>, format = "date-time")]
    from: Option<String>,
    /// Only entries made before this instant (RFC 3339).
    #[param(nullable = false, value_type = Option<String>, format = "date-time")]
    to: Option<String>,
    /// How many to return.
    #[param(nullable = false, minimum = 1, maximum = 100, default = 25)]
    limit: Option<i64>,
    /// `next_cursor` of the page before. Keep the filters as they were.
    #[param(nullable = false, max_length = 512)]
    cursor: Option<String>,
}

/// The caller's usage history
///
/// Every change of what the account owns, newest first: what was granted, used, given back and
/// forfeited, with the lots concerned and the balance after each.
#[utoipa::path(
    operation_id = "list_usage_history",
    tag = "Account",
    params(HistoryQuery),
    responses((status = 200, description = "A page of entries.", body = EntryPage,
        example = json!({"data": [{
            "id": "019aaf0e-6c00-7f10-a4d2-90b1c5d3e7f8", "sequence": 1, "kind": "grant",
            "amount": "1000", "held_change": "0", "balance_after": "1000",
            "available_after": "1000", "description": "Starter: 1000 credits",
            "purchase_id": "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9",
            "lots": [{"lot_id": "019aaf0e-6c00-7a3b-8c11-2f6d8a1b0c01", "credits": "1000"}],
            "created_at": "2026-11-23T08:59:12Z"
        }], "next_cursor": null})))
)]
#[get("/v1/usage-history")]
pub async fn list_usage_history(
    app: Data<App>,
    Reader(caller): Reader,
    Query(query): Query<HistoryQuery>,
) -> Result<Json<EntryPage>, ApiError> {
    let limit = paging::limit(query.limit)?;
    check_reference(query.reference.as_deref())?;
    let list = query.list();
    let before = match &query.cursor {
        None => None,
        Some(cursor) => {
            let position = paging::position(&app.seal, &caller, &list, cursor)?;
            let invalid = |_| ApiError::new(ErrorCode::InvalidCursor);
            Some(position.parse::<i64>().map_err(invalid)?)
        }
    };
    if query
        .reference
        .as_ref()
        .is_some_and(|text| text.chars().count() > LONGEST_REFERENCE)
    {
        let detail = format!("The query: reference has at most {LONGEST_REFERENCE} characters.");
        return Err(ApiError::with_detail(ErrorCode::InvalidQuery, detail));
    }
    let filter = EntryFilter {
        kinds: query.kind.and_then(KindView::kind).into_iter().collect(),
        reference: query.reference.clone(),
        from: instant("from", query.from.as_deref())?,
        to: instant("to", query.to.as_deref())?,
    };
    let occurs = query.kind.is_none_or(|kind| kind.kind().is_some());
    let rows = if occurs {
        app.store
            .entries(&caller.account_id, &filter, before, limit.saturating_add(1))
            .await?
    } else {
        Vec::new()
    };
    let (entries, more) = paging::page(rows, limit);
    let last = entries.last().filter(|_| more);
    Ok(Json(EntryPage {
        next_cursor: last.map(|e| app.seal.seal(&caller, &list, &e.sequence.to_string())),
        data: entries
            .iter()
            .map(|entry| EntryView::of(&caller.account_id, entry))
            .collect(),
    }))
}

impl HistoryQuery {
    /// A cursor holds for the filters it was made with.
    fn list(&self) -> String {
        format!(
            "usage-history {:?} {:?} {:?} {:?}",
            self.kind, self.reference, self.from, self.to
        )
    }
}

/// PostgreSQL takes no NUL in a text, and nothing longer was ever stored.
fn check_reference(reference: Option<&str>) -> Result<(), ApiError> {
    let fits = |text: &str| text.chars().count() <= LONGEST_REFERENCE && !text.contains('\0');
    if reference.is_none_or(fits) {
        return Ok(());
    }
    let detail = "The query: reference is at most 255 characters without a NUL.";
    Err(ApiError::with_detail(ErrorCode::InvalidQuery, detail))
}

fn instant(name: &str, text: Option<&str>) -> Result<Option<Instant>, ApiError> {
    let invalid = |_| {
        let detail = format!("The query: {name} is an instant such as 2026-11-23T09:00:00Z.");
        ApiError::with_detail(ErrorCode::InvalidQuery, detail)
    };
    text.map(|text| text.parse::<Instant>().map_err(invalid))
        .transpose()
}
