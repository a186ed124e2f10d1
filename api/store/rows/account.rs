//! The `accounts` row: an account's totals.

use diesel::prelude::*;
use ledger::account::Account;
use ledger::calendar::{AnchorDay, Calendar, Zone};
use ledger::credits::Credits;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::notice::{Channel, Choices, LowBalance};
use ledger::recharge::Watch;

use super::{account_id, bytes, credits, limits, thresholds};
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
    pub version: i64,
    pub holds_due_at: Option<i64>,
    pub overdraft_limit: i64,
    pub zone: String,
    pub anchor_day: i16,
    pub calendar_since: i64,
    pub cycle_start: i64,
    pub recharge_below: Option<i64>,
    pub recharge_due_at: Option<i64>,
    pub limits: String,
    pub limits_told: String,
    pub low_thresholds: String,
    pub low_below: Option<i64>,
    pub feed_choices: i64,
    pub mail_choices: i64,
    pub notices: i64,
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
            version: account.version,
            holds_due_at: account.holds_due_at.map(Instant::micros),
            overdraft_limit: account.overdraft_limit.micro(),
            zone: account.calendar.zone().name().to_owned(),
            anchor_day: i16::from(account.calendar.anchor_day().get()),
            calendar_since: account.calendar.since().micros(),
            cycle_start: account.calendar.cycle_start().micros(),
            recharge_below: account.watch.below.map(Credits::micro),
            recharge_due_at: account.watch.due_at.map(Instant::micros),
            limits: limits::to_json(&account.limits),
            limits_told: limits::told_to_json(&account.limits_told),
            low_thresholds: thresholds::to_json(account.low_balance.thresholds()),
            low_below: account.low_balance.fallen_below().map(Credits::micro),
            feed_choices: i64::from(account.choices.bits(Channel::Feed)),
            mail_choices: i64::from(account.choices.bits(Channel::Mail)),
            notices: account.notices,
            created_at: account.created_at.micros(),
        }
    }
}

impl TryFrom<AccountRow> for Account {
    type Error = StoreError;

    fn try_from(row: AccountRow) -> Result<Account, StoreError> {
        let calendar = calendar(&row)?;
        Ok(Account {
            id: account_id(&row.account_id)?,
            balance: credits(row.balance),
            held: credits(row.held),
            frozen: credits(row.frozen),
            debt: credits(row.debt),
            sequence: row.sequence,
            last_hash: bytes("accounts.last_hash", &row.last_hash)?,
            version: row.version,
            holds_due_at: row.holds_due_at.map(Instant::from_micros),
            overdraft_limit: credits(row.overdraft_limit),
            calendar,
            watch: Watch {
                below: row.recharge_below.map(credits),
                due_at: row.recharge_due_at.map(Instant::from_micros),
            },
            limits: limits::from_json(&row.limits)?,
            limits_told: limits::told_from_json(&row.limits_told)?,
            low_balance: LowBalance::stored(
                thresholds::from_json(&row.low_thresholds)?,
                row.low_below.map(credits),
            ),
            choices: Choices::stored(bits(row.feed_choices)?, bits(row.mail_choices)?),
            notices: row.notices,
            created_at: Instant::from_micros(row.created_at),
        })
    }
}

fn bits(stored: i64) -> Result<u32, StoreError> {
    let corrupt = |_| StoreError::corrupt(format!("choices of an account are {stored}"));
    u32::try_from(stored).map_err(corrupt)
}

fn calendar(row: &AccountRow) -> Result<Calendar, StoreError> {
    let corrupt = |error: &dyn std::fmt::Display| StoreError::corrupt(error.to_string());
    let zone = Zone::parse(&row.zone).map_err(|error| corrupt(&error))?;
    let anchor_day = AnchorDay::new(row.anchor_day).map_err(|error| corrupt(&error))?;
    let since = Instant::from_micros(row.calendar_since);
    let cycle_start = Instant::from_micros(row.cycle_start);
    Calendar::stored(zone, anchor_day, since, cycle_start).map_err(|error| corrupt(&error))
}

/// How often an account has changed.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = accounts)]
#[diesel(check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct VersionRow {
    pub account_id: String,
    pub version: i64,
}

impl VersionRow {
    pub fn parse(self) -> Result<(AccountId, i64), StoreError> {
        Ok((account_id(&self.account_id)?, self.version))
    }
}
