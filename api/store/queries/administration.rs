//! What administrators look through: purchases of all accounts, and what became of one.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::entry::Entry;
use ledger::ids::{AccountId, PurchaseId};
use ledger::purchase::Purchase;

use super::Conn;
use super::purchases::with_facts;
use crate::store::rows::{EntryRow, PurchaseRow};
use crate::store::schema::{entries, purchases};
use crate::store::sql_types::StoredId;
use crate::store::{PurchaseFilter, StoreError, codes};

/// Purchases of all accounts or of one, newest first: their ids are made in the order of time.
pub async fn purchases(
    conn: &mut Conn,
    filter: &PurchaseFilter,
    before: Option<PurchaseId>,
    limit: i64,
) -> Result<Vec<Purchase>, StoreError> {
    let mut query = purchases::table
        .order(purchases::purchase_id.desc())
        .limit(limit)
        .select(PurchaseRow::as_select())
        .into_boxed();
    if let Some(account) = &filter.account_id {
        query = query
            .filter(purchases::bucket.eq(account.bucket()))
            .filter(purchases::account_id.eq(account.as_str().to_owned()));
    }
    if let Some(status) = filter.status {
        query = query.filter(purchases::status.eq(codes::status_code(status)));
    }
    if filter.needs_review {
        query = query.filter(purchases::review.is_not_null());
    }
    if let Some(id) = before {
        query = query.filter(purchases::purchase_id.lt(StoredId(id.uuid())));
    }
    let rows: Vec<PurchaseRow> = query.load(conn).await?;
    with_facts(conn, rows).await
}

/// Whosever it is.
pub async fn purchase(conn: &mut Conn, id: PurchaseId) -> Result<Option<Purchase>, StoreError> {
    let rows: Vec<PurchaseRow> = purchases::table
        .filter(purchases::purchase_id.eq(StoredId(id.uuid())))
        .select(PurchaseRow::as_select())
        .load(conn)
        .await?;
    Ok(with_facts(conn, rows).await?.pop())
}

/// What was granted for the purchase, and what became of it because money went back.
pub async fn entries_of_purchase(
    conn: &mut Conn,
    account_id: &AccountId,
    id: PurchaseId,
) -> Result<Vec<Entry>, StoreError> {
    let rows: Vec<EntryRow> = entries::table
        .filter(entries::bucket.eq(account_id.bucket()))
        .filter(entries::account_id.eq(account_id.as_str()))
        .filter(entries::purchase_id.eq(StoredId(id.uuid())))
        .order(entries::sequence)
        .select(EntryRow::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(Entry::try_from).collect()
}
