//! The whole history of an account as a file, oldest entries first. It is made page by page, as fast
//! as the client takes it: one page is in memory at a time, and no connection to the database is
//! kept while a client is slow. If the database fails midway the connection is cut: a file that
//! ended early must not look like a whole one.

use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpResponse, get};
use futures_util::{Stream, stream};
use ledger::ids::AccountId;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::callers::Reader;
use super::entries::KindView;
use super::error::ApiError;
use super::export_lines::{Format, Lines};
use super::history_filter::{self, Asked};
use super::query::Query;
use crate::app::App;
use crate::store::{Direction, EntryFilter, Span, StoreError};

/// How many entries are in memory at a time.
const ENTRIES_AT_A_TIME: i64 = 1000;
/// Through so many at most one statement looks for those that a filter keeps.
const LOOKED_THROUGH_AT_A_TIME: i64 = 20_000;

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// The kind of file; `csv` if left out.
    #[param(nullable = false, inline)]
    format: Option<FormatView>,
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
}

#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FormatView {
    /// RFC 4180, with a line of names first.
    Csv,
    /// An entry a line, as the history shows it.
    Jsonl,
}

/// The caller's whole usage history as a file
///
/// Oldest entries first, up to the last one made when the request came in. In CSV a text that a
/// spreadsheet would take for a formula is preceded by an apostrophe.
#[utoipa::path(
    operation_id = "export_usage_history",
    tag = "Account",
    params(ExportQuery),
    responses((status = 200, description = "The file.", content(
        (String = "text/csv", example = "id,sequence,created_at,kind,amount\r\n"),
        (String = "application/jsonl", example = "{\"sequence\":1,\"kind\":\"grant\"}\n")
    )))
)]
#[get("/v1/usage-history/export")]
pub async fn export_usage_history(
    app: Data<App>,
    Reader(caller): Reader,
    Query(query): Query<ExportQuery>,
) -> Result<HttpResponse, ApiError> {
    let filter = history_filter::read(&query.asked())?;
    let format = match query.format.unwrap_or(FormatView::Csv) {
        FormatView::Csv => Format::Csv,
        FormatView::Jsonl => Format::JsonLines,
    };
    let span = app.store.span(&caller.account_id, &filter).await?;
    let export = Export {
        app,
        account_id: caller.account_id,
        filter,
        left: span,
        lines: Lines::new(format),
    };
    let disposition = format!(
        "attachment; filename=\"usage-history.{}\"",
        format.extension()
    );
    Ok(HttpResponse::Ok()
        .content_type(format.media_type())
        .insert_header((CONTENT_DISPOSITION, disposition))
        .streaming(export.pages()))
}

impl ExportQuery {
    fn asked(&self) -> Asked<'_> {
        Asked {
            kind: self.kind,
            operation: self.operation.as_deref(),
            reference: self.reference.as_deref(),
            from: self.from.as_deref(),
            to: self.to.as_deref(),
        }
    }
}

/// What of an export is still to be sent.
struct Export {
    app: Data<App>,
    account_id: AccountId,
    filter: EntryFilter,
    left: Span,
    lines: Lines,
}

impl Export {
    /// A page is read when the one before it was taken.
    fn pages(self) -> impl Stream<Item = Result<Bytes, ExportError>> {
        stream::try_unfold(self, |mut export| async move {
            let page = export.next_page().await;
            let page = page.inspect_err(|error| {
                tracing::warn!(%error, "an export was cut off");
            })?;
            Ok(page.map(|page| (page, export)))
        })
    }

    async fn next_page(&mut self) -> Result<Option<Bytes>, ExportError> {
        if let Some(heading) = self.lines.heading()? {
            return Ok(Some(heading));
        }
        while self.left.after < self.left.up_to {
            let window = self.window();
            let (id, filter) = (&self.account_id, &self.filter);
            let entries = self.app.store.entries_in(
                id,
                filter,
                window,
                Direction::OldestFirst,
                ENTRIES_AT_A_TIME,
            );
            let entries = entries.await?;
            let is_full = i64::try_from(entries.len()).is_ok_and(|it| it >= ENTRIES_AT_A_TIME);
            let last = entries.last().filter(|_| is_full);
            self.left.after = last.map_or(window.up_to, |entry| entry.sequence);
            if !entries.is_empty() {
                return Ok(Some(self.lines.page(id, &entries)?));
            }
        }
        Ok(None)
    }

    /// What the next statement looks through. A reference has an index of its own.
    fn window(&self) -> Span {
        if self.filter.reference.is_some() {
            return self.left;
        }
        let end = self.left.after.saturating_add(LOOKED_THROUGH_AT_A_TIME);
        Span {
            up_to: end.min(self.left.up_to),
            ..self.left
        }
    }
}

/// Why an export was cut off. Nobody reads it but the log: the answer has begun.
#[derive(Debug, thiserror::Error)]
enum ExportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Lines(#[from] super::export_lines::LineError),
}
