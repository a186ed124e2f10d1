//! The `deliveries` row: a notice on its way, and how far it has come.

use diesel::prelude::*;
use ledger::ids::DeliveryId;
use ledger::instant::Instant;
use ledger::notice::Kind;

use super::account_id;
use crate::store::StoreError;
use crate::store::outgoing::{Answer, Delivery, DeliveryStatus, Target};
use crate::store::schema::deliveries;
use crate::store::sql_types::StoredId;

#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = deliveries)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct DeliveryRow {
    pub bucket: i16,
    pub account_id: String,
    pub number: i64,
    pub target: StoredId,
    pub delivery_id: StoredId,
    pub kind: i16,
    pub status: i16,
    pub attempts: i32,
    pub next_attempt_at: Option<i64>,
    pub created_at: i64,
    pub attempted_at: Option<i64>,
    pub answer_status: Option<i16>,
    pub answer: Option<String>,
}

impl From<&Delivery> for DeliveryRow {
    fn from(delivery: &Delivery) -> DeliveryRow {
        let answer = delivery.answer.as_ref();
        DeliveryRow {
            bucket: delivery.account_id.bucket(),
            account_id: delivery.account_id.to_string(),
            number: delivery.number,
            target: StoredId(delivery.target.uuid()),
            delivery_id: StoredId(delivery.id.uuid()),
            kind: delivery.kind.number(),
            status: delivery.status.code(),
            attempts: delivery.attempts,
            next_attempt_at: delivery.next_attempt_at.map(Instant::micros),
            created_at: delivery.created_at.micros(),
            attempted_at: delivery.attempted_at.map(Instant::micros),
            answer_status: answer.and_then(|answer| answer.status),
            answer: answer.map(|answer| answer.text.clone()),
        }
    }
}

impl TryFrom<DeliveryRow> for Delivery {
    type Error = StoreError;

    fn try_from(row: DeliveryRow) -> Result<Delivery, StoreError> {
        let kind = Kind::from_number(row.kind);
        let status = row.answer_status;
        Ok(Delivery {
            account_id: account_id(&row.account_id)?,
            number: row.number,
            target: Target::from_uuid(row.target.0),
            id: DeliveryId::from_uuid(row.delivery_id.0),
            kind: kind
                .ok_or_else(|| StoreError::corrupt(format!("deliveries.kind is {}", row.kind)))?,
            status: DeliveryStatus::from_code(row.status)?,
            attempts: row.attempts,
            next_attempt_at: row.next_attempt_at.map(Instant::from_micros),
            created_at: Instant::from_micros(row.created_at),
            attempted_at: row.attempted_at.map(Instant::from_micros),
            answer: row.answer.map(|text| Answer { status, text }),
        })
    }
}
