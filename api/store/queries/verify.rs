//! What the auditor reads: accounts one after the other, and everything an account has.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::account::Account;
use ledger::entry::Entry;
use ledger::hold::Hold;
use ledger::ids::AccountId;
use ledger::lot::Lot;

use super::Conn;
use super::purchases::with_facts;
use crate::store::rows::{AccountRow, EntryRow, HoldRow, LotRow, NoticeRow, PurchaseRow, UsageRow};
use crate::store::schema::{
    accounts, entries, holds, lots, notices, purchases, refunds, usage_days,
};
use crate::store::{Dossier, StoreError, Visitor};

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

/// Shows everything an account has. Run it in one snapshot.
pub async fn show(
    conn: &mut Conn,
    account_id: &AccountId,
    visitor: &mut dyn Visitor,
) -> Result<(), StoreError> {
    visitor.rows(dossier(conn, account_id).await?);
    show_entries(conn, account_id, visitor).await?;
    show_notices(conn, account_id, visitor).await
}

/// The rows of a table that belong to an account, as the type of a row.
macro_rules! rows_of {
    ($conn:expr, $table:ident, $row:ty, $account:expr) => {
        $table::table
            .filter($table::bucket.eq($account.bucket()))
            .filter($table::account_id.eq($account.as_str()))
            .select(<$row>::as_select())
            .load::<$row>($conn)
            .await?
    };
}

async fn dossier(conn: &mut Conn, id: &AccountId) -> Result<Dossier, StoreError> {
    let bucket = id.bucket();
    let account: Option<AccountRow> = accounts::table
        .find((bucket, id.as_str()))
        .select(AccountRow::as_select())
        .first(conn)
        .await
        .optional()?;
    let account = account.ok_or_else(|| {
        StoreError::corrupt(format!("the account is not in its bucket, {bucket}"))
    })?;
    let lots = rows_of!(conn, lots, LotRow, id).into_iter();
    let holds = rows_of!(conn, holds, HoldRow, id).into_iter();
    let used = rows_of!(conn, usage_days, UsageRow, id).into_iter();
    let refunds: Vec<(i64, i64)> = refunds::table
        .filter(refunds::bucket.eq(bucket))
        .filter(refunds::account_id.eq(id.as_str()))
        .select((refunds::debit_sequence, refunds::refund_sequence))
        .load(conn)
        .await?;
    let purchases = rows_of!(conn, purchases, PurchaseRow, id);
    Ok(Dossier {
        account: Account::try_from(account)?,
        lots: lots.map(Lot::try_from).collect::<Result<_, _>>()?,
        holds: holds.map(Hold::try_from).collect::<Result<_, _>>()?,
        used: used.map(UsageRow::parse).collect::<Result<_, _>>()?,
        refunds: refunds.into_iter().collect(),
        purchases: with_facts(conn, purchases).await?,
    })
}

async fn show_entries(
    conn: &mut Conn,
    account_id: &AccountId,
    visitor: &mut dyn Visitor,
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
            visitor.entry(&Entry::try_from(row)?);
        }
    }
}

async fn show_notices(
    conn: &mut Conn,
    account_id: &AccountId,
    visitor: &mut dyn Visitor,
) -> Result<(), StoreError> {
    let mut after = 0;
    loop {
        let rows: Vec<NoticeRow> = notices::table
            .filter(notices::bucket.eq(account_id.bucket()))
            .filter(notices::account_id.eq(account_id.as_str()))
            .filter(notices::number.gt(after))
            .order(notices::number)
            .limit(ENTRIES_AT_A_TIME)
            .select(NoticeRow::as_select())
            .load(conn)
            .await?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = last.number;
        for row in rows {
            visitor.notice(&row.parse()?);
        }
    }
}
