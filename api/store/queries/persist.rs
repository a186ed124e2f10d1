//! What the writer stores once it has decided: one update for each account, lot and purchase that
//! changed, however many commands changed it, and the new rows of each table together.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::account::AccountState;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::lot::Lot;
use ledger::purchase::Purchase;

use super::Conn;
use crate::store::rows::{AccountRow, EntryRow, FactRow, KeyRow, LotRow, PurchaseRow};
use crate::store::schema::{accounts, entries, idempotency_keys, lots, purchase_facts, purchases};
use crate::store::sql_types::StoredId;
use crate::store::{Decided, KeyWrite, StoreError};

pub async fn persist(conn: &mut Conn, decided: &Decided, now: Instant) -> Result<(), StoreError> {
    let accounts = decided.state.accounts.values();
    let mut new_entries = Vec::new();
    let mut new_lots = Vec::new();
    for state in accounts {
        let id = &state.account.id;
        let entries = &state.changes.entries;
        new_entries.extend(entries.iter().map(|entry| EntryRow::new(id, entry)));
        let lots = state.changes.new_lots.iter();
        new_lots.extend(lots.filter_map(|lot| Some(LotRow::new(id, state.lots.get(lot)?))));
        persist_purchases(conn, state).await?;
        for lot in &state.changes.changed_lots {
            if let Some(lot) = state.lots.get(lot) {
                update_lot(conn, id, lot).await?;
            }
        }
        if !entries.is_empty() {
            update_account(conn, AccountRow::from(&state.account)).await?;
        }
    }
    if !new_lots.is_empty() {
        insert_all!(conn, lots::table, new_lots)?;
    }
    if !new_entries.is_empty() {
        insert_all!(conn, entries::table, new_entries)?;
    }
    persist_keys(conn, &decided.keys, now).await
}

async fn update_account(conn: &mut Conn, row: AccountRow) -> Result<(), StoreError> {
    let changed = diesel::update(accounts::table)
        .filter(accounts::bucket.eq(row.bucket))
        .filter(accounts::account_id.eq(row.account_id))
        .set((
            accounts::balance.eq(row.balance),
            accounts::held.eq(row.held),
            accounts::frozen.eq(row.frozen),
            accounts::debt.eq(row.debt),
            accounts::sequence.eq(row.sequence),
            accounts::last_hash.eq(row.last_hash),
        ))
        .execute(conn)
        .await?;
    exactly_one(changed)
}

async fn update_lot(conn: &mut Conn, account: &AccountId, lot: &Lot) -> Result<(), StoreError> {
    let changed = diesel::update(lots::table)
        .filter(lots::bucket.eq(account.bucket()))
        .filter(lots::account_id.eq(account.as_str()))
        .filter(lots::lot_id.eq(StoredId(lot.id.uuid())))
        .set((
            lots::remaining.eq(lot.remaining.micro()),
            lots::held.eq(lot.held.micro()),
            lots::consumed.eq(lot.consumed.micro()),
            lots::expired.eq(lot.expired.micro()),
            lots::clawed.eq(lot.clawed.micro()),
        ))
        .execute(conn)
        .await?;
    exactly_one(changed)
}

async fn persist_purchases(conn: &mut Conn, state: &AccountState) -> Result<(), StoreError> {
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
            exactly_one(changed)?;
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
                purchase_facts::object_id,
            ))
            .do_update()
            .set(row)
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// A key is inserted by the request that uses it up; only a checkout's is answered later.
async fn persist_keys(conn: &mut Conn, keys: &[KeyWrite], now: Instant) -> Result<(), StoreError> {
    let mut new = Vec::new();
    for key in keys {
        let row = key_row(key, now)?;
        if key.is_new {
            new.push(row);
            continue;
        }
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
        exactly_one(changed)?;
    }
    if !new.is_empty() {
        insert_all!(conn, idempotency_keys::table, new)?;
    }
    Ok(())
}

fn key_row(key: &KeyWrite, now: Instant) -> Result<KeyRow, StoreError> {
    let status = key
        .answer
        .as_ref()
        .map(|answer| i16::try_from(answer.status));
    Ok(KeyRow {
        bucket: key.id.owner.bucket(),
        account_id: key.id.owner.to_string(),
        digest: key.id.digest.to_vec(),
        fingerprint: key.fingerprint.to_vec(),
        purchase_id: key.purchase_id.map(|id| StoredId(id.uuid())),
        status: status
            .transpose()
            .map_err(|error| StoreError::Bug(error.to_string()))?,
        body: key.answer.as_ref().map(|answer| answer.body.clone()),
        created_at: now.micros(),
    })
}

/// Under the account's lock nothing else can have changed the row; if it did, all is undone.
fn exactly_one(changed: usize) -> Result<(), StoreError> {
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict(format!(
            "{changed} rows changed, not one"
        )))
    }
}
