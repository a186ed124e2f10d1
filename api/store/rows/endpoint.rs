//! The `webhook_endpoints` row.

use std::collections::BTreeSet;

use diesel::prelude::*;
use ledger::ids::EndpointId;
use ledger::instant::Instant;
use ledger::notice::Kind;

use super::account_id;
use crate::store::StoreError;
use crate::store::outgoing::{Disabled, Endpoint};
use crate::store::schema::webhook_endpoints;
use crate::store::sql_types::StoredId;

#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = webhook_endpoints)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct EndpointRow {
    pub endpoint_id: StoredId,
    pub url: String,
    pub kinds: Option<i64>,
    pub description: Option<String>,
    pub disabled_because: Option<i16>,
    pub failing_since: Option<i64>,
    pub is_untold: bool,
    pub secret_generation: i32,
    pub previous_until: Option<i64>,
    pub owner: String,
    pub created_at: i64,
    pub updated_at: i64,
}

impl From<&Endpoint> for EndpointRow {
    fn from(endpoint: &Endpoint) -> EndpointRow {
        EndpointRow {
            endpoint_id: StoredId(endpoint.id.uuid()),
            url: endpoint.url.clone(),
            kinds: endpoint.kinds.as_ref().map(to_bits),
            description: endpoint.description.clone(),
            disabled_because: endpoint.disabled.map(Disabled::code),
            failing_since: endpoint.failing_since.map(Instant::micros),
            is_untold: endpoint.is_untold,
            secret_generation: endpoint.secret_generation,
            previous_until: endpoint.previous_until.map(Instant::micros),
            owner: endpoint.owner.to_string(),
            created_at: endpoint.created_at.micros(),
            updated_at: endpoint.updated_at.micros(),
        }
    }
}

impl TryFrom<EndpointRow> for Endpoint {
    type Error = StoreError;

    fn try_from(row: EndpointRow) -> Result<Endpoint, StoreError> {
        Ok(Endpoint {
            id: EndpointId::from_uuid(row.endpoint_id.0),
            url: row.url,
            kinds: row.kinds.map(from_bits),
            description: row.description,
            disabled: row.disabled_because.map(Disabled::from_code).transpose()?,
            failing_since: row.failing_since.map(Instant::from_micros),
            is_untold: row.is_untold,
            secret_generation: row.secret_generation,
            previous_until: row.previous_until.map(Instant::from_micros),
            owner: account_id(&row.owner)?,
            created_at: Instant::from_micros(row.created_at),
            updated_at: Instant::from_micros(row.updated_at),
        })
    }
}

fn bit(kind: Kind) -> i64 {
    1_i64.wrapping_shl(u32::from(kind.number().unsigned_abs()))
}

fn to_bits(kinds: &BTreeSet<Kind>) -> i64 {
    kinds.iter().fold(0, |bits, kind| bits | bit(*kind))
}

fn from_bits(bits: i64) -> BTreeSet<Kind> {
    let kinds = Kind::ALL.into_iter();
    kinds.filter(|kind| bits & bit(*kind) != 0).collect()
}
