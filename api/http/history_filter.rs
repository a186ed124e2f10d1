//! The filters that a history and its export share, as callers name them.

use ledger::instant::Instant;

use super::entries::KindView;
use super::error::{ApiError, ErrorCode};
use crate::store::EntryFilter;

const LONGEST_REFERENCE: usize = 255;
const LONGEST_OPERATION: usize = 63;

/// What was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub kind: Option<KindView>,
    pub operation: Option<&'a str>,
    pub reference: Option<&'a str>,
    pub from: Option<&'a str>,
    pub to: Option<&'a str>,
}

/// Which entries are kept.
pub fn read(asked: &Asked<'_>) -> Result<EntryFilter, ApiError> {
    Ok(EntryFilter {
        kinds: asked.kind.map(KindView::kind).into_iter().collect(),
        operation: text("operation", asked.operation, LONGEST_OPERATION)?,
        reference: text("reference", asked.reference, LONGEST_REFERENCE)?,
        from: instant("from", asked.from)?,
        to: instant("to", asked.to)?,
    })
}

/// PostgreSQL takes no NUL in a text, and nothing longer was ever stored.
fn text(name: &str, asked: Option<&str>, longest: usize) -> Result<Option<String>, ApiError> {
    let fits = |text: &str| text.chars().count() <= longest && !text.contains('\0');
    if asked.is_none_or(fits) {
        return Ok(asked.map(ToOwned::to_owned));
    }
    let detail = format!("The query: {name} is at most {longest} characters without a NUL.");
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
