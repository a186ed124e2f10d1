//! Finding the rows of a batch: the database is locked as a whole and lies in this process, so that
//! a small statement for each thing wanted costs less than a large one for all. One hop to the
//! connection's thread runs them all.

use std::collections::HashMap;

use diesel::prelude::*;
use ledger::ids::AccountId;
use ledger::instant::Instant;

use super::Conn;

use crate::store::rows::{AccountRow, EntryRow, HoldRow, KeyRow, LotRow, UsageRow};
use crate::store::schema::{accounts, entries, holds, idempotency_keys, lots, refunds, usage_days};
use crate::store::sql_types::StoredId;
use crate::store::write::{Found, Further, FurtherFound, Wanted};
use crate::store::{StoreError, codes};

const DEBIT: i16 = 4;

/// Accounts. Nothing has to be locked: the whole database is.
pub async fn accounts(conn: &mut Conn, ids: Vec<AccountId>) -> Result<Vec<AccountRow>, StoreError> {
    let found = conn.spawn_blocking(move |conn| {
        let rows = ids.iter().map(|id| account(conn, id));
        rows.collect::<QueryResult<Vec<_>>>()
    });
    Ok(found.await?.into_iter().flatten().collect())
}

/// How often accounts have changed.
pub async fn versions(
    conn: &mut Conn,
    ids: Vec<AccountId>,
) -> Result<HashMap<AccountId, i64>, StoreError> {
    let found = conn.spawn_blocking(move |conn| {
        let mut found = HashMap::with_capacity(ids.len());
        for id in ids {
            let version = accounts::table
                .find((id.bucket(), id.as_str()))
                .select(accounts::version)
                .first(conn)
                .optional()?;
            found.extend(version.map(|version| (id, version)));
        }
        QueryResult::Ok(found)
    });
    Ok(found.await?)
}

/// What the commands name.
pub async fn first(conn: &mut Conn, wanted: &Wanted) -> Result<Found, StoreError> {
    let wanted = wanted.clone();
    let found = conn.spawn_blocking(move |conn| find_first(conn, &wanted));
    Ok(found.await?)
}

/// What the rows found call for.
pub async fn further(
    conn: &mut Conn,
    further: &Further,
    now: Instant,
) -> Result<FurtherFound, StoreError> {
    let further = further.clone();
    let found = conn.spawn_blocking(move |conn| find_further(conn, &further, now));
    Ok(found.await?)
}

fn account(conn: &mut SqliteConnection, id: &AccountId) -> QueryResult<Option<AccountRow>> {
    accounts::table
        .find((id.bucket(), id.as_str()))
        .select(AccountRow::as_select())
        .first(conn)
        .optional()
}

fn find_first(conn: &mut SqliteConnection, wanted: &Wanted) -> QueryResult<Found> {
    let mut found = Found::default();
    for id in &wanted.accounts {
        found.accounts.extend(account(conn, id)?);
        found.lots.extend(open_lots(conn, id)?);
    }
    for key in &wanted.keys {
        let row = idempotency_keys::table
            .find((
                key.owner.bucket(),
                key.owner.as_str(),
                key.digest.as_slice(),
            ))
            .select(KeyRow::as_select())
            .first(conn)
            .optional()?;
        found.keys.extend(row);
    }
    for (id, hold) in &wanted.holds {
        let row = holds::table
            .find((id.bucket(), StoredId(hold.uuid())))
            .filter(holds::account_id.eq(id.as_str()))
            .select(HoldRow::as_select())
            .first(conn)
            .optional()?;
        found.holds.extend(row);
    }
    for (id, sequence) in &wanted.debits {
        let row = entries::table
            .find((id.bucket(), id.as_str(), sequence))
            .select(EntryRow::as_select())
            .first(conn)
            .optional()?;
        found.debits.extend(row);
        let refund = refunds::table
            .find((id.bucket(), id.as_str(), sequence))
            .select((
                refunds::account_id,
                refunds::debit_sequence,
                refunds::refund_sequence,
            ))
            .first(conn)
            .optional()?;
        found.refunds.extend(refund);
    }
    for (id, reference) in &wanted.debit_references {
        found
            .referenced_debits
            .extend(debit_of(conn, id, reference)?);
    }
    for (id, reference) in &wanted.hold_references {
        found.referenced_holds.extend(hold_of(conn, id, reference)?);
    }
    Ok(found)
}

fn find_further(
    conn: &mut SqliteConnection,
    further: &Further,
    now: Instant,
) -> QueryResult<FurtherFound> {
    let mut found = FurtherFound::default();
    for id in &further.due_holds_of {
        let active = holds::table
            .filter(holds::bucket.eq(id.bucket()))
            .filter(holds::account_id.eq(id.as_str()))
            .filter(holds::status.eq(codes::ACTIVE_HOLD));
        let due: Vec<HoldRow> = active
            .filter(holds::expires_at.le(now.micros()))
            .select(HoldRow::as_select())
            .load(conn)?;
        found.due_holds.extend(due);
        let others = active
            .filter(holds::expires_at.gt(now.micros()))
            .select(diesel::dsl::min(holds::expires_at))
            .first(conn)?;
        found.other_holds_due_at.push((id.to_string(), others));
    }
    for (id, lot) in &further.lots {
        let row = lots::table
            .find((id.bucket(), id.as_str(), StoredId(lot.uuid())))
            .select(LotRow::as_select())
            .first(conn)
            .optional()?;
        found.lots.extend(row);
    }
    for (id, since) in &further.uses_of {
        let rows: Vec<UsageRow> = usage_days::table
            .filter(usage_days::bucket.eq(id.bucket()))
            .filter(usage_days::account_id.eq(id.as_str()))
            .filter(usage_days::day_start.ge(since.micros()))
            .select(UsageRow::as_select())
            .load(conn)?;
        found.uses.extend(rows);
    }
    Ok(found)
}

fn open_lots(conn: &mut SqliteConnection, id: &AccountId) -> QueryResult<Vec<LotRow>> {
    lots::table
        .filter(lots::bucket.eq(id.bucket()))
        .filter(lots::account_id.eq(id.as_str()))
        .filter(lots::remaining.gt(0))
        .select(LotRow::as_select())
        .load(conn)
}

fn debit_of(
    conn: &mut SqliteConnection,
    id: &AccountId,
    reference: &str,
) -> QueryResult<Option<EntryRow>> {
    entries::table
        .filter(entries::bucket.eq(id.bucket()))
        .filter(entries::account_id.eq(id.as_str()))
        .filter(entries::reference.eq(reference))
        .filter(entries::kind.eq(DEBIT))
        .select(EntryRow::as_select())
        .first(conn)
        .optional()
}

fn hold_of(
    conn: &mut SqliteConnection,
    id: &AccountId,
    reference: &str,
) -> QueryResult<Option<HoldRow>> {
    holds::table
        .filter(holds::bucket.eq(id.bucket()))
        .filter(holds::account_id.eq(id.as_str()))
        .filter(holds::reference.eq(reference))
        .select(HoldRow::as_select())
        .first(conn)
        .optional()
}
