//! The `accounts` row: an account's totals.

use diesel::prelude::*;
use ledger::account::Account;
use ledger::instant::Instant;

use super::{account_id, bytes, credits};
use crate::store::StoreError;
use crate::store::schema::accounts;

#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = accounts)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct AccountRow {
    pub bucket: i16,
    pub account_id: String,
    pub balance: i64,
    pub held: i64,
    pub frozen: i64,
    pub debt: i64,
    pub sequence: i64,
    pub last_hash: Vec<u8>,
    pub created_at: i64,
}

impl From<&Account> for AccountRow {
    fn from(account: &Account) -> AccountRow {
        AccountRow {
            bucket: account.id.bucket(),
            account_id: account.id.to_string(),
            balance: account.balance.micro(),
            held: account.held.micro(),
            frozen: account.frozen.micro(),
            debt: account.debt.micro(),
            sequence: account.sequence,
            last_hash: account.last_hash.to_vec(),
            created_at: account.created_at.micros(),
        }
    }
}

impl TryFrom<AccountRow> for Account {
    type Error = StoreError;

    fn try_from(row: AccountRow) -> Result<Account, StoreError> {
        Ok(Account {
            id: account_id(&row.account_id)?,
            balance: credits(row.balance),
            held: credits(row.held),
            frozen: credits(row.frozen),
            debt: credits(row.debt),
            sequence: row.sequence,
            last_hash: bytes("accounts.last_hash", &row.last_hash)?,
            created_at: Instant::from_micros(row.created_at),
        })
    }
}
