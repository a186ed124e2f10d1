//! What was used on which day, and which holds wait for their end to be booked.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::usage::{UsageKey, Used};

use super::Conn;
use crate::store::StoreError;
use crate::store::rows::{UsageRow, account_id};
use crate::store::schema::{holds, usage_days};

/// The sums of the days that began at or after `from` and before `to`.
pub async fn used(
    conn: &mut Conn,
    id: &AccountId,
    from: Instant,
    to: Instant,
) -> Result<Vec<(UsageKey, Used)>, StoreError> {
    let rows: Vec<UsageRow> = usage_days::table
        .filter(usage_days::bucket.eq(id.bucket()))
        .filter(usage_days::account_id.eq(id.as_str()))
        .filter(usage_days::day_start.ge(from.micros()))
        .filter(usage_days::day_start.lt(to.micros()))
        .select(UsageRow::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(UsageRow::parse).collect()
}

/// The accounts of the holds that ended first, at most so many holds, in that order.
pub async fn holds_due(
    conn: &mut Conn,
    now: Instant,
    most: i64,
) -> Result<Vec<AccountId>, StoreError> {
    // The status is in the text: an index of active holds alone serves no statement that could be
    // about others.
    let names: Vec<String> = holds::table
        .filter(diesel::dsl::sql::<diesel::sql_types::Bool>("status = 1"))
        .filter(holds::expires_at.le(now.micros()))
        .order(holds::expires_at)
        .limit(most)
        .select(holds::account_id)
        .load(conn)
        .await?;
    let mut ids: Vec<AccountId> = Vec::new();
    for name in names {
        let id = account_id(&name)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}
