//! The `lots` row: one lot, with what became of it.

use diesel::prelude::*;
use ledger::ids::{AccountId, LotId, PurchaseId};
use ledger::instant::Instant;
use ledger::lot::{Lot, Source};

use super::credits;
use crate::store::StoreError;
use crate::store::schema::lots;
use crate::store::sql_types::StoredId;

#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = lots)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct LotRow {
    pub bucket: i16,
    pub account_id: String,
    pub lot_id: StoredId,
    pub source: i16,
    pub purchase_id: Option<StoredId>,
    pub priority: i16,
    pub granted: i64,
    pub remaining: i64,
    pub held: i64,
    pub frozen: i64,
    pub consumed: i64,
    pub expired: i64,
    pub clawed: i64,
    pub granted_at: i64,
    pub expires_at: i64,
    pub reminded_days: Option<i16>,
}

impl LotRow {
    pub fn new(account_id: &AccountId, lot: &Lot) -> LotRow {
        LotRow {
            bucket: account_id.bucket(),
            account_id: account_id.to_string(),
            lot_id: StoredId(lot.id.uuid()),
            source: source_code(lot.source),
            purchase_id: lot.purchase_id.map(|id| StoredId(id.uuid())),
            priority: lot.priority,
            granted: lot.granted.micro(),
            remaining: lot.remaining.micro(),
            held: lot.held.micro(),
            frozen: lot.frozen.micro(),
            consumed: lot.consumed.micro(),
            expired: lot.expired.micro(),
            clawed: lot.clawed.micro(),
            granted_at: lot.granted_at.micros(),
            expires_at: lot.expires_at.micros(),
            reminded_days: lot.reminded_days.and_then(|days| i16::try_from(days).ok()),
        }
    }
}

impl TryFrom<LotRow> for Lot {
    type Error = StoreError;

    fn try_from(row: LotRow) -> Result<Lot, StoreError> {
        Ok(Lot {
            id: LotId::from_uuid(row.lot_id.0),
            source: source_from_code(row.source)?,
            purchase_id: row.purchase_id.map(|id| PurchaseId::from_uuid(id.0)),
            priority: row.priority,
            granted: credits(row.granted),
            remaining: credits(row.remaining),
            held: credits(row.held),
            frozen: credits(row.frozen),
            consumed: credits(row.consumed),
            expired: credits(row.expired),
            clawed: credits(row.clawed),
            granted_at: Instant::from_micros(row.granted_at),
            expires_at: Instant::from_micros(row.expires_at),
            reminded_days: row.reminded_days.map(days).transpose()?,
        })
    }
}

const fn source_code(source: Source) -> i16 {
    match source {
        Source::Purchase => 1,
        Source::Bonus => 2,
        Source::Promotion => 3,
        Source::Adjustment => 4,
    }
}

fn source_from_code(code: i16) -> Result<Source, StoreError> {
    match code {
        1 => Ok(Source::Purchase),
        2 => Ok(Source::Bonus),
        3 => Ok(Source::Promotion),
        4 => Ok(Source::Adjustment),
        _ => Err(StoreError::corrupt(format!("lots.source is {code}"))),
    }
}

fn days(stored: i16) -> Result<u16, StoreError> {
    u16::try_from(stored)
        .map_err(|_| StoreError::corrupt(format!("lots.reminded_days is {stored}")))
}
