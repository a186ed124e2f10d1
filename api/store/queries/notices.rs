//! The feed of one account: the notices that its owner wants to see there, and what of them was read.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::ids::AccountId;
use ledger::instant::Instant;

use super::Conn;
use crate::store::rows::NoticeRow;
use crate::store::schema::notices;
use crate::store::{FedNotice, StoreError};

/// A page of them: those before a number, or the newest.
pub async fn list(
    conn: &mut Conn,
    account_id: &AccountId,
    before: Option<i64>,
    most: i64,
) -> Result<Vec<FedNotice>, StoreError> {
    let rows: Vec<NoticeRow> = notices::table
        .filter(notices::bucket.eq(account_id.bucket()))
        .filter(notices::account_id.eq(account_id.as_str()))
        .filter(notices::number.lt(before.unwrap_or(i64::MAX)))
        .filter(notices::in_feed)
        .order(notices::number.desc())
        .limit(most)
        .select(NoticeRow::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(feed).collect()
}

/// Those after a number, oldest first.
pub async fn after(
    conn: &mut Conn,
    account_id: &AccountId,
    number: i64,
    most: i64,
) -> Result<Vec<FedNotice>, StoreError> {
    let rows: Vec<NoticeRow> = notices::table
        .filter(notices::bucket.eq(account_id.bucket()))
        .filter(notices::account_id.eq(account_id.as_str()))
        .filter(notices::number.gt(number))
        .filter(notices::in_feed)
        .order(notices::number)
        .limit(most)
        .select(NoticeRow::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(feed).collect()
}

fn feed(row: NoticeRow) -> Result<FedNotice, StoreError> {
    Ok(FedNotice {
        notice: row.parse()?,
        read_at: row.read_at.map(Instant::from_micros),
    })
}

pub async fn count_unread(conn: &mut Conn, account_id: &AccountId) -> Result<i64, StoreError> {
    let count = notices::table
        .filter(notices::bucket.eq(account_id.bucket()))
        .filter(notices::account_id.eq(account_id.as_str()))
        .filter(notices::read_at.is_null())
        .filter(notices::in_feed)
        .count()
        .get_result(conn)
        .await?;
    Ok(count)
}

/// Marks all up to a number as read; how many were not.
pub async fn read_until(
    conn: &mut Conn,
    account_id: &AccountId,
    number: i64,
    now: Instant,
) -> Result<usize, StoreError> {
    let read = diesel::update(notices::table)
        .filter(notices::bucket.eq(account_id.bucket()))
        .filter(notices::account_id.eq(account_id.as_str()))
        .filter(notices::number.le(number))
        .filter(notices::read_at.is_null())
        .filter(notices::in_feed)
        .set(notices::read_at.eq(now.micros()))
        .execute(conn)
        .await?;
    Ok(read)
}
