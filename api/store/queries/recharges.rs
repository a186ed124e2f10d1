//! Auto-recharges: in a batch of the writer, and as they are looked for. Few beside the debits, so each
//! is stored by itself.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use ledger::account::AccountState;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::recharge::AutoRecharge;

use super::Conn;
use crate::store::rows::{RechargeRow, account_id};
use crate::store::schema::{accounts, auto_recharges};
use crate::store::write::Wanted;
use crate::store::{Loaded, StoreError};

pub async fn load(conn: &mut Conn, wanted: &Wanted, loaded: &mut Loaded) -> Result<(), StoreError> {
    for id in &wanted.recharges_of {
        if let Some(recharge) = of_account(conn, id).await?
            && let Some(state) = loaded.state.accounts.get_mut(id)
        {
            state.recharge = Some(recharge);
        }
    }
    Ok(())
}

pub async fn of_account(
    conn: &mut Conn,
    id: &AccountId,
) -> Result<Option<AutoRecharge>, StoreError> {
    let row: Option<RechargeRow> = auto_recharges::table
        .find((id.bucket(), id.as_str()))
        .select(RechargeRow::as_select())
        .first(conn)
        .await
        .optional()?;
    let found = row.map(RechargeRow::parse).transpose()?;
    Ok(found.map(|(_, recharge)| recharge))
}

pub async fn store(conn: &mut Conn, state: &AccountState) -> Result<(), StoreError> {
    let Some(recharge) = state.recharge.as_ref().filter(|_| state.changes.recharge) else {
        return Ok(());
    };
    let row = RechargeRow::new(&state.account.id, recharge);
    diesel::insert_into(auto_recharges::table)
        .values(row.clone())
        .on_conflict((auto_recharges::bucket, auto_recharges::account_id))
        .do_update()
        .set(row)
        .execute(conn)
        .await?;
    Ok(())
}

/// Accounts whose auto-recharge has to be looked at, the longest due first.
pub async fn due(conn: &mut Conn, now: Instant, most: i64) -> Result<Vec<AccountId>, StoreError> {
    let names: Vec<String> = accounts::table
        .filter(accounts::recharge_due_at.is_not_null())
        .filter(accounts::recharge_due_at.le(now.micros()))
        .order(accounts::recharge_due_at)
        .limit(most)
        .select(accounts::account_id)
        .load(conn)
        .await?;
    names.iter().map(|name| account_id(name)).collect()
}

/// Whose saved card a payment method is.
pub async fn owners_of_card(
    conn: &mut Conn,
    payment_method_id: &str,
) -> Result<Vec<AccountId>, StoreError> {
    let names: Vec<String> = auto_recharges::table
        .filter(auto_recharges::payment_method_id.eq(payment_method_id))
        .select(auto_recharges::account_id)
        .load(conn)
        .await?;
    names.iter().map(|name| account_id(name)).collect()
}
