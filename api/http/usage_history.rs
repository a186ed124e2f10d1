//! The history of an account: its entries, newest first.

use actix_web::web::{Bytes, Data};
use actix_web::{HttpResponse, get};
use ledger::entry::Entry;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::callers::Reader;
use super::entries::{EntryView, KindView};
use super::error::{ApiError, ErrorCode};
use super::history_filter::{self, Asked};
use super::paging;
use super::query::Query;
use super::shown_pages::{PageKey, ShownPages};
use crate::app::App;
use crate::auth::Caller;
use crate::store::EntryFilter;

/// A page of entries.
#[derive(Default, Serialize, ToSchema)]
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
    /// Only entries about this operation.
    #[param(nullable = false, max_length = 63)]
    operation: Option<String>,
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
            "id": "019aaf11-0100-7a07-b1f3-0c1d2e3f4a5b", "sequence": 2, "kind": "debit",
            "amount": "-25", "held_change": "0", "balance_after": "975",
            "available_after": "975", "operation": "market_analysis",
            "quantities": {"reports": 1}, "rate_version": 1, "reference": "report-7781",
            "lots": [{"lot_id": "019aaf0e-6c00-7a3b-8c11-2f6d8a1b0c01", "credits": "-25"}],
            "created_at": "2026-11-23T09:02:00Z"
        }, {
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
    shown: Data<ShownPages>,
    Reader(caller): Reader,
    Query(query): Query<HistoryQuery>,
) -> Result<HttpResponse, ApiError> {
    let body = history(&app, &shown, &caller, &query).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .body(body))
}

/// The JSON of a page of a caller's history.
pub async fn history(
    app: &App,
    shown: &ShownPages,
    caller: &Caller,
    query: &HistoryQuery,
) -> Result<Bytes, ApiError> {
    let limit = paging::limit(query.limit)?;
    let filter = history_filter::read(&query.asked())?;
    let list = query.list();
    let asked = PageAsked {
        before: query.before(app, caller, &list)?,
        caller,
        list: &list,
        limit,
    };
    if !filter.keeps_all() {
        return json(&asked.page(app, &filter).await?);
    }
    // Before the page is read: a page may be newer than the version it is remembered by, not older.
    let Some(version) = app.store.version(&caller.account_id).await? else {
        return json(&EntryPage::default());
    };
    if let Some(body) = shown.recall(&asked.key(), version) {
        return Ok(body);
    }
    let body = json(&asked.page(app, &filter).await?)?;
    shown.keep(asked.key(), version, body.clone());
    Ok(body)
}

/// Without what the buffer had to spare: it may be kept for long.
fn json(page: &EntryPage) -> Result<Bytes, ApiError> {
    let body = serde_json::to_vec(page).map_err(|error| ApiError::internal(&error))?;
    Ok(Bytes::from(body.into_boxed_slice()))
}

/// Which page, of which list, for whom.
struct PageAsked<'a> {
    caller: &'a Caller,
    list: &'a str,
    before: Option<i64>,
    limit: i64,
}

impl PageAsked<'_> {
    fn key(&self) -> PageKey {
        PageKey {
            account_id: self.caller.account_id.clone(),
            subject: self.caller.subject.clone(),
            before: self.before,
            limit: self.limit,
        }
    }

    async fn page(&self, app: &App, filter: &EntryFilter) -> Result<EntryPage, ApiError> {
        let id = &self.caller.account_id;
        let most = self.limit.saturating_add(1);
        let rows = app.store.entries(id, filter, self.before, most).await?;
        let (entries, more) = paging::page(rows, self.limit);
        let last = entries.last().filter(|_| more);
        let cursor = |last: &Entry| {
            let position = last.sequence.to_string();
            app.seal.seal(self.caller, self.list, &position)
        };
        Ok(EntryPage {
            next_cursor: last.map(cursor),
            data: entries.iter().map(|it| EntryView::of(id, it)).collect(),
        })
    }
}

impl HistoryQuery {
    fn asked(&self) -> Asked<'_> {
        Asked {
            kind: self.kind,
            operation: self.operation.as_deref(),
            reference: self.reference.as_deref(),
            from: self.from.as_deref(),
            to: self.to.as_deref(),
        }
    }

    /// The entry before which the page begins.
    fn before(&self, app: &App, caller: &Caller, list: &str) -> Result<Option<i64>, ApiError> {
        let Some(cursor) = &self.cursor else {
            return Ok(None);
        };
        let position = paging::position(&app.seal, caller, list, cursor)?;
        let invalid = |_| ApiError::new(ErrorCode::InvalidCursor);
        Ok(Some(position.parse().map_err(invalid)?))
    }

    /// A cursor holds for the filters it was made with.
    fn list(&self) -> String {
        format!("usage-history {:?}", self.asked())
    }
}
