//! Webhook endpoints, of which there are few.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::ids::EndpointId;
use ledger::instant::Instant;

use super::Conn;
use crate::store::StoreError;
use crate::store::outgoing::{Disabled, Endpoint};
use crate::store::rows::EndpointRow;
use crate::store::schema::webhook_endpoints;
use crate::store::sql_types::StoredId;

pub async fn create(conn: &mut Conn, endpoint: &Endpoint) -> Result<(), StoreError> {
    diesel::insert_into(webhook_endpoints::table)
        .values(EndpointRow::from(endpoint))
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn all(conn: &mut Conn) -> Result<Vec<Endpoint>, StoreError> {
    let rows: Vec<EndpointRow> = webhook_endpoints::table
        .order((
            webhook_endpoints::created_at,
            webhook_endpoints::endpoint_id,
        ))
        .select(EndpointRow::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(Endpoint::try_from).collect()
}

pub async fn find(conn: &mut Conn, id: EndpointId) -> Result<Option<Endpoint>, StoreError> {
    let row: Option<EndpointRow> = webhook_endpoints::table
        .find(StoredId(id.uuid()))
        .select(EndpointRow::as_select())
        .first(conn)
        .await
        .optional()?;
    row.map(Endpoint::try_from).transpose()
}

pub async fn update(conn: &mut Conn, endpoint: &Endpoint) -> Result<bool, StoreError> {
    let row = EndpointRow::from(endpoint);
    let updated = diesel::update(webhook_endpoints::table.find(row.endpoint_id))
        .set((
            webhook_endpoints::url.eq(row.url),
            webhook_endpoints::kinds.eq(row.kinds),
            webhook_endpoints::description.eq(row.description),
            webhook_endpoints::disabled_because.eq(row.disabled_because),
            webhook_endpoints::failing_since.eq(row.failing_since),
            webhook_endpoints::is_untold.eq(row.is_untold),
            webhook_endpoints::updated_at.eq(row.updated_at),
        ))
        .execute(conn)
        .await?;
    Ok(updated == 1)
}

pub async fn rotate(conn: &mut Conn, endpoint: &Endpoint, before: i32) -> Result<bool, StoreError> {
    let row = EndpointRow::from(endpoint);
    let rotated = diesel::update(webhook_endpoints::table.find(row.endpoint_id))
        .filter(webhook_endpoints::secret_generation.eq(before))
        .set((
            webhook_endpoints::secret_generation.eq(row.secret_generation),
            webhook_endpoints::previous_until.eq(row.previous_until),
            webhook_endpoints::updated_at.eq(row.updated_at),
        ))
        .execute(conn)
        .await?;
    Ok(rotated == 1)
}

pub async fn delete(conn: &mut Conn, id: EndpointId) -> Result<bool, StoreError> {
    let deleted = diesel::delete(webhook_endpoints::table.find(StoredId(id.uuid())))
        .execute(conn)
        .await?;
    Ok(deleted == 1)
}

/// The first failure after a success counts. Of one that is disabled it stays on record.
pub async fn note(
    conn: &mut Conn,
    id: EndpointId,
    failing_since: Option<Instant>,
) -> Result<(), StoreError> {
    let endpoint = webhook_endpoints::table.find(StoredId(id.uuid()));
    let since = webhook_endpoints::failing_since;
    match failing_since {
        None => {
            diesel::update(endpoint)
                .filter(since.is_not_null())
                .filter(webhook_endpoints::disabled_because.is_null())
                .set(since.eq(None::<i64>))
                .execute(conn)
                .await?
        }
        Some(at) => {
            diesel::update(endpoint)
                .filter(since.is_null())
                .set(since.eq(at.micros()))
                .execute(conn)
                .await?
        }
    };
    Ok(())
}

pub async fn disable(
    conn: &mut Conn,
    id: EndpointId,
    because: Disabled,
    now: Instant,
) -> Result<bool, StoreError> {
    let disabled = diesel::update(webhook_endpoints::table.find(StoredId(id.uuid())))
        .filter(webhook_endpoints::disabled_because.is_null())
        .set((
            webhook_endpoints::disabled_because.eq(because.code()),
            webhook_endpoints::is_untold.eq(true),
            webhook_endpoints::updated_at.eq(now.micros()),
        ))
        .execute(conn)
        .await?;
    Ok(disabled == 1)
}

pub async fn told(conn: &mut Conn, id: EndpointId) -> Result<(), StoreError> {
    diesel::update(webhook_endpoints::table.find(StoredId(id.uuid())))
        .set(webhook_endpoints::is_untold.eq(false))
        .execute(conn)
        .await?;
    Ok(())
}
