//! Lists: a limit, and an opaque cursor that is bound to its caller and list.

use super::error::{ApiError, ErrorCode};
use crate::app::App;
use crate::auth::{Caller, CursorSeal};

pub const DEFAULT_LIMIT: i64 = 25;
pub const MOST: i64 = 100;

/// The position in a cursor that this caller was given for this list.
pub fn position(
    seal: &CursorSeal,
    caller: &Caller,
    list: &str,
    cursor: &str,
) -> Result<String, ApiError> {
    seal.open(caller, list, cursor)
        .ok_or_else(|| ApiError::new(ErrorCode::InvalidCursor))
}

/// Where a list goes on, by a cursor that this caller was given for it; none is its beginning.
pub fn from<T>(
    app: &App,
    caller: &Caller,
    list: &str,
    cursor: Option<&String>,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, ApiError> {
    let Some(cursor) = cursor else {
        return Ok(None);
    };
    let position = position(&app.seal, caller, list, cursor)?;
    let invalid = || ApiError::new(ErrorCode::InvalidCursor);
    read(&position).map(Some).ok_or_else(invalid)
}

/// The limit asked for, within bounds.
pub fn limit(asked: Option<i64>) -> Result<i64, ApiError> {
    match asked {
        None => Ok(DEFAULT_LIMIT),
        Some(limit @ 1..=MOST) => Ok(limit),
        Some(_) => Err(ApiError::with_detail(
            ErrorCode::InvalidQuery,
            format!("The query: limit is 1 to {MOST}."),
        )),
    }
}

/// A page of `limit` from one row more than that, and whether there is a next one.
pub fn page<T>(mut rows: Vec<T>, limit: i64) -> (Vec<T>, bool) {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    (rows, more)
}
