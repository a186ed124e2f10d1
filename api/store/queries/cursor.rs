//! How far Stripe's list of events has been read. Its run is claimed by moving the next one forward, so
//! that of several processes one reads.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::instant::Instant;

use super::Conn;
use crate::store::StoreError;
use crate::store::schema::stripe_cursors;

/// Where to read on from, if it is time and nobody else does. A cursor that is new begins at `from`.
pub async fn claim(
    conn: &mut Conn,
    mode: &str,
    from: Instant,
    now: Instant,
    next_run_at: Instant,
) -> Result<Option<Instant>, StoreError> {
    diesel::insert_into(stripe_cursors::table)
        .values((
            stripe_cursors::mode.eq(mode),
            stripe_cursors::read_until.eq(from.micros()),
            stripe_cursors::next_run_at.eq(now.micros()),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    let (read_until, due): (i64, i64) = stripe_cursors::table
        .find(mode)
        .select((stripe_cursors::read_until, stripe_cursors::next_run_at))
        .first(conn)
        .await?;
    if due > now.micros() {
        return Ok(None);
    }
    let claimed = diesel::update(stripe_cursors::table.find(mode))
        .filter(stripe_cursors::next_run_at.eq(due))
        .set(stripe_cursors::next_run_at.eq(next_run_at.micros()))
        .execute(conn)
        .await?;
    Ok((claimed == 1).then(|| Instant::from_micros(read_until)))
}

/// Everything up to `read_until` is in the inbox.
pub async fn advance(conn: &mut Conn, mode: &str, read_until: Instant) -> Result<(), StoreError> {
    diesel::update(stripe_cursors::table.find(mode))
        .filter(stripe_cursors::read_until.lt(read_until.micros()))
        .set(stripe_cursors::read_until.eq(read_until.micros()))
        .execute(conn)
        .await?;
    Ok(())
}
