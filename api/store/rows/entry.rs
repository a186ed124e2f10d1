//! The `entries` row: one line of an account's ledger.

use diesel::prelude::*;
use ledger::credits::Credits;
use ledger::entry::{Entry, EntryBody, EntryKind, LotChange};
use ledger::ids::{AccountId, LotId, PurchaseId};
use ledger::instant::Instant;
use uuid::Uuid;

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
    pub balance_after: i64,
    pub available_after: i64,
    pub lots: Vec<u8>,
    pub purchase_id: Option<StoredId>,
    pub reference: Option<String>,
    pub description: Option<String>,
    pub actor: Option<String>,
    pub created_at: i64,
    pub hash: Vec<u8>,
}

impl EntryRow {
    pub fn new(account_id: &AccountId, entry: &Entry) -> EntryRow {
        let body = &entry.body;
        EntryRow {
            bucket: account_id.bucket(),
            account_id: account_id.to_string(),
            sequence: entry.sequence,
            kind: body.kind.code(),
            amount: body.amount.micro(),
            held_change: body.held_change.micro(),
            balance_after: entry.balance_after.micro(),
            available_after: entry.available_after.micro(),
            lots: pack(&body.lots),
            purchase_id: body.purchase_id.map(|id| StoredId(id.uuid())),
            reference: body.reference.clone(),
            description: body.description.clone(),
            actor: body.actor.clone(),
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
        Ok(Entry {
            sequence: row.sequence,
            body: EntryBody {
                kind,
                amount: credits(row.amount),
                held_change: credits(row.held_change),
                lots: unpack(&row.lots)?,
                purchase_id: row.purchase_id.map(|id| PurchaseId::from_uuid(id.0)),
                reference: row.reference,
                description: row.description,
                actor: row.actor,
            },
            balance_after: credits(row.balance_after),
            available_after: credits(row.available_after),
            created_at: Instant::from_micros(row.created_at),
            hash: bytes("entries.hash", &row.hash)?,
        })
    }
}

/// 16 bytes of lot id and 8 of its change, one after the other.
fn pack(lots: &[LotChange]) -> Vec<u8> {
    let mut packed = Vec::new();
    for change in lots {
        packed.extend_from_slice(change.lot_id.uuid().as_bytes());
        packed.extend_from_slice(&change.credits.micro().to_be_bytes());
    }
    packed
}

fn unpack(packed: &[u8]) -> Result<Vec<LotChange>, StoreError> {
    let mut lots = Vec::new();
    let mut rest = packed;
    while let Some((id, tail)) = rest.split_first_chunk::<16>() {
        let Some((micro, tail)) = tail.split_first_chunk::<8>() else {
            break;
        };
        lots.push(LotChange {
            lot_id: LotId::from_uuid(Uuid::from_bytes(*id)),
            credits: Credits::from_micro(i64::from_be_bytes(*micro)),
        });
        rest = tail;
    }
    let whole = packed.len().checked_rem(24) == Some(0);
    whole
        .then_some(lots)
        .ok_or_else(|| StoreError::corrupt(format!("entries.lots has {} bytes", packed.len())))
}
