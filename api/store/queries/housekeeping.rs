//! Looking whether the database answers, and clearing what has served its time.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::instant::Instant;

use super::Conn;
use crate::store::StoreError;
use crate::store::schema::{idempotency_keys, packages, quotes};

pub async fn ping(conn: &mut Conn) -> Result<(), StoreError> {
    let _: i64 = packages::table.count().get_result(conn).await?;
    Ok(())
}

pub async fn forget_answers(conn: &mut Conn, before: Instant) -> Result<usize, StoreError> {
    let forgotten = diesel::delete(idempotency_keys::table)
        .filter(idempotency_keys::created_at.lt(before.micros()))
        .execute(conn)
        .await?;
    Ok(forgotten)
}

pub async fn forget_quotes(conn: &mut Conn, before: Instant) -> Result<usize, StoreError> {
    let forgotten = diesel::delete(quotes::table)
        .filter(quotes::expires_at.lt(before.micros()))
        .execute(conn)
        .await?;
    Ok(forgotten)
}
