//! Finding the rows of a batch: one statement for each table, all sent at once. The accounts are
//! locked first, in the order of their ids; what is read after them is read under their locks.

use std::collections::HashMap;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::methods::LoadQuery;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use futures_util::try_join;
use ledger::ids::AccountId;
use ledger::instant::Instant;

use super::statement::Parameter::{BigInt, BigInts, Bytes, Ids, SmallInts, Texts};
use super::statement::{Find, Parameter, rows_in};
use super::{Conn, Glance};
use crate::store::StoreError;
use crate::store::rows::{AccountRow, EntryRow, HoldRow, KeyRow, LotRow, UsageRow, VersionRow};
use crate::store::schema::{holds, refunds};
use crate::store::sql_types::StoredId;
use crate::store::write::{Found, Further, FurtherFound, Wanted};

type Rows<R> = Result<Vec<R>, StoreError>;

const ACCOUNTS: &str = "\
    FROM unnest(?, ?) AS w (bucket, account_id) JOIN accounts \
    ON accounts.bucket = w.bucket AND accounts.account_id = w.account_id \
    ORDER BY accounts.account_id FOR UPDATE OF accounts";

const VERSIONS: &str = "\
    FROM unnest(?, ?) AS w (bucket, account_id) JOIN accounts \
    ON accounts.bucket = w.bucket AND accounts.account_id = w.account_id";

const OPEN_LOTS: &str = "\
    FROM unnest(?, ?) AS w (bucket, account_id) JOIN lots \
    ON lots.bucket = w.bucket AND lots.account_id = w.account_id \
    WHERE lots.remaining > 0";

const LOTS: &str = "\
    FROM unnest(?, ?, ?) AS w (bucket, account_id, lot_id) JOIN lots \
    ON lots.bucket = w.bucket AND lots.account_id = w.account_id AND lots.lot_id = w.lot_id";

const KEYS: &str = "\
    FROM unnest(?, ?, ?) AS w (bucket, account_id, digest) JOIN idempotency_keys \
    ON idempotency_keys.bucket = w.bucket AND idempotency_keys.account_id = w.account_id \
    AND idempotency_keys.digest = w.digest";

const HOLDS: &str = "\
    FROM unnest(?, ?, ?) AS w (bucket, account_id, hold_id) JOIN holds \
    ON holds.bucket = w.bucket AND holds.account_id = w.account_id AND holds.hold_id = w.hold_id";

const HOLDS_BY_REFERENCE: &str = "\
    FROM unnest(?, ?, ?) AS w (bucket, account_id, reference) JOIN holds \
    ON holds.bucket = w.bucket AND holds.account_id = w.account_id \
    AND holds.reference = w.reference";

const DEBITS: &str = "\
    FROM unnest(?, ?, ?) AS w (bucket, account_id, sequence) JOIN entries \
    ON entries.bucket = w.bucket AND entries.account_id = w.account_id \
    AND entries.sequence = w.sequence";

const DEBITS_BY_REFERENCE: &str = "\
    FROM unnest(?, ?, ?) AS w (bucket, account_id, reference) JOIN entries \
    ON entries.bucket = w.bucket AND entries.account_id = w.account_id \
    AND entries.reference = w.reference WHERE entries.kind = 4";

const DUE_HOLDS: &str = "\
    FROM unnest(?, ?) AS w (bucket, account_id) JOIN holds \
    ON holds.bucket = w.bucket AND holds.account_id = w.account_id \
    WHERE holds.status = 1 AND holds.expires_at <= ?";

const USES: &str = "\
    FROM unnest(?, ?, ?) AS w (bucket, account_id, since) JOIN usage_days \
    ON usage_days.bucket = w.bucket AND usage_days.account_id = w.account_id \
    AND usage_days.day_start >= w.since";

/// Accounts, locked.
pub async fn accounts(conn: &mut Conn, ids: Vec<AccountId>) -> Rows<AccountRow> {
    rows(conn, ACCOUNTS, accounts_of(ids.iter())).await
}

/// How often accounts have changed; nothing is locked.
pub async fn versions(
    conn: Glance<'_>,
    ids: &[AccountId],
) -> Result<HashMap<AccountId, i64>, StoreError> {
    let found = rows::<VersionRow>(conn, VERSIONS, accounts_of(ids.iter())).await?;
    found.into_iter().map(VersionRow::parse).collect()
}

