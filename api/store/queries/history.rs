//! The entries of an account. A page costs the same wherever in the history it lies: it is read by
//! keyset, a reference through its own index, and a time by first finding its place in the sequence.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::entry::{Entry, EntryKind};
use ledger::ids::AccountId;
use ledger::instant::Instant;

use super::{Conn, Glance};
use crate::store::rows::EntryRow;
use crate::store::schema::{accounts, entries};
use crate::store::{Direction, EntryFilter, Span, StoreError};

/// A shorter stretch is read through sooner than a place in it is found.
const SHORT: i64 = 256;

/// Clocks of several processes may differ, and a clock may be set back: entries out of order by no
/// more than this are found all the same.
const CLOCKS_DIFFER_BY_SECONDS: i64 = 3_600;

/// The sequences among which every entry of the filter's time is: `after < sequence <= up_to`.
pub async fn span(
    conn: &mut Conn,
    account_id: &AccountId,
    filter: &EntryFilter,
) -> Result<Span, StoreError> {
    let last: Option<i64> = accounts::table
        .find((account_id.bucket(), account_id.as_str()))
        .select(accounts::sequence)
        .first(conn)
        .await
        .optional()?;
    let mut span = Span {
        after: 0,
        up_to: last.unwrap_or(0),
    };
    if let Some(from) = filter.from {
        let from = from.plus_seconds(CLOCKS_DIFFER_BY_SECONDS.saturating_neg());
        let from = from.unwrap_or(Instant::MIN);
        span.after = place_of(conn, account_id, span, from).await?.after;
    }
    if let Some(to) = filter.to {
        let to = to.plus_seconds(CLOCKS_DIFFER_BY_SECONDS);
        let to = to.unwrap_or(Instant::MAX);
        span.up_to = place_of(conn, account_id, span, to).await?.up_to;
    }
    Ok(span)
}

/// A short stretch in which the entries made before an instant end and the later ones begin: found
/// by halving, one look at one entry each time.
async fn place_of(
    conn: &mut Conn,
    account_id: &AccountId,
    span: Span,
    instant: Instant,
) -> Result<Span, StoreError> {
    let Span {
        mut after,
        mut up_to,
    } = span;
    while up_to.saturating_sub(after) > SHORT {
        let middle = after.saturating_add(up_to.saturating_sub(after).div_euclid(2));
        let made: Option<i64> = entries::table
            .find((account_id.bucket(), account_id.as_str(), middle))
            .select(entries::created_at)
            .first(conn)
            .await
            .optional()?;
        if made.is_some_and(|made| made < instant.micros()) {
            after = middle;
        } else {
            up_to = middle;
        }
    }
    Ok(Span { after, up_to })
}

/// The newest entries, or the newest before one.
pub async fn page(
    conn: Glance<'_>,
    account_id: &AccountId,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Entry>, StoreError> {
    let rows: Vec<EntryRow> = entries::table
        .filter(entries::bucket.eq(account_id.bucket()))
        .filter(entries::account_id.eq(account_id.as_str()))
        .filter(entries::sequence.lt(before.unwrap_or(i64::MAX)))
        .order(entries::sequence.desc())
        .limit(limit)
        .select(EntryRow::as_select())
        .load(glancing!(conn))
        .await?;
    rows.into_iter().map(Entry::try_from).collect()
}

/// Entries of a span, in one direction, at most `limit`.
pub async fn entries(
    conn: &mut Conn,
    account_id: &AccountId,
    filter: &EntryFilter,
    span: Span,
    direction: Direction,
    limit: i64,
) -> Result<Vec<Entry>, StoreError> {
    let mut query = entries::table
        .filter(entries::bucket.eq(account_id.bucket()))
        .filter(entries::account_id.eq(account_id.as_str()))
        .filter(entries::sequence.gt(span.after))
        .filter(entries::sequence.le(span.up_to))
        .limit(limit)
        .select(EntryRow::as_select())
        .into_boxed();
    if let Some(reference) = &filter.reference {
        query = query.filter(entries::reference.eq(reference.clone()));
        // An order that no index gives: else a planner may walk through the whole history in its
        // order, in the hope that the few entries of a reference come soon.
        let order = diesel::dsl::sql::<diesel::sql_types::BigInt>("sequence + 0");
        query = match direction {
            Direction::NewestFirst => query.order(order.desc()),
            Direction::OldestFirst => query.order(order.asc()),
        };
    } else {
        query = match direction {
            Direction::NewestFirst => query.order(entries::sequence.desc()),
            Direction::OldestFirst => query.order(entries::sequence.asc()),
        };
    }
    if !filter.kinds.is_empty() {
        let kinds = filter.kinds.iter().copied().map(EntryKind::code);
        query = query.filter(entries::kind.eq_any(kinds.collect::<Vec<i16>>()));
    }
    if let Some(operation) = &filter.operation {
        query = query.filter(entries::operation.eq(operation.clone()));
    }
    if let Some(from) = filter.from {
        query = query.filter(entries::created_at.ge(from.micros()));
    }
    if let Some(to) = filter.to {
        query = query.filter(entries::created_at.lt(to.micros()));
    }
    let rows: Vec<EntryRow> = query.load(conn).await?;
    rows.into_iter().map(Entry::try_from).collect()
}
