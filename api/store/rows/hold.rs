//! The `holds` row: credits set aside, and how they ended.

use diesel::prelude::*;
use ledger::calendar::Date;
use ledger::credits::Credits;
use ledger::hold::{HeldPart, Hold};
use ledger::ids::{AccountId, HoldId, LotId};
use ledger::instant::Instant;
use uuid::Uuid;

use super::credits;
use super::usage::StoredUsage;
use crate::store::schema::holds;
use crate::store::sql_types::StoredId;
use crate::store::{StoreError, codes};

#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = holds)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct HoldRow {
    pub bucket: i16,
    pub account_id: String,
    pub hold_id: StoredId,
    pub reference: String,
    pub description: Option<String>,
    pub operation: Option<String>,
    pub variant: Option<String>,
    pub quantities: Option<String>,
    pub rate_version: Option<i32>,
    pub overage: i16,
    pub status: i16,
    pub credits: i64,
    pub captured: i64,
    pub parts: Vec<u8>,
    pub created_at: i64,
    pub expires_at: i64,
    pub day_start: i64,
    pub date: i32,
}

impl HoldRow {
    pub fn new(account_id: &AccountId, hold: &Hold) -> HoldRow {
        let usage = StoredUsage::from(hold.usage.as_ref());
        HoldRow {
            bucket: account_id.bucket(),
            account_id: account_id.to_string(),
            hold_id: StoredId(hold.id.uuid()),
            reference: hold.reference.clone(),
            description: hold.description.clone(),
            operation: usage.operation,
            variant: usage.variant,
            quantities: usage.quantities,
            rate_version: usage.rate_version,
            overage: codes::overage_code(hold.overage),
            status: codes::hold_status_code(hold.status),
            credits: hold.credits.micro(),
            captured: hold.captured.micro(),
            parts: pack(&hold.parts),
            created_at: hold.created_at.micros(),
            expires_at: hold.expires_at.micros(),
            day_start: hold.day_start.micros(),
            date: hold.date.days(),
        }
    }
}

impl TryFrom<HoldRow> for Hold {
    type Error = StoreError;

    fn try_from(row: HoldRow) -> Result<Hold, StoreError> {
        let usage = StoredUsage {
            operation: row.operation,
            variant: row.variant,
            quantities: row.quantities,
            rate_version: row.rate_version,
        };
        let date = Date::from_days(row.date);
        Ok(Hold {
            id: HoldId::from_uuid(row.hold_id.0),
            reference: row.reference,
            description: row.description,
            usage: usage.parse()?,
            overage: codes::overage_from_code(row.overage)?,
            status: codes::hold_status_from_code(row.status)?,
            credits: credits(row.credits),
            captured: credits(row.captured),
            parts: held_parts(&row.parts)?,
            created_at: Instant::from_micros(row.created_at),
            expires_at: Instant::from_micros(row.expires_at),
            day_start: Instant::from_micros(row.day_start),
            date: date.ok_or_else(|| StoreError::corrupt("holds.date"))?,
        })
    }
}

/// 16 bytes of lot id and 8 of the credits, one after the other.
fn pack(parts: &[HeldPart]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(parts.len().saturating_mul(24));
    for part in parts {
        packed.extend_from_slice(part.lot_id.uuid().as_bytes());
        packed.extend_from_slice(&part.credits.micro().to_be_bytes());
    }
    packed
}

/// What a hold sets aside.
pub fn held_parts(packed: &[u8]) -> Result<Vec<HeldPart>, StoreError> {
    let chunks = packed.chunks(24).map(|chunk| {
        let (id, rest) = chunk.split_first_chunk::<16>()?;
        let micro = <[u8; 8]>::try_from(rest).ok()?;
        Some(HeldPart {
            lot_id: LotId::from_uuid(Uuid::from_bytes(*id)),
            credits: Credits::from_micro(i64::from_be_bytes(micro)),
        })
    });
    let parts: Option<Vec<HeldPart>> = chunks.collect();
    parts.ok_or_else(|| StoreError::corrupt(format!("holds.parts has {} bytes", packed.len())))
}
