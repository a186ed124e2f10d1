//! What the writer reads before it decides: the accounts concerned, locked in the order of their
//! ids, with what its commands name and what that calls for.

use ledger::account::Account;
use ledger::ids::AccountId;
use ledger::instant::Instant;

use super::{Conn, find, promotions, purchases, recharges};
use crate::store::rows::AccountRow;
use crate::store::schema::accounts;
use crate::store::write::{Found, Wanted, add_further, assemble, further};
use crate::store::{Loaded, StoreError};

pub async fn load(conn: &mut Conn, wanted: &Wanted, now: Instant) -> Result<Loaded, StoreError> {
    let mut found = find::first(conn, wanted).await?;
    if found.accounts.len() < wanted.accounts.len() {
        let made = make_accounts(conn, wanted, &found, now).await?;
        found.accounts.extend(made);
    }
    let mut loaded = assemble(found)?;
    let further = further(&loaded, wanted, now)?;
    if !further.is_empty() {
        let found = find::further(conn, &further, now).await?;
        add_further(&mut loaded, &further, found)?;
    }
    purchases::load(conn, wanted, &mut loaded).await?;
    promotions::load(conn, wanted, &mut loaded).await?;
    recharges::load(conn, wanted, &mut loaded).await?;
    Ok(loaded)
}

/// An account is made by its first command.
async fn make_accounts(
    conn: &mut Conn,
    wanted: &Wanted,
    found: &Found,
    now: Instant,
) -> Result<Vec<AccountRow>, StoreError> {
    let known = found.accounts.iter().map(|row| row.account_id.as_str());
    let known: Vec<&str> = known.collect();
    let missing = wanted.accounts.iter();
    let missing = missing.filter(|id| !known.contains(&id.as_str())).cloned();
    let missing: Vec<AccountId> = missing.collect();
    let new: Vec<AccountRow> = missing
        .iter()
        .map(|id| AccountRow::from(&Account::new(id.clone(), now)))
        .collect();
    insert_missing!(conn, accounts::table, new)?;
    find::accounts(conn, missing).await
}