/// What the commands name.
pub async fn first(conn: &mut Conn, wanted: &Wanted) -> Result<Found, StoreError> {
    let conn: &AsyncPgConnection = conn;
    let keys = wanted.keys.iter();
    let keys = vec![
        SmallInts(keys.clone().map(|key| key.owner.bucket()).collect()),
        Texts(keys.clone().map(|key| key.owner.as_str()).collect()),
        Bytes(keys.map(|key| key.digest.as_slice()).collect()),
    ];
    let holds = wanted.holds.iter();
    let holds = with_accounts(
        holds.clone().map(|(id, _)| id),
        Ids(holds.map(|(_, hold)| StoredId(hold.uuid())).collect()),
    );
    let debits = wanted.debits.iter();
    let debits = with_accounts(
        debits.clone().map(|(id, _)| id),
        BigInts(debits.map(|(_, sequence)| *sequence).collect()),
    );
    let (accounts, lots, keys, holds, debits, refunds, referenced_debits, referenced_holds) = try_join!(
        rows(conn, ACCOUNTS, accounts_of(wanted.accounts.iter())),
        rows(conn, OPEN_LOTS, accounts_of(wanted.accounts.iter())),
        rows::<KeyRow>(conn, KEYS, keys),
        rows::<HoldRow>(conn, HOLDS, holds),
        rows::<EntryRow>(conn, DEBITS, debits),
        refunds_of(conn, wanted),
        rows::<EntryRow>(
            conn,
            DEBITS_BY_REFERENCE,
            references(&wanted.debit_references)
        ),
        rows::<HoldRow>(
            conn,
            HOLDS_BY_REFERENCE,
            references(&wanted.hold_references)
        ),
    )?;
    Ok(Found {
        accounts,
        lots,
        keys,
        holds,
        debits,
        refunds,
        referenced_debits,
        referenced_holds,
    })
}

/// What the rows found call for.
pub async fn further(
    conn: &mut Conn,
    further: &Further,
    now: Instant,
) -> Result<FurtherFound, StoreError> {
    let conn: &AsyncPgConnection = conn;
    let mut due_holds = accounts_of(further.due_holds_of.iter());
    due_holds.push(BigInt(now.micros()));
    let lots = further.lots.iter();
    let lots = with_accounts(
        lots.clone().map(|(id, _)| id),
        Ids(lots.map(|(_, lot)| StoredId(lot.uuid())).collect()),
    );
    let uses = further.uses_of.iter();
    let uses = with_accounts(
        uses.clone().map(|(id, _)| id),
        BigInts(uses.map(|(_, since)| since.micros()).collect()),
    );
    let (due_holds, lots, uses, other_holds_due_at) = try_join!(
        rows::<HoldRow>(conn, DUE_HOLDS, due_holds),
        rows::<LotRow>(conn, LOTS, lots),
        rows::<UsageRow>(conn, USES, uses),
        other_holds_due_at(conn, &further.due_holds_of, now),
    )?;
    Ok(FurtherFound {
        due_holds,
        other_holds_due_at,
        lots,
        uses,
    })
}

/// Nothing wanted is nothing asked.
fn rows<'a, R>(
    mut conn: &'a AsyncPgConnection,
    text: &'static str,
    parameters: Vec<Parameter<'a>>,
) -> BoxFuture<'a, Rows<R>>
where
    R: Selectable<Pg> + Send + 'a,
    Find<'a, R>: LoadQuery<'a, &'a AsyncPgConnection, R> + Send,
{
    async move {
        if rows_in(&parameters) == 0 {
            return Ok(Vec::new());
        }
        Ok(Find::<'a, R>::new(text, parameters).load(&mut conn).await?)
    }
    .boxed()
}

fn accounts_of<'a>(ids: impl Iterator<Item = &'a AccountId>) -> Vec<Parameter<'a>> {
    let (buckets, names) = ids.map(|id| (id.bucket(), id.as_str())).unzip();
    vec![SmallInts(buckets), Texts(names)]
}

fn with_accounts<'a>(
    ids: impl Iterator<Item = &'a AccountId>,
    third: Parameter<'a>,
) -> Vec<Parameter<'a>> {
    let mut parameters = accounts_of(ids);
    parameters.push(third);
    parameters
}

fn references(references: &std::collections::BTreeSet<(AccountId, String)>) -> Vec<Parameter<'_>> {
    let texts = references.iter().map(|(_, text)| text.as_str()).collect();
    with_accounts(references.iter().map(|(id, _)| id), Texts(texts))
}

async fn refunds_of(mut conn: &AsyncPgConnection, wanted: &Wanted) -> Rows<(String, i64, i64)> {
    let mut found = Vec::new();
    for (id, sequence) in &wanted.debits {
        let refund: Option<(String, i64, i64)> = refunds::table
            .find((id.bucket(), id.as_str(), sequence))
            .select((
                refunds::account_id,
                refunds::debit_sequence,
                refunds::refund_sequence,
            ))
            .first(&mut conn)
            .await
            .optional()?;
        found.extend(refund);
    }
    Ok(found)
}

async fn other_holds_due_at(
    mut conn: &AsyncPgConnection,
    ids: &[AccountId],
    now: Instant,
) -> Rows<(String, Option<i64>)> {
    let mut found = Vec::new();
    for id in ids {
        let first: Option<i64> = holds::table
            .filter(holds::bucket.eq(id.bucket()))
            .filter(holds::account_id.eq(id.as_str()))
            .filter(diesel::dsl::sql::<diesel::sql_types::Bool>("status = 1"))
            .filter(holds::expires_at.gt(now.micros()))
            .select(diesel::dsl::min(holds::expires_at))
            .first(&mut conn)
            .await?;
        found.push((id.to_string(), first));
    }
    Ok(found)
}
