//! Since when the work of each worker has been waiting, as one look at an index tells.

use diesel::dsl::{min, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use ledger::instant::Instant;

use super::Conn;
use super::outbox::is_unrouted;
use crate::store::schema::{
    accounts, cursors, deliveries, holds, notices, purchases, stripe_inbox,
};
use crate::store::{Progress, StoreError, Waiting};

/// The instant at which the first thing was, or will be, due of each kind.
pub async fn waiting(conn: &mut Conn) -> Result<Waiting, StoreError> {
    let event: Option<i64> = stripe_inbox::table
        .filter(stripe_inbox::next_attempt_at.is_not_null())
        .select(min(stripe_inbox::next_attempt_at))
        .first(conn)
        .await?;
    let purchase: Option<i64> = purchases::table
        .filter(purchases::next_check_at.is_not_null())
        .select(min(purchases::next_check_at))
        .first(conn)
        .await?;
    let hold: Option<i64> = holds::table
        // As the index says it.
        .filter(sql::<Bool>("status = 1"))
        .select(min(holds::expires_at))
        .first(conn)
        .await?;
    let recharge: Option<i64> = accounts::table
        .filter(accounts::recharge_due_at.is_not_null())
        .select(min(accounts::recharge_due_at))
        .first(conn)
        .await?;
    let notice: Option<i64> = notices::table
        .filter(is_unrouted())
        .select(min(notices::created_at))
        .first(conn)
        .await?;
    let delivery: Option<i64> = deliveries::table
        .filter(deliveries::next_attempt_at.is_not_null())
        .select(min(deliveries::next_attempt_at))
        .first(conn)
        .await?;
    Ok(Waiting {
        event: event.map(Instant::from_micros),
        purchase: purchase.map(Instant::from_micros),
        hold: hold.map(Instant::from_micros),
        recharge: recharge.map(Instant::from_micros),
        notice: notice.map(Instant::from_micros),
        delivery: delivery.map(Instant::from_micros),
    })
}

/// How far those have come that go through time.
pub async fn progress(conn: &mut Conn) -> Result<Vec<Progress>, StoreError> {
    let rows: Vec<(String, i64)> = cursors::table
        .order(cursors::name)
        .select((cursors::name, cursors::done_until))
        .load(conn)
        .await?;
    let progress = rows.into_iter().map(|(cursor, done_until)| Progress {
        cursor,
        done_until: Instant::from_micros(done_until),
    });
    Ok(progress.collect())
}
