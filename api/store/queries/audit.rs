//! What the auditor reads beside the accounts: the keys that were used, and rows that belong to
//! nothing. Only the auditor may ask: these walk over whole tables.

use std::collections::BTreeSet;

use diesel::dsl::{count, exists, not};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::entry::EntryKind;
use ledger::ids::PurchaseId;

use super::Conn;
use super::promotions::NOT_COUNTED;
use crate::store::schema::idempotency_keys as keys;
use crate::store::schema::{
    accounts, auto_recharges, deliveries, entries, holds, lots, notices, promotion_codes,
    purchase_facts, purchases, refunds, usage_days,
};
use crate::store::sql_types::StoredId;
use crate::store::{Orphan, PromotionUses, StoreError, StoredKey, codes};

type KeyColumns = (i16, String, Vec<u8>, Option<StoredId>, Option<i16>);

pub async fn keys_after(
    conn: &mut Conn,
    after: Option<&StoredKey>,
    limit: i64,
) -> Result<Vec<StoredKey>, StoreError> {
    let mut query = keys::table
        .order((keys::bucket, keys::account_id, keys::digest))
        .limit(limit)
        .select((
            keys::bucket,
            keys::account_id,
            keys::digest,
            keys::purchase_id,
            keys::status,
        ))
        .into_boxed();
    if let Some(after) = after {
        let later_digest = keys::account_id
            .eq(after.owner.clone())
            .and(keys::digest.gt(after.digest.clone()));
        let later_key = keys::account_id.gt(after.owner.clone()).or(later_digest);
        query = query.filter(
            keys::bucket
                .gt(after.bucket)
                .or(keys::bucket.eq(after.bucket).and(later_key)),
        );
    }
    let rows: Vec<KeyColumns> = query.load(conn).await?;
    Ok(rows
        .into_iter()
        .map(|(bucket, owner, digest, purchase, status)| StoredKey {
            bucket,
            owner,
            digest,
            purchase_id: purchase.map(|id| PurchaseId::from_uuid(id.0)),
            status,
        })
        .collect())
}

pub async fn known_purchases(
    conn: &mut Conn,
    ids: &[PurchaseId],
) -> Result<BTreeSet<PurchaseId>, StoreError> {
    let ids: Vec<StoredId> = ids.iter().map(|id| StoredId(id.uuid())).collect();
    let known: Vec<StoredId> = purchases::table
        .filter(purchases::purchase_id.eq_any(ids))
        .select(purchases::purchase_id)
        .load(conn)
        .await?;
    let known = known.into_iter();
    Ok(known.map(|id| PurchaseId::from_uuid(id.0)).collect())
}

pub async fn promotion_uses(conn: &mut Conn) -> Result<Vec<PromotionUses>, StoreError> {
    let purchase = purchases::promotion_code.eq(promotion_codes::code.nullable());
    let counts = purchases::status.ne_all(NOT_COUNTED.map(codes::status_code));
    let rows: Vec<(String, i64, i64)> = promotion_codes::table
        .left_join(purchases::table.on(purchase.and(counts)))
        .group_by((promotion_codes::code, promotion_codes::used))
        .order(promotion_codes::code)
        .select((
            promotion_codes::code,
            promotion_codes::used,
            count(purchases::purchase_id.nullable()),
        ))
        .load(conn)
        .await?;
    let uses = rows
        .into_iter()
        .map(|(code, stored, counted)| PromotionUses {
            code,
            stored,
            counted,
        });
    Ok(uses.collect())
}

/// The accounts of a table's rows that have no row of their own.
macro_rules! without_account {
    ($conn:expr, $table:ident, $most:expr, $found:expr) => {
        let account = accounts::table
            .filter(accounts::bucket.eq($table::bucket))
            .filter(accounts::account_id.eq($table::account_id));
        let rows: Vec<(i16, String)> = $table::table
            .filter(not(exists(account)))
            .select(($table::bucket, $table::account_id))
            .distinct()
            .limit($most)
            .load($conn)
            .await?;
        $found.extend(named(stringify!($table), rows));
    };
}

pub async fn orphans(conn: &mut Conn, most: i64) -> Result<Vec<Orphan>, StoreError> {
    let mut found = Vec::new();
    without_account!(conn, lots, most, found);
    without_account!(conn, entries, most, found);
    without_account!(conn, purchases, most, found);
    without_account!(conn, holds, most, found);
    without_account!(conn, refunds, most, found);
    without_account!(conn, usage_days, most, found);
    without_account!(conn, auto_recharges, most, found);
    without_account!(conn, notices, most, found);
    let purchase = purchases::table
        .filter(purchases::bucket.eq(purchase_facts::bucket))
        .filter(purchases::account_id.eq(purchase_facts::account_id))
        .filter(purchases::purchase_id.eq(purchase_facts::purchase_id));
    let facts: Vec<(i16, String)> = purchase_facts::table
        .filter(not(exists(purchase)))
        .select((purchase_facts::bucket, purchase_facts::account_id))
        .distinct()
        .limit(most)
        .load(conn)
        .await?;
    found.extend(named("purchase_facts", facts));
    let notice = notices::table
        .filter(notices::bucket.eq(deliveries::bucket))
        .filter(notices::account_id.eq(deliveries::account_id))
        .filter(notices::number.eq(deliveries::number));
    let undue: Vec<(i16, String)> = deliveries::table
        .filter(not(exists(notice)))
        .select((deliveries::bucket, deliveries::account_id))
        .distinct()
        .limit(most)
        .load(conn)
        .await?;
    found.extend(named("deliveries", undue));
    Ok(found)
}

/// An index refuses them; this is for a database whose index was lost.
pub async fn repeated_references(
    conn: &mut Conn,
    most: i64,
) -> Result<Vec<(String, String)>, StoreError> {
    let rows: Vec<(i16, String, Option<String>)> = entries::table
        .filter(entries::kind.eq(EntryKind::Debit.code()))
        .filter(entries::reference.is_not_null())
        .group_by((entries::bucket, entries::account_id, entries::reference))
        .having(diesel::dsl::count_star().gt(1))
        .select((entries::bucket, entries::account_id, entries::reference))
        .limit(most)
        .load(conn)
        .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(_, account, reference)| (account, reference.unwrap_or_default()))
        .collect())
}

fn named(table: &'static str, rows: Vec<(i16, String)>) -> impl Iterator<Item = Orphan> {
    rows.into_iter().map(move |(bucket, account_id)| Orphan {
        table,
        bucket,
        account_id,
    })
}
