//! The `entries` row: one line of an account's ledger.

use diesel::prelude::*;
use ledger::credits::Credits;
use ledger::entry::{Entry, EntryBody, EntryKind, LotChange};
use ledger::ids::{AccountId, HoldId, LotId, PurchaseId};
use ledger::instant::Instant;
use uuid::Uuid;

use super::usage::StoredUsage;
use super::{bytes, credits};
use crate::store::StoreError;
use crate::store::schema::entries;
use crate::store::sql_types::StoredId;

#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = entries)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct EntryRow {
    pub bucket: i16,
    pub account_id: String,
    pub sequence: i64,
    pub kind: i16,
    pub amount: i64,
    pub held_change: i64,
    pub debt_change: i64,
    pub balance_after: i64,
    pub available_after: i64,
    pub lots: Vec<u8>,
    pub operation: Option<String>,
    pub variant: Option<String>,
    pub quantities: Option<String>,
    pub rate_version: Option<i32>,
    pub purchase_id: Option<StoredId>,
    pub hold_id: Option<StoredId>,
    pub refunds: Option<i64>,
    pub reference: Option<String>,
    pub description: Option<String>,
    pub actor: Option<String>,
    pub metadata: Option<String>,
    pub created_at: i64,
    pub hash: Vec<u8>,
}

impl EntryRow {
    pub fn new(account_id: &AccountId, entry: &Entry) -> EntryRow {
        let body = &entry.body;
        let usage = StoredUsage::from(body.usage.as_ref());
        EntryRow {
            bucket: account_id.bucket(),
            account_id: account_id.to_string(),
            sequence: entry.sequence,
            kind: body.kind.code(),
            amount: body.amount.micro(),
            held_change: body.held_change.micro(),
            debt_change: body.debt_change.micro(),
            balance_after: entry.balance_after.micro(),
            available_after: entry.available_after.micro(),
            lots: pack(&body.lots),
            operation: usage.operation,
            variant: usage.variant,
            quantities: usage.quantities,
            rate_version: usage.rate_version,
            purchase_id: body.purchase_id.map(|id| StoredId(id.uuid())),
            hold_id: body.hold_id.map(|id| StoredId(id.uuid())),
            refunds: body.refunds,
            reference: body.reference.clone(),
            description: body.description.clone(),
            actor: body.actor.clone(),
            metadata: body.metadata.clone(),
            created_at: entry.created_at.micros(),
            hash: entry.hash.to_vec(),
        }
    }
}

impl TryFrom<EntryRow> for Entry {
    type Error = StoreError;

    fn try_from(row: EntryRow) -> Result<Entry, StoreError> {
        let kind = EntryKind::from_code(row.kind)
            .ok_or_else(|| StoreError::corrupt(format!("entries.kind is {}", row.kind)))?;
        let usage = StoredUsage {
            operation: row.operation,
            variant: row.variant,
            quantities: row.quantities,
            rate_version: row.rate_version,
        };
        let lots = unpack(kind, &row.lots)?;
        let frozen = lots
            .iter()
            .try_fold(Credits::ZERO, |sum, lot| sum.checked_add(lot.frozen));
        let out_of_range = || StoreError::corrupt("entries.lots adds up to too much".to_owned());
        Ok(Entry {
            sequence: row.sequence,
            body: EntryBody {
                kind,
                amount: credits(row.amount),
                held_change: credits(row.held_change),
                frozen_change: frozen.ok_or_else(out_of_range)?,
                debt_change: credits(row.debt_change),
                lots,
                usage: usage.parse()?,
                purchase_id: row.purchase_id.map(|id| PurchaseId::from_uuid(id.0)),
                hold_id: row.hold_id.map(|id| HoldId::from_uuid(id.0)),
                refunds: row.refunds,
                reference: row.reference,
                description: row.description,
                actor: row.actor,
                metadata: row.metadata,
            },
            balance_after: credits(row.balance_after),
            available_after: credits(row.available_after),
            created_at: Instant::from_micros(row.created_at),
            hash: bytes("entries.hash", &row.hash)?,
        })
    }
}

/// 16 bytes of lot id and 8 of each of its changes, one after the other. No entry changes both what is
/// held and what is frozen, so that one place is enough for either.
fn pack(lots: &[LotChange]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(lots.len().saturating_mul(32));
    for change in lots {
        packed.extend_from_slice(change.lot_id.uuid().as_bytes());
        packed.extend_from_slice(&change.credits.micro().to_be_bytes());
        let kept = if change.frozen.is_zero() {
            change.held
        } else {
            change.frozen
        };
        packed.extend_from_slice(&kept.micro().to_be_bytes());
    }
    packed
}

fn unpack(kind: EntryKind, packed: &[u8]) -> Result<Vec<LotChange>, StoreError> {
    let chunks = packed.chunks(32).map(|chunk| {
        let (id, rest) = chunk.split_first_chunk::<16>()?;
        let (remaining, rest) = rest.split_first_chunk::<8>()?;
        let kept = <[u8; 8]>::try_from(rest).ok()?;
        let kept = Credits::from_micro(i64::from_be_bytes(kept));
        let lot_id = LotId::from_uuid(Uuid::from_bytes(*id));
        Some(match kind {
            EntryKind::Freeze | EntryKind::Thaw => LotChange::frozen(lot_id, kept),
            _ => LotChange {
                held: kept,
                ..LotChange::free(lot_id, Credits::from_micro(i64::from_be_bytes(*remaining)))
            },
        })
    });
    let lots: Option<Vec<LotChange>> = chunks.collect();
    lots.ok_or_else(|| StoreError::corrupt(format!("entries.lots has {} bytes", packed.len())))
}
