//! Deliveries: claimed by moving their next attempt forward (compare and set, so that of several
//! processes one wins), attempted, and finished. What an account has waiting for one target goes out in
//! its order: whatever has something before it is not due.

use diesel::dsl::{exists, min, not};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::ids::DeliveryId;
use ledger::instant::Instant;

use super::Conn;
use crate::store::StoreError;
use crate::store::outgoing::{Delivery, DeliveryFilter, DeliveryStatus, Target};
use crate::store::rows::DeliveryRow;
use crate::store::schema::deliveries;
use crate::store::sql_types::StoredId;

pub async fn targets_due(conn: &mut Conn, now: Instant) -> Result<Vec<Target>, StoreError> {
    let targets: Vec<StoredId> = deliveries::table
        .filter(deliveries::next_attempt_at.le(now.micros()))
        .select(deliveries::target)
        .distinct()
        .load(conn)
        .await?;
    let targets = targets.into_iter();
    Ok(targets.map(|target| Target::from_uuid(target.0)).collect())
}

pub async fn due(
    conn: &mut Conn,
    target: Target,
    now: Instant,
    most: i64,
) -> Result<Vec<Delivery>, StoreError> {
    let earlier = diesel::alias!(deliveries as earlier);
    let (bucket, account_id, to) = (
        deliveries::bucket,
        deliveries::account_id,
        deliveries::target,
    );
    let waits_before = earlier
        .filter(earlier.field(bucket).eq(bucket))
        .filter(earlier.field(account_id).eq(account_id))
        .filter(earlier.field(to).eq(to))
        .filter(earlier.field(deliveries::number).lt(deliveries::number))
        .filter(earlier.field(deliveries::next_attempt_at).is_not_null());
    let rows: Vec<DeliveryRow> = deliveries::table
        .filter(to.eq(StoredId(target.uuid())))
        .filter(deliveries::next_attempt_at.le(now.micros()))
        .filter(not(exists(waits_before)))
        .order(deliveries::next_attempt_at)
        .limit(most)
        .select(DeliveryRow::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(Delivery::try_from).collect()
}

pub async fn claim(
    conn: &mut Conn,
    delivery: &Delivery,
    lease_end: Instant,
) -> Result<bool, StoreError> {
    let row = DeliveryRow::from(delivery);
    let claimed = diesel::update(deliveries::table)
        .filter(deliveries::bucket.eq(row.bucket))
        .filter(deliveries::delivery_id.eq(row.delivery_id))
        .filter(deliveries::next_attempt_at.eq(row.next_attempt_at))
        .filter(deliveries::attempts.eq(row.attempts))
        .set((
            deliveries::next_attempt_at.eq(lease_end.micros()),
            deliveries::attempts.eq(row.attempts.saturating_add(1)),
        ))
        .execute(conn)
        .await?;
    Ok(claimed == 1)
}

pub async fn finish(conn: &mut Conn, delivery: &Delivery) -> Result<(), StoreError> {
    let row = DeliveryRow::from(delivery);
    diesel::update(deliveries::table)
        .filter(deliveries::bucket.eq(row.bucket))
        .filter(deliveries::delivery_id.eq(row.delivery_id))
        .filter(deliveries::attempts.eq(row.attempts))
        .set((
            deliveries::status.eq(row.status),
            deliveries::next_attempt_at.eq(row.next_attempt_at),
            deliveries::attempted_at.eq(row.attempted_at),
            deliveries::answer_status.eq(row.answer_status),
            deliveries::answer.eq(row.answer),
        ))
        .execute(conn)
        .await?;
    let Some(next_attempt_at) = row.next_attempt_at else {
        return Ok(());
    };
    // They would be passed over anyway; so they are not even looked at.
    diesel::update(deliveries::table)
        .filter(deliveries::bucket.eq(row.bucket))
        .filter(deliveries::account_id.eq(row.account_id))
        .filter(deliveries::target.eq(row.target))
        .filter(deliveries::number.gt(row.number))
        .filter(deliveries::next_attempt_at.lt(next_attempt_at))
        .set(deliveries::next_attempt_at.eq(next_attempt_at))
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn list(
    conn: &mut Conn,
    filter: &DeliveryFilter,
    before: Option<(Instant, DeliveryId)>,
    most: i64,
) -> Result<Vec<Delivery>, StoreError> {
    let mut query = deliveries::table
        .order((
            deliveries::created_at.desc(),
            deliveries::delivery_id.desc(),
        ))
        .limit(most)
        .select(DeliveryRow::as_select())
        .into_boxed();
    if let Some(account) = &filter.account_id {
        query = query
            .filter(deliveries::bucket.eq(account.bucket()))
            .filter(deliveries::account_id.eq(account.as_str().to_owned()));
    }
    if let Some(target) = filter.target {
        query = query.filter(deliveries::target.eq(StoredId(target.uuid())));
    }
    if let Some(status) = filter.status {
        query = query.filter(deliveries::status.eq(status.code()));
    }
    if let Some((created_at, id)) = before {
        let older = deliveries::created_at.lt(created_at.micros());
        let same = deliveries::created_at.eq(created_at.micros());
        let rest = same.and(deliveries::delivery_id.lt(StoredId(id.uuid())));
        query = query.filter(older.or(rest));
    }
    let rows: Vec<DeliveryRow> = query.load(conn).await?;
    rows.into_iter().map(Delivery::try_from).collect()
}

pub async fn find(conn: &mut Conn, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
    let row: Option<DeliveryRow> = deliveries::table
        .filter(deliveries::bucket.eq(id.bucket()))
        .filter(deliveries::delivery_id.eq(StoredId(id.uuid())))
        .select(DeliveryRow::as_select())
        .first(conn)
        .await
        .optional()?;
    row.map(Delivery::try_from).transpose()
}

/// All attempts are before it again.
macro_rules! ordered_again {
    ($now:expr) => {
        (
            deliveries::status.eq(DeliveryStatus::Waiting.code()),
            deliveries::attempts.eq(0),
            deliveries::next_attempt_at.eq($now.micros()),
        )
    };
}

pub async fn replay(conn: &mut Conn, id: DeliveryId, now: Instant) -> Result<(), StoreError> {
    let ordered: Vec<StoredId> = diesel::update(deliveries::table)
        .filter(deliveries::bucket.eq(id.bucket()))
        .filter(deliveries::delivery_id.eq(StoredId(id.uuid())))
        .set(ordered_again!(now))
        .returning(deliveries::target)
        .get_results(conn)
        .await?;
    for target in ordered {
        let_go(conn, Target::from_uuid(target.0), now).await?;
    }
    Ok(())
}

pub async fn replay_given_up(
    conn: &mut Conn,
    target: Target,
    now: Instant,
) -> Result<usize, StoreError> {
    let replayed = diesel::update(deliveries::table)
        .filter(deliveries::target.eq(StoredId(target.uuid())))
        .filter(deliveries::status.eq(DeliveryStatus::GivenUp.code()))
        .set(ordered_again!(now))
        .execute(conn)
        .await?;
    let_go(conn, target, now).await?;
    Ok(replayed)
}

/// What has not been attempted waits because something before it failed (`finish`, `route`). Where that was
/// ordered again it is due as well.
async fn let_go(conn: &mut Conn, target: Target, now: Instant) -> Result<(), StoreError> {
    let earlier = diesel::alias!(deliveries as earlier);
    let holds_up = earlier
        .filter(earlier.field(deliveries::bucket).eq(deliveries::bucket))
        .filter(
            earlier
                .field(deliveries::account_id)
                .eq(deliveries::account_id),
        )
        .filter(earlier.field(deliveries::target).eq(deliveries::target))
        .filter(earlier.field(deliveries::number).lt(deliveries::number))
        .filter(earlier.field(deliveries::attempts).gt(0))
        .filter(earlier.field(deliveries::next_attempt_at).gt(now.micros()));
    diesel::update(deliveries::table)
        .filter(deliveries::target.eq(StoredId(target.uuid())))
        .filter(deliveries::attempts.eq(0))
        .filter(deliveries::next_attempt_at.gt(now.micros()))
        .filter(not(exists(holds_up)))
        .set(deliveries::next_attempt_at.eq(now.micros()))
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn does_any_wait(conn: &mut Conn, target: Target) -> Result<bool, StoreError> {
    let first: Option<i64> = deliveries::table
        .filter(deliveries::target.eq(StoredId(target.uuid())))
        .filter(deliveries::next_attempt_at.is_not_null())
        .select(min(deliveries::next_attempt_at))
        .first(conn)
        .await?;
    Ok(first.is_some())
}

pub async fn give_up(conn: &mut Conn, target: Target, why: &str) -> Result<usize, StoreError> {
    let given_up = diesel::update(deliveries::table)
        .filter(deliveries::target.eq(StoredId(target.uuid())))
        .filter(deliveries::next_attempt_at.is_not_null())
        .set((
            deliveries::status.eq(DeliveryStatus::GivenUp.code()),
            deliveries::next_attempt_at.eq(None::<i64>),
            deliveries::answer_status.eq(None::<i16>),
            deliveries::answer.eq(why),
        ))
        .execute(conn)
        .await?;
    Ok(given_up)
}

pub async fn forget(conn: &mut Conn, before: Instant) -> Result<usize, StoreError> {
    let forgotten = diesel::delete(deliveries::table)
        .filter(deliveries::created_at.lt(before.micros()))
        .filter(deliveries::next_attempt_at.is_null())
        .execute(conn)
        .await?;
    Ok(forgotten)
}
