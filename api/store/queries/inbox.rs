//! The inbox of Stripe's events: stored once, claimed by moving their next attempt forward (compare
//! and set, so that of several processes one wins), and finished.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::ids::{AccountId, PurchaseId};
use ledger::instant::Instant;

use super::Conn;
use crate::store::StoreError;
use crate::store::rows::{InboxRow, InboxStatus};
use crate::store::schema::stripe_inbox;
use crate::store::sql_types::StoredId;

/// Whether the event is new. Either way it is stored when this returns.
pub async fn store(conn: &mut Conn, row: InboxRow) -> Result<bool, StoreError> {
    let stored = diesel::insert_into(stripe_inbox::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(stored == 1)
}

pub async fn due(conn: &mut Conn, now: Instant, most: i64) -> Result<Vec<InboxRow>, StoreError> {
    let rows = stripe_inbox::table
        .filter(stripe_inbox::next_attempt_at.le(now.micros()))
        .order(stripe_inbox::next_attempt_at)
        .limit(most)
        .select(InboxRow::as_select())
        .load(conn)
        .await?;
    Ok(rows)
}

/// Whether this caller may work on the event until `lease_end`.
pub async fn claim(
    conn: &mut Conn,
    row: &InboxRow,
    lease_end: Instant,
) -> Result<bool, StoreError> {
    let claimed = diesel::update(stripe_inbox::table)
        .filter(stripe_inbox::event_id.eq(&row.event_id))
        .filter(stripe_inbox::next_attempt_at.eq(row.next_attempt_at))
        .filter(stripe_inbox::attempts.eq(row.attempts))
        .set((
            stripe_inbox::next_attempt_at.eq(lease_end.micros()),
            stripe_inbox::attempts.eq(row.attempts.saturating_add(1)),
        ))
        .execute(conn)
        .await?;
    Ok(claimed == 1)
}

pub async fn finish(
    conn: &mut Conn,
    event_id: &str,
    status: InboxStatus,
    next_attempt_at: Option<Instant>,
    note: Option<&str>,
) -> Result<(), StoreError> {
    diesel::update(stripe_inbox::table)
        .filter(stripe_inbox::event_id.eq(event_id))
        .set((
            stripe_inbox::status.eq(status.code()),
            stripe_inbox::next_attempt_at.eq(next_attempt_at.map(Instant::micros)),
            stripe_inbox::note.eq(note),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes whose purchase an event is about.
pub async fn name_purchase(
    conn: &mut Conn,
    event_id: &str,
    account_id: &AccountId,
    purchase_id: PurchaseId,
) -> Result<(), StoreError> {
    diesel::update(stripe_inbox::table)
        .filter(stripe_inbox::event_id.eq(event_id))
        .set((
            stripe_inbox::account_id.eq(account_id.as_str()),
            stripe_inbox::purchase_id.eq(StoredId(purchase_id.uuid())),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// The events about a purchase, in the order in which they came in.
pub async fn of_purchase(
    conn: &mut Conn,
    purchase_id: PurchaseId,
) -> Result<Vec<InboxRow>, StoreError> {
    let rows = stripe_inbox::table
        .filter(stripe_inbox::purchase_id.eq(StoredId(purchase_id.uuid())))
        .order((stripe_inbox::received_at, stripe_inbox::event_id))
        .select(InboxRow::as_select())
        .load(conn)
        .await?;
    Ok(rows)
}

/// When the longest waiting event came in.
pub async fn oldest_waiting(conn: &mut Conn) -> Result<Option<Instant>, StoreError> {
    let oldest: Option<i64> = stripe_inbox::table
        .filter(stripe_inbox::next_attempt_at.is_not_null())
        .select(diesel::dsl::min(stripe_inbox::received_at))
        .first(conn)
        .await?;
    Ok(oldest.map(Instant::from_micros))
}
