//! Lots and purchases, as people and services look at them. A list is read by keyset: a page costs
//! the same wherever in the list it lies.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::ids::{AccountId, LotId, PurchaseId};
use ledger::instant::Instant;
use ledger::lot::Lot;
use ledger::purchase::Purchase;

use super::Conn;
use super::purchases::with_facts;
use crate::store::StoreError;
use crate::store::rows::{LotRow, PurchaseRow};
use crate::store::schema::{lots, purchases};
use crate::store::sql_types::StoredId;

/// Lots of the account by their ids, whatever is left of them.
pub async fn lots_named(
    conn: &mut Conn,
    account_id: &AccountId,
    ids: &[LotId],
) -> Result<Vec<Lot>, StoreError> {
    let ids: Vec<StoredId> = ids.iter().map(|id| StoredId(id.uuid())).collect();
    let rows: Vec<LotRow> = lots::table
        .filter(lots::bucket.eq(account_id.bucket()))
        .filter(lots::account_id.eq(account_id.as_str()))
        .filter(lots::lot_id.eq_any(ids))
        .order((lots::expires_at, lots::lot_id))
        .select(LotRow::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(Lot::try_from).collect()
}

/// Usable lots, soonest end first.
pub async fn lots(
    conn: &mut Conn,
    account_id: &AccountId,
    now: Instant,
    after: Option<(Instant, LotId)>,
    limit: i64,
) -> Result<Vec<Lot>, StoreError> {
    let mut query = lots::table
        .filter(lots::bucket.eq(account_id.bucket()))
        .filter(lots::account_id.eq(account_id.as_str()))
        .filter(lots::remaining.gt(0))
        .filter(lots::expires_at.gt(now.micros()))
        .order((lots::expires_at, lots::lot_id))
        .limit(limit)
        .select(LotRow::as_select())
        .into_boxed();
    if let Some((end, id)) = after {
        query = query.filter(
            lots::expires_at.gt(end.micros()).or(lots::expires_at
                .eq(end.micros())
                .and(lots::lot_id.gt(StoredId(id.uuid())))),
        );
    }
    let rows: Vec<LotRow> = query.load(conn).await?;
    rows.into_iter().map(Lot::try_from).collect()
}

/// Purchases, newest first: their ids are made in the order of time.
pub async fn purchases(
    conn: &mut Conn,
    account_id: &AccountId,
    before: Option<PurchaseId>,
    limit: i64,
) -> Result<Vec<Purchase>, StoreError> {
    let mut query = purchases::table
        .filter(purchases::bucket.eq(account_id.bucket()))
        .filter(purchases::account_id.eq(account_id.as_str()))
        .order(purchases::purchase_id.desc())
        .limit(limit)
        .select(PurchaseRow::as_select())
        .into_boxed();
    if let Some(id) = before {
        query = query.filter(purchases::purchase_id.lt(StoredId(id.uuid())));
    }
    let rows: Vec<PurchaseRow> = query.load(conn).await?;
    with_facts(conn, rows).await
}

pub async fn purchase(
    conn: &mut Conn,
    account_id: &AccountId,
    id: PurchaseId,
) -> Result<Option<Purchase>, StoreError> {
    let rows: Vec<PurchaseRow> = purchases::table
        .find((
            account_id.bucket(),
            account_id.as_str(),
            StoredId(id.uuid()),
        ))
        .select(PurchaseRow::as_select())
        .load(conn)
        .await?;
    Ok(with_facts(conn, rows).await?.pop())
}

pub async fn purchase_by_session(
    conn: &mut Conn,
    account_id: &AccountId,
    session_id: &str,
) -> Result<Option<Purchase>, StoreError> {
    let rows: Vec<PurchaseRow> = purchases::table
        .filter(purchases::bucket.eq(account_id.bucket()))
        .filter(purchases::account_id.eq(account_id.as_str()))
        .filter(purchases::session_id.eq(session_id))
        .select(PurchaseRow::as_select())
        .load(conn)
        .await?;
    Ok(with_facts(conn, rows).await?.pop())
}

/// Undecided purchases that Stripe has to be asked about, of all accounts.
pub async fn purchases_due(
    conn: &mut Conn,
    now: Instant,
    limit: i64,
) -> Result<Vec<Purchase>, StoreError> {
    let rows: Vec<PurchaseRow> = purchases::table
        .filter(purchases::next_check_at.le(now.micros()))
        .order(purchases::next_check_at)
        .limit(limit)
        .select(PurchaseRow::as_select())
        .load(conn)
        .await?;
    with_facts(conn, rows).await
}

/// How many purchases wait for their buyer or their money.
pub async fn open_purchases(conn: &mut Conn) -> Result<i64, StoreError> {
    let count = purchases::table
        .filter(purchases::next_check_at.is_not_null())
        .count()
        .get_result(conn)
        .await?;
    Ok(count)
}
