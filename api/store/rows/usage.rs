//! What work was about, as entries, holds and quotes keep it in four columns; and the `usage_days`
//! row, the sums of an account's day.

use diesel::prelude::*;
use ledger::calendar::Date;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::rating::Quantities;
use ledger::usage::{Usage, UsageKey, Used};

use super::credits;
use crate::store::StoreError;
use crate::store::schema::usage_days;

/// All null where nobody named the work.
pub struct StoredUsage {
    pub operation: Option<String>,
    pub variant: Option<String>,
    pub quantities: Option<String>,
    pub rate_version: Option<i32>,
}

impl From<Option<&Usage>> for StoredUsage {
    fn from(usage: Option<&Usage>) -> StoredUsage {
        StoredUsage {
            operation: usage.map(|usage| usage.operation.clone()),
            variant: usage.and_then(|usage| usage.variant.clone()),
            quantities: usage.map(|usage| usage.quantities.to_json()),
            rate_version: usage.and_then(|usage| usage.rate_version),
        }
    }
}

impl StoredUsage {
    pub fn parse(self) -> Result<Option<Usage>, StoreError> {
        let Some(operation) = self.operation else {
            return Ok(None);
        };
        let quantities = self.quantities.as_deref().unwrap_or("{}");
        Ok(Some(Usage {
            operation,
            variant: self.variant,
            quantities: Quantities::from_json(quantities)
                .map_err(|error| StoreError::corrupt(error.to_string()))?,
            rate_version: self.rate_version,
        }))
    }
}

#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = usage_days)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct UsageRow {
    pub bucket: i16,
    pub account_id: String,
    pub day_start: i64,
    pub operation: String,
    pub variant: String,
    pub date: i32,
    pub consumed: i64,
    pub refunded: i64,
    pub held: i64,
    pub count: i64,
}

impl UsageRow {
    pub fn new(account_id: &AccountId, key: &UsageKey, used: &Used) -> UsageRow {
        UsageRow {
            bucket: account_id.bucket(),
            account_id: account_id.to_string(),
            day_start: key.day_start.micros(),
            operation: key.operation.clone(),
            variant: key.variant.clone(),
            date: used.date.days(),
            consumed: used.consumed.micro(),
            refunded: used.refunded.micro(),
            held: used.held.micro(),
            count: used.count,
        }
    }

    pub fn parse(self) -> Result<(UsageKey, Used), StoreError> {
        let date = Date::from_days(self.date);
        let key = UsageKey {
            day_start: Instant::from_micros(self.day_start),
            operation: self.operation,
            variant: self.variant,
        };
        let used = Used {
            date: date.ok_or_else(|| StoreError::corrupt("usage_days.date"))?,
            consumed: credits(self.consumed),
            refunded: credits(self.refunded),
            held: credits(self.held),
            count: self.count,
        };
        Ok((key, used))
    }
}
