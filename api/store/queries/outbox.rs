//! Notices that have not been routed yet: of which no deliveries have been made.

use std::collections::BTreeSet;

use diesel::dsl::{max, sql};
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use ledger::ids::AccountId;
use ledger::notice::Notice;

use super::Conn;
use crate::store::StoreError;
use crate::store::rows::{DeliveryRow, NoticeRow, account_id};
use crate::store::schema::{deliveries, notices};
use crate::store::sql_types::StoredId;

/// As the index of them says it: a parameter would hide it from the planner.
pub fn is_unrouted() -> SqlLiteral<Bool> {
    sql("NOT is_routed")
}

/// Those of the notices that wait longest.
pub async fn accounts(conn: &mut Conn, most: i64) -> Result<BTreeSet<AccountId>, StoreError> {
    let waiting: Vec<String> = notices::table
        .filter(is_unrouted())
        .order(notices::created_at)
        .limit(most)
        .select(notices::account_id)
        .load(conn)
        .await?;
    waiting.iter().map(|id| account_id(id)).collect()
}

pub async fn unrouted(
    conn: &mut Conn,
    id: &AccountId,
    most: i64,
) -> Result<Vec<Notice>, StoreError> {
    let rows: Vec<NoticeRow> = notices::table
        .filter(notices::bucket.eq(id.bucket()))
        .filter(notices::account_id.eq(id.as_str()))
        .filter(notices::is_routed.eq(false))
        .order(notices::number)
        .limit(most)
        .select(NoticeRow::as_select())
        .load(conn)
        .await?;
    rows.iter().map(NoticeRow::parse).collect()
}

pub async fn notice(
    conn: &mut Conn,
    id: &AccountId,
    number: i64,
) -> Result<Option<Notice>, StoreError> {
    let row: Option<NoticeRow> = notices::table
        .find((id.bucket(), id.as_str(), number))
        .select(NoticeRow::as_select())
        .first(conn)
        .await
        .optional()?;
    row.as_ref().map(NoticeRow::parse).transpose()
}

/// First the deliveries: whoever dies between the two has routed nothing, and finds them there the next
/// time.
pub async fn route(
    conn: &mut Conn,
    id: &AccountId,
    until: i64,
    mut rows: Vec<DeliveryRow>,
) -> Result<(), StoreError> {
    wait_in_line(conn, id, &mut rows).await?;
    insert_missing!(conn, deliveries::table, rows)?;
    diesel::update(notices::table)
        .filter(notices::bucket.eq(id.bucket()))
        .filter(notices::account_id.eq(id.as_str()))
        .filter(notices::number.le(until))
        .filter(notices::is_routed.eq(false))
        .set(notices::is_routed.eq(true))
        .execute(conn)
        .await?;
    Ok(())
}

/// What comes behind something that failed is not due before that is attempted again, and nobody looks at it
/// until then.
async fn wait_in_line(
    conn: &mut Conn,
    id: &AccountId,
    rows: &mut [DeliveryRow],
) -> Result<(), StoreError> {
    let failed: Vec<(StoredId, Option<i64>)> = deliveries::table
        .filter(deliveries::bucket.eq(id.bucket()))
        .filter(deliveries::account_id.eq(id.as_str()))
        .filter(deliveries::next_attempt_at.is_not_null())
        .filter(deliveries::attempted_at.is_not_null())
        .group_by(deliveries::target)
        .select((deliveries::target, max(deliveries::next_attempt_at)))
        .load(conn)
        .await?;
    for row in rows {
        let ahead = failed.iter().find(|(target, _)| *target == row.target);
        if let Some((_, next_attempt_at)) = ahead {
            row.next_attempt_at = row.next_attempt_at.max(*next_attempt_at);
        }
    }
    Ok(())
}
