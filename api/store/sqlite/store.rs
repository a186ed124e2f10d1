//! Storing the rows of a batch: small statements, prepared once, in one hop to the connection's
//! thread.

use diesel::prelude::*;
use diesel::upsert::excluded;

use super::Conn;
use crate::store::StoreError;
use crate::store::rows::{AccountRow, HoldRow, LotRow, UsageRow};
use crate::store::schema::{
    accounts, entries, holds, idempotency_keys, lots, notices, refunds, usage_days,
};
use crate::store::write::{Changed, ChangedAccount, expect_rows};

/// Stores everything, and sees that every row that had to change was there.
pub async fn store(conn: &mut Conn, changed: Changed) -> Result<(), StoreError> {
    let stored = conn.spawn_blocking(move |conn| Ok(store_rows(conn, changed)));
    stored.await?
}

fn store_rows(conn: &mut SqliteConnection, changed: Changed) -> Result<(), StoreError> {
    for account in changed.accounts {
        expect_rows("accounts", 1, update_account(conn, account)?)?;
    }
    for (bucket, account_id, was) in changed.unchanged {
        let version: i64 = accounts::table
            .find((bucket, account_id))
            .select(accounts::version)
            .first(conn)?;
        expect_rows("accounts", 1, usize::from(version == was))?;
    }
    for row in changed.settings {
        expect_rows("accounts", 1, update_settings(conn, row)?)?;
    }
    for row in changed.watches {
        expect_rows("accounts", 1, update_watch(conn, row)?)?;
    }
    for row in &changed.lots {
        expect_rows("lots", 1, update_lot(conn, row)?)?;
    }
    for row in &changed.new_lots {
        diesel::insert_into(lots::table).values(row).execute(conn)?;
    }
    for row in &changed.entries {
        diesel::insert_into(entries::table)
            .values(row)
            .execute(conn)?;
    }
    for row in &changed.notices {
        diesel::insert_into(notices::table)
            .values(row)
            .execute(conn)?;
    }
    for row in changed.holds {
        expect_rows("holds", 1, update_hold(conn, row)?)?;
    }
    for row in &changed.new_holds {
        diesel::insert_into(holds::table)
            .values(row)
            .execute(conn)?;
    }
    for row in &changed.uses {
        add_use(conn, row)?;
    }
    for (bucket, account_id, debit, refund) in &changed.refunds {
        diesel::insert_into(refunds::table)
            .values((
                refunds::bucket.eq(bucket),
                refunds::account_id.eq(account_id),
                refunds::debit_sequence.eq(debit),
                refunds::refund_sequence.eq(refund),
            ))
            .execute(conn)?;
    }
    for row in &changed.new_keys {
        diesel::insert_into(idempotency_keys::table)
            .values(row)
            .execute(conn)?;
    }
    Ok(())
}

#[expect(
    clippy::arithmetic_side_effects,
    reason = "the database adds, and its column has a bound"
)]
fn add_use(conn: &mut SqliteConnection, row: &UsageRow) -> QueryResult<usize> {
    diesel::insert_into(usage_days::table)
        .values(row)
        .on_conflict(usage_days::table.primary_key())
        .do_update()
        .set((
            usage_days::consumed.eq(usage_days::consumed + excluded(usage_days::consumed)),
            usage_days::refunded.eq(usage_days::refunded + excluded(usage_days::refunded)),
            usage_days::held.eq(usage_days::held + excluded(usage_days::held)),
            usage_days::count.eq(usage_days::count + excluded(usage_days::count)),
        ))
        .execute(conn)
}

fn update_account(conn: &mut SqliteConnection, account: ChangedAccount) -> QueryResult<usize> {
    let ChangedAccount { row, was } = account;
    diesel::update(accounts::table.find((row.bucket, row.account_id)))
        .filter(accounts::version.eq(was))
        .set((
            accounts::balance.eq(row.balance),
            accounts::held.eq(row.held),
            accounts::frozen.eq(row.frozen),
            accounts::debt.eq(row.debt),
            accounts::sequence.eq(row.sequence),
            accounts::last_hash.eq(row.last_hash),
            accounts::version.eq(row.version),
            accounts::holds_due_at.eq(row.holds_due_at),
        ))
        .execute(conn)
}

fn update_settings(conn: &mut SqliteConnection, row: AccountRow) -> QueryResult<usize> {
    diesel::update(accounts::table.find((row.bucket, row.account_id)))
        .set((
            accounts::overdraft_limit.eq(row.overdraft_limit),
            accounts::zone.eq(row.zone),
            accounts::anchor_day.eq(row.anchor_day),
            accounts::calendar_since.eq(row.calendar_since),
            accounts::cycle_start.eq(row.cycle_start),
            accounts::limits.eq(row.limits),
            accounts::limits_told.eq(row.limits_told),
            accounts::low_thresholds.eq(row.low_thresholds),
            accounts::feed_choices.eq(row.feed_choices),
            accounts::mail_choices.eq(row.mail_choices),
        ))
        .execute(conn)
}

fn update_watch(conn: &mut SqliteConnection, row: AccountRow) -> QueryResult<usize> {
    diesel::update(accounts::table.find((row.bucket, row.account_id)))
        .set((
            accounts::recharge_below.eq(row.recharge_below),
            accounts::recharge_due_at.eq(row.recharge_due_at),
            accounts::low_below.eq(row.low_below),
            accounts::notices.eq(row.notices),
        ))
        .execute(conn)
}

fn update_lot(conn: &mut SqliteConnection, row: &LotRow) -> QueryResult<usize> {
    diesel::update(lots::table.find((row.bucket, &row.account_id, row.lot_id)))
        .set((
            lots::remaining.eq(row.remaining),
            lots::held.eq(row.held),
            lots::frozen.eq(row.frozen),
            lots::consumed.eq(row.consumed),
            lots::expired.eq(row.expired),
            lots::clawed.eq(row.clawed),
            lots::reminded_days.eq(row.reminded_days),
        ))
        .execute(conn)
}

fn update_hold(conn: &mut SqliteConnection, row: HoldRow) -> QueryResult<usize> {
    diesel::update(
        holds::table
            .find((row.bucket, row.hold_id))
            .filter(holds::account_id.eq(row.account_id)),
    )
    .set((
        holds::status.eq(row.status),
        holds::credits.eq(row.credits),
        holds::captured.eq(row.captured),
        holds::parts.eq(row.parts),
        holds::expires_at.eq(row.expires_at),
    ))
    .execute(conn)
}
