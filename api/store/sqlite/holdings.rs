//! An account's holdings in one snapshot: one hop to the connection's thread runs the few small
//! statements in one transaction.

use diesel::prelude::*;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::purchase::PurchaseStatus;

use super::Conn;
use crate::store::holdings::{HoldingsRows, days_needed_since};
use crate::store::rows::{AccountRow, LotRow, UsageRow};
use crate::store::schema::{accounts, holds, lots, purchases, usage_days};
use crate::store::{Holdings, StoreError, codes};

pub async fn holdings(
    conn: &mut Conn,
    id: &AccountId,
    now: Instant,
) -> Result<Holdings, StoreError> {
    let id = id.clone();
    let found = conn.spawn_blocking(move |conn| snapshot(conn, &id, now));
    match found.await? {
        Some(rows) => Holdings::try_from(rows),
        None => Ok(Holdings::default()),
    }
}

fn snapshot(
    conn: &mut SqliteConnection,
    id: &AccountId,
    now: Instant,
) -> QueryResult<Option<HoldingsRows>> {
    conn.transaction(|conn| find(conn, id, now))
}

fn find(
    conn: &mut SqliteConnection,
    id: &AccountId,
    now: Instant,
) -> QueryResult<Option<HoldingsRows>> {
    let (bucket, name) = (id.bucket(), id.as_str());
    let account: Option<AccountRow> = accounts::table
        .find((bucket, name))
        .select(AccountRow::as_select())
        .first(conn)
        .optional()?;
    let Some(account) = account else {
        return Ok(None);
    };
    let lots: Vec<LotRow> = lots::table
        .filter(lots::bucket.eq(bucket).and(lots::account_id.eq(name)))
        .filter(lots::remaining.gt(0))
        .filter(lots::expires_at.gt(now.micros()))
        .select(LotRow::as_select())
        .load(conn)?;
    let awaiting = codes::status_code(PurchaseStatus::AwaitingFunds);
    let pending: Vec<(i64, i64)> = purchases::table
        .filter(purchases::bucket.eq(bucket))
        .filter(purchases::account_id.eq(name))
        .filter(purchases::status.eq(awaiting))
        .select((purchases::credits, purchases::bonus))
        .load(conn)?;
    let days = usage_days::table
        .filter(usage_days::bucket.eq(bucket))
        .filter(usage_days::account_id.eq(name));
    let used: Vec<UsageRow> = days
        .filter(usage_days::day_start.ge(since(&account, now)))
        .select(UsageRow::as_select())
        .load(conn)?;
    let first_use: Option<i32> = days
        .filter(usage_days::consumed.gt(0))
        .order(usage_days::day_start)
        .select(usage_days::date)
        .first(conn)
        .optional()?;
    Ok(Some(HoldingsRows {
        lots,
        due_parts: due_parts(conn, &account, now)?,
        pending: pending
            .into_iter()
            .map(|(credits, bonus)| credits.saturating_add(bonus))
            .fold(0, i64::saturating_add),
        used,
        first_use,
        account,
    }))
}

/// Where the calendar was changed lately, its cycle may have begun long ago.
fn since(account: &AccountRow, now: Instant) -> i64 {
    let since = days_needed_since(now).micros();
    if account.calendar_since > since {
        since.min(account.cycle_start)
    } else {
        since
    }
}

fn due_parts(
    conn: &mut SqliteConnection,
    account: &AccountRow,
    now: Instant,
) -> QueryResult<Vec<Vec<u8>>> {
    if account.holds_due_at.is_none_or(|due| due > now.micros()) {
        return Ok(Vec::new());
    }
    holds::table
        .filter(holds::bucket.eq(account.bucket))
        .filter(holds::account_id.eq(&account.account_id))
        .filter(holds::status.eq(codes::ACTIVE_HOLD))
        .filter(holds::expires_at.le(now.micros()))
        .select(holds::parts)
        .load(conn)
}
