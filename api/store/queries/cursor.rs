//! How far a worker has come. Its run is claimed by moving the next one forward, so that of several
//! processes one goes on; one that was killed has moved nothing but that.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::instant::Instant;

use super::Conn;
use crate::store::StoreError;
use crate::store::schema::cursors;

/// Where to go on from, if it is time and nobody else does. A cursor that is new begins at `from`.
pub async fn claim(
    conn: &mut Conn,
    name: &str,
    from: Instant,
    now: Instant,
    next_run_at: Instant,
) -> Result<Option<Instant>, StoreError> {
    diesel::insert_into(cursors::table)
        .values((
            cursors::name.eq(name),
            cursors::done_until.eq(from.micros()),
            cursors::next_run_at.eq(now.micros()),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    let (done_until, due): (i64, i64) = cursors::table
        .find(name)
        .select((cursors::done_until, cursors::next_run_at))
        .first(conn)
        .await?;
    // Nobody claims further ahead than this; what is there was left by a clock that was set back since.
    if due > now.micros() && due <= next_run_at.micros() {
        return Ok(None);
    }
    let claimed = diesel::update(cursors::table.find(name))
        .filter(cursors::next_run_at.eq(due))
        .set(cursors::next_run_at.eq(next_run_at.micros()))
        .execute(conn)
        .await?;
    Ok((claimed == 1).then(|| Instant::from_micros(done_until)))
}

/// Everything up to `done_until` is done.
pub async fn advance(conn: &mut Conn, name: &str, done_until: Instant) -> Result<(), StoreError> {
    diesel::update(cursors::table.find(name))
        .filter(cursors::done_until.lt(done_until.micros()))
        .set(cursors::done_until.eq(done_until.micros()))
        .execute(conn)
        .await?;
    Ok(())
}
