//! What the auditor reads: accounts one after the other, and everything an account has.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::account::Account;
use ledger::entry::Entry;
use ledger::ids::AccountId;
use ledger::lot::Lot;

use super::Conn;
use super::purchases::with_facts;
use crate::store::rows::{AccountRow, EntryRow, LotRow, PurchaseRow};
use crate::store::schema::{accounts, entries, lots, purchases};
use crate::store::{Dossier, StoreError};

const ENTRIES_AT_A_TIME: i64 = 1000;

pub async fn accounts_after(
    conn: &mut Conn,
    after: Option<&AccountId>,
    limit: i64,
) -> Result<Vec<Account>, StoreError> {
    let mut query = accounts::table
        .order((accounts::bucket, accounts::account_id))
        .limit(limit)
        .select(AccountRow::as_select())
        .into_boxed();
    if let Some(after) = after {
        let bucket = after.bucket();
        query = query.filter(
            accounts::bucket.gt(bucket).or(accounts::bucket
                .eq(bucket)
                .and(accounts::account_id.gt(after.as_str().to_owned()))),
        );
    }
    let rows: Vec<AccountRow> = query.load(conn).await?;
    rows.into_iter().map(Account::try_from).collect()
}

/// Everything an account has; its entries are shown to `visit` from the oldest on.
pub async fn dossier(
    conn: &mut Conn,
    account_id: &AccountId,
    visit: &mut (dyn FnMut(Entry) + Send),
) -> Result<Dossier, StoreError> {
    let bucket = account_id.bucket();
    let name = account_id.as_str();
    let account: Option<AccountRow> = accounts::table
        .find((bucket, name))
        .select(AccountRow::as_select())
        .first(conn)
        .await
        .optional()?;
    let account = account.ok_or_else(|| {
        StoreError::corrupt(format!("the account is not in its bucket, {bucket}"))
    })?;
    let lot_rows: Vec<LotRow> = lots::table
        .filter(lots::bucket.eq(bucket).and(lots::account_id.eq(name)))
        .select(LotRow::as_select())
        .load(conn)
        .await?;
    let purchase_rows: Vec<PurchaseRow> = purchases::table
        .filter(
            purchases::bucket
                .eq(bucket)
                .and(purchases::account_id.eq(name)),
        )
        .select(PurchaseRow::as_select())
        .load(conn)
        .await?;
    visit_entries(conn, account_id, visit).await?;
    Ok(Dossier {
        account: Account::try_from(account)?,
        lots: lot_rows
            .into_iter()
            .map(Lot::try_from)
            .collect::<Result<_, _>>()?,
        purchases: with_facts(conn, purchase_rows).await?,
    })
}

async fn visit_entries(
    conn: &mut Conn,
    account_id: &AccountId,
    visit: &mut (dyn FnMut(Entry) + Send),
) -> Result<(), StoreError> {
    let mut after = 0;
    loop {
        let rows: Vec<EntryRow> = entries::table
            .filter(entries::bucket.eq(account_id.bucket()))
            .filter(entries::account_id.eq(account_id.as_str()))
            .filter(entries::sequence.gt(after))
            .order(entries::sequence)
            .limit(ENTRIES_AT_A_TIME)
            .select(EntryRow::as_select())
            .load(conn)
            .await?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = last.sequence;
        for row in rows {
            visit(Entry::try_from(row)?);
        }
    }
}
