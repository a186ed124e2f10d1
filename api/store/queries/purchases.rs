//! Purchases in a batch of the writer, with the facts known of them: few beside the debits, so each
//! is stored by itself.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::account::AccountState;
use ledger::ids::AccountId;
use ledger::lot::Lot;
use ledger::purchase::{Facts, Purchase, PurchaseStatus};

use super::Conn;
use crate::store::codes;
use crate::store::rows::{FactRow, LotRow, PurchaseRow, account_id};
use crate::store::schema::{lots, purchase_facts, purchases};
use crate::store::sql_types::StoredId;
use crate::store::write::{Wanted, expect_rows};
use crate::store::{Loaded, StoreError};

/// The purchases named, those that keys point to, and, for accounts about to open one, the open
/// ones.
pub async fn load(conn: &mut Conn, wanted: &Wanted, loaded: &mut Loaded) -> Result<(), StoreError> {
    let named = wanted.purchases.iter().copied();
    let resumed = loaded.state.keys.values().filter_map(|key| key.purchase_id);
    let settled: Vec<StoredId> = named.clone().map(|id| StoredId(id.uuid())).collect();
    let ids: Vec<StoredId> = named.chain(resumed).map(|id| StoredId(id.uuid())).collect();
    if ids.is_empty() && wanted.open_purchases_of.is_empty() {
        return Ok(());
    }
    let (buckets, names) = wanted.buckets_and_accounts();
    let open_of: Vec<&str> = wanted
        .open_purchases_of
        .iter()
        .map(AccountId::as_str)
        .collect();
    let open = [PurchaseStatus::Created, PurchaseStatus::Open].map(codes::status_code);
    let rows: Vec<PurchaseRow> = purchases::table
        .filter(purchases::bucket.eq_any(&buckets))
        .filter(purchases::account_id.eq_any(&names))
        .filter(
            purchases::purchase_id.eq_any(ids).or(purchases::account_id
                .eq_any(open_of)
                .and(purchases::status.eq_any(open))),
        )
        .select(PurchaseRow::as_select())
        .load(conn)
        .await?;
    for purchase in with_facts(conn, rows).await? {
        let id = purchase.terms.purchase_id;
        if let Some(state) = loaded.state.accounts.get_mut(&purchase.terms.account_id) {
            state.purchases.insert(id, purchase);
        }
    }
    add_lots(conn, (buckets, names), settled, loaded).await
}

/// The lots of the purchases that evidence is about, spent ones, too: money that goes back takes of
/// them what is left, and what had expired counts.
async fn add_lots(
    conn: &mut Conn,
    (buckets, names): (Vec<i16>, Vec<&str>),
    ids: Vec<StoredId>,
    loaded: &mut Loaded,
) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    let rows: Vec<LotRow> = lots::table
        .filter(lots::bucket.eq_any(buckets))
        .filter(lots::account_id.eq_any(names))
        .filter(lots::purchase_id.eq_any(ids))
        .select(LotRow::as_select())
        .load(conn)
        .await?;
    for row in rows {
        let account = account_id(&row.account_id)?;
        if let Some(state) = loaded.state.accounts.get_mut(&account) {
            state.lots.insert(Lot::try_from(row)?);
        }
    }
    Ok(())
}

/// Purchases with all that is known of them at Stripe.
pub async fn with_facts(
    conn: &mut Conn,
    rows: Vec<PurchaseRow>,
) -> Result<Vec<Purchase>, StoreError> {
    let mut facts = facts_of(conn, &rows).await?;
    rows.into_iter()
        .map(|row| {
            let known = facts.remove(&row.purchase_id.0).unwrap_or_default();
            row.parse(known)
        })
        .collect()
}

async fn facts_of(
    conn: &mut Conn,
    rows: &[PurchaseRow],
) -> Result<BTreeMap<uuid::Uuid, Facts>, StoreError> {
    let mut facts: BTreeMap<uuid::Uuid, Facts> = BTreeMap::new();
    if rows.is_empty() {
        return Ok(facts);
    }
    let buckets: Vec<i16> = rows.iter().map(|row| row.bucket).collect();
    let names: Vec<&str> = rows.iter().map(|row| row.account_id.as_str()).collect();
    let ids: Vec<StoredId> = rows.iter().map(|row| row.purchase_id).collect();
    let fact_rows: Vec<FactRow> = purchase_facts::table
        .filter(purchase_facts::bucket.eq_any(buckets))
        .filter(purchase_facts::account_id.eq_any(names))
        .filter(purchase_facts::purchase_id.eq_any(ids))
        .select(FactRow::as_select())
        .load(conn)
        .await?;
    for row in fact_rows {
        row.clone()
            .add_to(facts.entry(row.purchase_id.0).or_default())?;
    }
    Ok(facts)
}

pub async fn store(conn: &mut Conn, state: &AccountState) -> Result<(), StoreError> {
    for id in &state.changes.new_purchases {
        if let Some(purchase) = state.purchases.get(id) {
            diesel::insert_into(purchases::table)
                .values(PurchaseRow::from(purchase))
                .execute(conn)
                .await?;
            persist_facts(conn, purchase).await?;
        }
    }
    for id in &state.changes.changed_purchases {
        if let Some(purchase) = state.purchases.get(id) {
            let row = PurchaseRow::from(purchase);
            let changed = diesel::update(purchases::table)
                .filter(purchases::bucket.eq(row.bucket))
                .filter(purchases::account_id.eq(row.account_id.clone()))
                .filter(purchases::purchase_id.eq(row.purchase_id))
                .set(row)
                .execute(conn)
                .await?;
            expect_rows("purchases", 1, changed)?;
            persist_facts(conn, purchase).await?;
        }
    }
    Ok(())
}

async fn persist_facts(conn: &mut Conn, purchase: &Purchase) -> Result<(), StoreError> {
    for row in FactRow::of(purchase) {
        diesel::insert_into(purchase_facts::table)
            .values(row.clone())
            .on_conflict((
                purchase_facts::bucket,
                purchase_facts::account_id,
                purchase_facts::purchase_id,
                purchase_facts::kind,
                purchase_facts::object_id,
            ))
            .do_update()
            .set(row)
            .execute(conn)
            .await?;
    }
    Ok(())
}
