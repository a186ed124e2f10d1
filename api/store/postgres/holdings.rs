//! An account's holdings in one statement, which is one snapshot and one round trip: the account's
//! row, and beside it arrays of the rows that belong to it.

use std::marker::PhantomData;

use diesel::deserialize::{self, FromSql, Queryable};
use diesel::pg::{Pg, PgValue};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Array, BigInt, Binary, Integer, Nullable, Record, SmallInt, Text};
use diesel_async::RunQueryDsl;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::purchase::PurchaseStatus;

use super::Glance;
use crate::store::holdings::{HoldingsRows, days_needed_since};
use crate::store::rows::{AccountRow, LotRow, UsageRow};
use crate::store::{Holdings, StoreError, codes};

pub async fn holdings(
    mut conn: Glance<'_>,
    id: &AccountId,
    now: Instant,
) -> Result<Holdings, StoreError> {
    let look = Look {
        bucket: id.bucket(),
        account: id.as_str(),
        now: now.micros(),
        since: days_needed_since(now).micros(),
        awaiting: codes::status_code(PurchaseStatus::AwaitingFunds),
    };
    let found: Option<FoundRow> = look.get_result(&mut conn).await.optional()?;
    let Some((account, lots, used, due_parts, pending, first_use)) = found else {
        return Ok(Holdings::default());
    };
    Holdings::try_from(HoldingsRows {
        account,
        lots: lots.rows,
        due_parts,
        pending,
        used: used_rows(id, used.as_deref().unwrap_or_default())?,
        first_use,
    })
}

/// The rows of the lines that [`LINES`] makes.
fn used_rows(id: &AccountId, lines: &str) -> Result<Vec<UsageRow>, StoreError> {
    let rows = lines.lines().map(|line| used_row(id, line));
    let rows: Option<Vec<UsageRow>> = rows.collect();
    rows.ok_or_else(|| StoreError::corrupt(format!("usage_days of {id}")))
}

fn used_row(id: &AccountId, line: &str) -> Option<UsageRow> {
    let mut words = line.splitn(8, ' ');
    Some(UsageRow {
        bucket: id.bucket(),
        account_id: id.to_string(),
        day_start: words.next()?.parse().ok()?,
        date: words.next()?.parse().ok()?,
        consumed: words.next()?.parse().ok()?,
        refunded: words.next()?.parse().ok()?,
        held: words.next()?.parse().ok()?,
        count: words.next()?.parse().ok()?,
        operation: words.next()?.to_owned(),
        variant: words.next()?.to_owned(),
    })
}

type Columns<R> = <<R as Selectable<Pg>>::SelectExpression as Expression>::SqlType;
type Records<R> = Array<Record<Columns<R>>>;

type FoundColumns = (
    Columns<AccountRow>,
    Records<LotRow>,
    Nullable<Text>,
    Array<Binary>,
    BigInt,
    Nullable<Integer>,
);

type FoundRow = (
    AccountRow,
    Packed<LotRow, Columns<LotRow>>,
    Option<String>,
    Vec<Vec<u8>>,
    i64,
    Option<i32>,
);

struct Look<'a> {
    bucket: i16,
    account: &'a str,
    now: i64,
    since: i64,
    awaiting: i16,
}

const LOTS: &str = " FROM lots WHERE lots.bucket = accounts.bucket \
    AND lots.account_id = accounts.account_id AND lots.remaining > 0 AND lots.expires_at > ";

// There are a hundred of these rows where there are three lots, and one text of them costs PostgreSQL
// half of what an array of records does. Operations and variants are names without blanks.
const LINES: &str = "string_agg(concat_ws(' ', usage_days.day_start, usage_days.date, \
    usage_days.consumed, usage_days.refunded, usage_days.held, usage_days.count, \
    usage_days.operation, usage_days.variant), chr(10))";

// Where the calendar was changed lately, its cycle may have begun long ago.
const USED: &str = " FROM usage_days WHERE usage_days.bucket = accounts.bucket \
    AND usage_days.account_id = accounts.account_id AND usage_days.day_start >= \
    CASE WHEN accounts.calendar_since > ";

