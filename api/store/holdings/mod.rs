//! What an account owns at one instant, as everybody who looks at a balance needs it: read in one
//! snapshot, and put together here from the rows.

mod memory;

pub(super) use memory::HoldingsMemory;

use std::collections::BTreeMap;

use ledger::account::Account;
use ledger::calendar::{Calendar, Date};
use ledger::credits::Credits;
use ledger::hold::HeldPart;
use ledger::instant::Instant;
use ledger::lot::Lot;
use ledger::outlook;
use ledger::usage::{UsageKey, Used};

use super::StoreError;
use super::rows::{AccountRow, LotRow, UsageRow, held_parts};

/// An account nobody has granted anything has no row, and nothing else either.
#[derive(Clone, Debug, Default)]
pub struct Holdings {
    pub account: Option<Account>,
    /// Lots that can still be used. Nothing of them is held by holds that have ended.
    pub lots: Vec<Lot>,
    /// What holds set aside that have not ended, whether or not the end of others was booked.
    pub held: Credits,
    /// Credits of purchases whose money is under way.
    pub pending: Credits,
    /// The sums of the running cycle's days, and of the last 32 at least.
    pub used: BTreeMap<UsageKey, Used>,
    /// The date of the first day on which anything was used.
    pub first_use: Option<Date>,
}

impl Holdings {
    pub fn calendar(&self) -> Calendar {
        let account = self.account.as_ref();
        account.map_or_else(Calendar::default, |account| account.calendar.clone())
    }

    pub fn frozen(&self) -> Credits {
        let account = self.account.as_ref();
        account.map_or(Credits::ZERO, |account| account.frozen)
    }

    pub fn debt(&self) -> Credits {
        let account = self.account.as_ref();
        account.map_or(Credits::ZERO, |account| account.debt)
    }

    /// The first instant at which something of it ends by itself, without the account being changed.
    fn changes_at(&self) -> Instant {
        let lots = self.lots.iter().map(|lot| lot.expires_at);
        let account = self.account.iter();
        let holds = account.filter_map(|account| account.holds_due_at);
        lots.chain(holds).min().unwrap_or(Instant::MAX)
    }
}

/// The rows that holdings are put together from.
#[derive(Debug)]
pub(super) struct HoldingsRows {
    pub account: AccountRow,
    /// Not ended, and with something remaining.
    pub lots: Vec<LotRow>,
    /// `holds.parts` of active holds past their end.
    pub due_parts: Vec<Vec<u8>>,
    pub pending: i64,
    pub used: Vec<UsageRow>,
    pub first_use: Option<i32>,
}

impl TryFrom<HoldingsRows> for Holdings {
    type Error = StoreError;

    fn try_from(rows: HoldingsRows) -> Result<Holdings, StoreError> {
        let account = Account::try_from(rows.account)?;
        let lots = rows.lots.into_iter().map(Lot::try_from);
        let mut lots = lots.collect::<Result<Vec<Lot>, _>>()?;
        let mut due: Vec<HeldPart> = Vec::new();
        for parts in &rows.due_parts {
            due.extend(held_parts(parts)?);
        }
        let corrupt = || StoreError::corrupt(format!("what {} has held", account.id));
        outlook::release(&mut lots, &due).map_err(|_| corrupt())?;
        let mut freed = due.iter().map(|part| part.credits);
        let held = freed.try_fold(account.held, Credits::checked_sub);
        let first_use = rows.first_use.map(|days| {
            let date = Date::from_days(days);
            date.ok_or_else(|| StoreError::corrupt("usage_days.date"))
        });
        Ok(Holdings {
            held: held.ok_or_else(corrupt)?,
            lots,
            pending: Credits::from_micro(rows.pending),
            used: rows
                .used
                .into_iter()
                .map(UsageRow::parse)
                .collect::<Result<_, _>>()?,
            first_use: first_use.transpose()?,
            account: Some(account),
        })
    }
}

/// So many days back the sums are read: thirty whole ones and today, however long they were.
const DAYS_BACK: i64 = 33;

/// From when on the sums of days are read, unless a cycle that changed its calendar began earlier.
pub(super) fn days_needed_since(now: Instant) -> Instant {
    now.plus_days(DAYS_BACK.saturating_neg())
        .unwrap_or(Instant::MIN)
}
