//! Lots of all accounts in the order of their ends.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::ids::LotId;
use ledger::instant::Instant;

use super::Conn;
use crate::store::rows::account_id;
use crate::store::schema::lots;
use crate::store::sql_types::StoredId;
use crate::store::{EndingLot, StoreError};

/// With something that is neither held nor frozen. Without a lot to go on after, those that end at that
/// very instant come along.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "the database adds two parts of one column"
)]
pub async fn ending(
    conn: &mut Conn,
    (after, after_lot): (Instant, Option<LotId>),
    until: Instant,
    untold: Option<u16>,
    most: i64,
) -> Result<Vec<EndingLot>, StoreError> {
    let mut query = lots::table
        .filter(lots::expires_at.ge(after.micros()))
        .filter(lots::expires_at.le(until.micros()))
        .filter(lots::remaining.gt(lots::held + lots::frozen))
        .order((lots::expires_at, lots::lot_id))
        .limit(most)
        .select((lots::account_id, lots::lot_id, lots::expires_at))
        .into_boxed();
    if let Some(lot_id) = after_lot {
        let later = lots::expires_at.gt(after.micros());
        query = query.filter(later.or(lots::lot_id.gt(StoredId(lot_id.uuid()))));
    }
    if let Some(days) = untold.and_then(|days| i16::try_from(days).ok()) {
        let told = lots::reminded_days;
        query = query.filter(told.is_null().or(told.gt(days)));
    }
    let rows: Vec<(String, StoredId, i64)> = query.load(conn).await?;
    let parse = |(account, lot, ends_at): (String, StoredId, i64)| {
        Ok(EndingLot {
            account_id: account_id(&account)?,
            lot_id: LotId::from_uuid(lot.0),
            ends_at: Instant::from_micros(ends_at),
        })
    };
    rows.into_iter().map(parse).collect()
}
