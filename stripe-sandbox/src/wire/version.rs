//! The `Stripe-Version` header and the ids of requests.

use actix_web::HttpRequest;

use super::error::ApiError;

/// The version objects are shaped after, and what is answered when none is asked for.
pub(crate) const DEFAULT: &str = "2026-09-30.endive";

/// The version to echo. Any well-formed one is taken: shapes don't change with it.
pub(crate) fn requested(request: &HttpRequest) -> Result<String, ApiError> {
    let Some(header) = request.headers().get("stripe-version") else {
        return Ok(DEFAULT.to_owned());
    };
    match header.to_str() {
        Ok(version) if well_formed(version) => Ok(version.to_owned()),
        other => Err(ApiError::invalid(format!(
            "Invalid Stripe API version: {}",
            other.unwrap_or("not a text")
        ))),
    }
}

/// `2026-09-30`, `2026-09-30.endive`, and previews after a semicolon.
fn well_formed(version: &str) -> bool {
    let (date, name) = version.split_once('.').unwrap_or((version, "any"));
    let digits = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|b| b.is_ascii_digit())
    };
    let parts: Vec<&str> = date.split('-').collect();
    matches!(parts.as_slice(), [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2))
        && !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_;=. -".contains(&b))
}

pub(crate) fn new_request_id() -> String {
    crate::objects::new_id("req_")
}
