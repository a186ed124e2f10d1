//! What the writer reads before it decides: the accounts concerned, locked in the order of their
//! ids, with their open lots, their purchases and the idempotency keys in question.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::account::{Account, AccountState};
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::lot::Lot;
use ledger::purchase::{Facts, Purchase, PurchaseStatus};

use super::Conn;
use crate::store::codes;
use crate::store::rows::{AccountRow, FactRow, KeyRow, LotRow, PurchaseRow};
use crate::store::schema::{accounts, idempotency_keys, lots, purchase_facts, purchases};
use crate::store::sql_types::StoredId;
use crate::store::{Loaded, StoreError, Wanted};

pub async fn load(conn: &mut Conn, wanted: &Wanted, now: Instant) -> Result<Loaded, StoreError> {
    let mut loaded = Loaded::default();
    for row in locked_accounts(conn, wanted, now).await? {
        let account = Account::try_from(row)?;
        let id = account.id.clone();
        loaded.state.accounts.insert(id, AccountState::new(account));
    }
    load_keys(conn, wanted, &mut loaded).await?;
    load_lots(conn, wanted, &mut loaded).await?;
    load_purchases(conn, wanted, &mut loaded).await?;
    Ok(loaded)
}

/// An account is made on first sight.
async fn locked_accounts(
    conn: &mut Conn,
    wanted: &Wanted,
    now: Instant,
) -> Result<Vec<AccountRow>, StoreError> {
    let mut rows = lock_accounts(conn, wanted.accounts.iter()).await?;
    if rows.len() < wanted.accounts.len() {
        let known: Vec<&str> = rows.iter().map(|row| row.account_id.as_str()).collect();
        let missing: Vec<&AccountId> = wanted
            .accounts
            .iter()
            .filter(|id| !known.contains(&id.as_str()))
            .collect();
        let new: Vec<AccountRow> = missing
            .iter()
            .map(|id| AccountRow::from(&Account::new((*id).clone(), now)))
            .collect();
        insert_all!(conn, accounts::table, new, on_conflict_do_nothing)?;
        rows.extend(lock_accounts(conn, missing.into_iter()).await?);
    }
    Ok(rows)
}

async fn lock_accounts(
    conn: &mut Conn,
    ids: impl Iterator<Item = &AccountId>,
) -> Result<Vec<AccountRow>, StoreError> {
    let (buckets, names): (Vec<i16>, Vec<&str>) = ids.map(|id| (id.bucket(), id.as_str())).unzip();
    let query = accounts::table
        .filter(accounts::bucket.eq_any(buckets))
        .filter(accounts::account_id.eq_any(names))
        .order(accounts::account_id)
        .select(AccountRow::as_select());
    Ok(lock_rows!(query).load(conn).await?)
}

async fn load_keys(
    conn: &mut Conn,
    wanted: &Wanted,
    loaded: &mut Loaded,
) -> Result<(), StoreError> {
    if wanted.keys.is_empty() {
        return Ok(());
    }
    let keys = wanted.keys.iter();
    let buckets: Vec<i16> = keys.clone().map(|key| key.owner.bucket()).collect();
    let owners: Vec<&str> = keys.clone().map(|key| key.owner.as_str()).collect();
    let digests: Vec<&[u8]> = keys.map(|key| key.digest.as_slice()).collect();
    let rows: Vec<KeyRow> = idempotency_keys::table
        .filter(idempotency_keys::bucket.eq_any(buckets))
        .filter(idempotency_keys::account_id.eq_any(owners))
        .filter(idempotency_keys::digest.eq_any(digests))
        .select(KeyRow::as_select())
        .load(conn)
        .await?;
    for row in rows {
        let (id, used, answer) = row.parse()?;
        if let Some(answer) = answer {
            loaded.answers.insert(id.clone(), answer);
        }
        loaded.state.keys.insert(id, used);
    }
    Ok(())
}

/// Only lots with something left in them: what is used up can't change any more.
async fn load_lots(
    conn: &mut Conn,
    wanted: &Wanted,
    loaded: &mut Loaded,
) -> Result<(), StoreError> {
    let (buckets, names) = wanted.buckets_and_accounts();
    let rows: Vec<LotRow> = lots::table
        .filter(lots::bucket.eq_any(buckets))
        .filter(lots::account_id.eq_any(names))
        .filter(lots::remaining.gt(0))
        .select(LotRow::as_select())
        .load(conn)
        .await?;
    for row in rows {
        let account = AccountId::parse(&row.account_id)
            .map_err(|error| StoreError::corrupt(error.to_string()))?;
        let lot = Lot::try_from(row)?;
        if let Some(state) = loaded.state.accounts.get_mut(&account) {
            state.lots.insert(lot.id, lot);
        }
    }
    Ok(())
}

/// The purchases named, those that keys point to, and, for accounts about to open one, the open
/// ones.
async fn load_purchases(
    conn: &mut Conn,
    wanted: &Wanted,
    loaded: &mut Loaded,
) -> Result<(), StoreError> {
    let named = wanted.purchases.iter().copied();
    let resumed = loaded.state.keys.values().filter_map(|key| key.purchase_id);
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
        .filter(purchases::bucket.eq_any(buckets))
        .filter(purchases::account_id.eq_any(names))
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
