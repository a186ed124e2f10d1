//! The currency of a request: the one asked for, or the service's own; and what is sold in it. Nothing
//! is ever converted: a currency has a price list, or nothing is sold in it.

use ledger::money::Currency;
use serde_json::json;

use super::error::{ApiError, ErrorCode};
use crate::app::App;
use crate::catalogue::Catalogue;

/// Where a request says something, for a problem to name the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    InBody,
    InQuery,
}

impl Asked {
    /// A problem about what is said there.
    pub fn is_wrong(self, detail: &str) -> ApiError {
        match self {
            Asked::InBody => {
                ApiError::with_detail(ErrorCode::InvalidBody, format!("The body: {detail}"))
            }
            Asked::InQuery => ApiError::with_detail(ErrorCode::InvalidQuery, detail),
        }
    }
}

/// What is sold in the currency, or by default in the service's own.
pub async fn catalogue(
    app: &App,
    currency: Option<&str>,
    asked: Asked,
) -> Result<Catalogue, ApiError> {
    let Some(text) = currency else {
        return Ok(Catalogue::load(&app.store, app.currency).await?);
    };
    let malformed = |_| asked.is_wrong("currency is three letters, such as \"usd\".");
    let currency = Currency::parse(text).map_err(malformed)?;
    match Catalogue::find(&app.store, currency).await? {
        Some(catalogue) => Ok(catalogue),
        None => {
            let known = app.store.currencies().await?;
            Err(ApiError::with_detail(
                ErrorCode::UnknownCurrency,
                format!("Nothing is sold in {currency}."),
            )
            .field("currencies", json!(known)))
        }
    }
}