// Without a hold that may be due the index is not even looked at.
const DUE_HOLDS: &str = " FROM holds WHERE accounts.holds_due_at <= ";
const OF_ACCOUNT_ACTIVE: &str = " AND holds.bucket = accounts.bucket \
    AND holds.account_id = accounts.account_id AND holds.status = 1 AND holds.expires_at <= ";

const PENDING: &str = "), (SELECT coalesce(sum(purchases.credits + purchases.bonus), 0)::bigint \
    FROM purchases WHERE purchases.bucket = accounts.bucket \
    AND purchases.account_id = accounts.account_id AND purchases.status = ";

const FIRST_USE: &str = "), (SELECT usage_days.date FROM usage_days \
    WHERE usage_days.bucket = accounts.bucket \
    AND usage_days.account_id = accounts.account_id AND usage_days.consumed > 0 \
    ORDER BY usage_days.day_start LIMIT 1) FROM accounts WHERE accounts.bucket = ";

impl QueryFragment<Pg> for Look<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("SELECT ");
        columns::<AccountRow>(&mut out)?;
        out.push_sql(", ARRAY(SELECT ROW(");
        columns::<LotRow>(&mut out)?;
        out.push_sql(")");
        out.push_sql(LOTS);
        out.push_bind_param::<BigInt, _>(&self.now)?;
        out.push_sql("), (SELECT ");
        out.push_sql(LINES);
        out.push_sql(USED);
        out.push_bind_param::<BigInt, _>(&self.since)?;
        out.push_sql(" THEN least(accounts.cycle_start, ");
        out.push_bind_param::<BigInt, _>(&self.since)?;
        out.push_sql(") ELSE ");
        out.push_bind_param::<BigInt, _>(&self.since)?;
        out.push_sql(" END), ARRAY(SELECT holds.parts");
        out.push_sql(DUE_HOLDS);
        out.push_bind_param::<BigInt, _>(&self.now)?;
        out.push_sql(OF_ACCOUNT_ACTIVE);
        out.push_bind_param::<BigInt, _>(&self.now)?;
        out.push_sql(PENDING);
        out.push_bind_param::<SmallInt, _>(&self.awaiting)?;
        out.push_sql(FIRST_USE);
        out.push_bind_param::<SmallInt, _>(&self.bucket)?;
        out.push_sql(" AND accounts.account_id = ");
        out.push_bind_param::<Text, _>(self.account)
    }
}

fn columns<R>(out: &mut AstPass<'_, '_, Pg>) -> QueryResult<()>
where
    R: Selectable<Pg>,
    R::SelectExpression: QueryFragment<Pg> + 'static,
{
    // Columns bind nothing, so that what is walked need not outlive this.
    let mut builder = diesel::pg::PgQueryBuilder::new();
    R::construct_selection().to_sql(&mut builder, &Pg)?;
    out.push_sql(&diesel::query_builder::QueryBuilder::<Pg>::finish(builder));
    Ok(())
}

// Told apart from others by its text, which is always the same.
impl QueryId for Look<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Look<'_> {
    type SqlType = FoundColumns;
}

impl<Conn> diesel::RunQueryDsl<Conn> for Look<'_> {}

/// Rows that came as an array of records; `ST` are their columns' types.
#[derive(Debug)]
struct Packed<R, ST> {
    rows: Vec<R>,
    columns: PhantomData<ST>,
}

impl<R, ST> FromSql<Array<Record<ST>>, Pg> for Packed<R, ST>
where
    R: Queryable<ST, Pg>,
    R::Row: FromSql<Record<ST>, Pg>,
{
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let rows = <Vec<R::Row> as FromSql<Array<Record<ST>>, Pg>>::from_sql(value)?;
        let rows = rows.into_iter().map(R::build);
        Ok(Packed {
            rows: rows.collect::<deserialize::Result<_>>()?,
            columns: PhantomData,
        })
    }
}

impl<R, ST> Queryable<Array<Record<ST>>, Pg> for Packed<R, ST>
where
    Packed<R, ST>: FromSql<Array<Record<ST>>, Pg>,
{
    type Row = Self;

    fn build(row: Self) -> deserialize::Result<Self> {
        Ok(row)
    }
}
