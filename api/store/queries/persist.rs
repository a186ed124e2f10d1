//! What the writer stores once it has decided: the rows that the batch leaves, the purchases, and
//! the answers that had to wait for Stripe.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::instant::Instant;

use super::{Conn, promotions, purchases, recharges, store};
use crate::store::rows::KeyRow;
use crate::store::schema::idempotency_keys;
use crate::store::write::{Changed, expect_rows};
use crate::store::{Decided, StoreError};

pub async fn persist(conn: &mut Conn, decided: &Decided, now: Instant) -> Result<(), StoreError> {
    for state in decided.state.accounts.values() {
        purchases::store(conn, state).await?;
        recharges::store(conn, state).await?;
    }
    promotions::store(conn, &decided.state).await?;
    let mut changed = Changed::of(decided, now)?;
    for key in std::mem::take(&mut changed.answered_keys) {
        answer(conn, key).await?;
    }
    store::store(conn, changed).await
}

/// A checkout's key was stored with its purchase, before there was an answer.
async fn answer(conn: &mut Conn, row: KeyRow) -> Result<(), StoreError> {
    let changed = diesel::update(idempotency_keys::table)
        .filter(idempotency_keys::bucket.eq(row.bucket))
        .filter(idempotency_keys::account_id.eq(row.account_id))
        .filter(idempotency_keys::digest.eq(row.digest))
        .set((
            idempotency_keys::status.eq(row.status),
            idempotency_keys::body.eq(row.body),
        ))
        .execute(conn)
        .await?;
    expect_rows("idempotency_keys", 1, changed)
}
