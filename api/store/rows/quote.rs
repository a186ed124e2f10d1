//! The `quotes` row: a price kept for work that is about to run.

use diesel::prelude::*;
use ledger::ids::{AccountId, QuoteId};
use ledger::instant::Instant;
use ledger::rating::Quantities;

use super::credits;
use crate::store::schema::quotes;
use crate::store::sql_types::StoredId;
use crate::store::{Quote, StoreError};

#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = quotes)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct QuoteRow {
    pub bucket: i16,
    pub account_id: String,
    pub quote_id: StoredId,
    pub operation: String,
    pub variant: Option<String>,
    pub quantities: String,
    pub rate_version: i32,
    pub credits: i64,
    pub created_at: i64,
    pub expires_at: i64,
}

impl QuoteRow {
    pub fn new(account_id: &AccountId, quote: &Quote) -> QuoteRow {
        QuoteRow {
            bucket: account_id.bucket(),
            account_id: account_id.to_string(),
            quote_id: StoredId(quote.id.uuid()),
            operation: quote.operation.clone(),
            variant: quote.variant.clone(),
            quantities: quote.quantities.to_json(),
            rate_version: quote.rate_version,
            credits: quote.credits.micro(),
            created_at: quote.created_at.micros(),
            expires_at: quote.expires_at.micros(),
        }
    }
}

impl TryFrom<QuoteRow> for Quote {
    type Error = StoreError;

    fn try_from(row: QuoteRow) -> Result<Quote, StoreError> {
        let quantities = Quantities::from_json(&row.quantities);
        let quantities = quantities.map_err(|error| StoreError::corrupt(error.to_string()))?;
        Ok(Quote {
            id: QuoteId::from_uuid(row.quote_id.0),
            operation: row.operation,
            variant: row.variant,
            quantities,
            rate_version: row.rate_version,
            credits: credits(row.credits),
            created_at: Instant::from_micros(row.created_at),
            expires_at: Instant::from_micros(row.expires_at),
        })
    }
}
