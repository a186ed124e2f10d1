//! Holdings read before. They stand for as long as the account has the version it had, and nothing of
//! it has ended since: to look at the version costs a fraction of reading them again. Every change of
//! what an account owns, owes, awaits or has used moves its version, whoever makes it.

use std::sync::{Arc, Mutex, PoisonError};

use ledger::ids::AccountId;
use ledger::instant::Instant;

use super::Holdings;
use crate::generations::Generations;

/// How many lots and sums of days are remembered at least; at most twice as many are.
const ROWS: usize = 65_536;

#[derive(Clone, Debug)]
struct Remembered {
    holdings: Arc<Holdings>,
    read_at: Instant,
    /// The first instant at which they no longer stand.
    until: Instant,
}

#[derive(Clone, Debug)]
pub struct HoldingsMemory {
    accounts: Arc<Mutex<Generations<AccountId, Remembered>>>,
}

impl Default for HoldingsMemory {
    fn default() -> HoldingsMemory {
        HoldingsMemory {
            accounts: Arc::new(Mutex::new(Generations::new(ROWS))),
        }
    }
}

impl HoldingsMemory {
    /// What stands at `now`, if the account still has that version.
    pub fn recall(&self, id: &AccountId, now: Instant) -> Option<(i64, Arc<Holdings>)> {
        let accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        let known = accounts.get(id)?;
        let stands = known.read_at <= now && now < known.until;
        let version = known.holdings.account.as_ref()?.version;
        stands.then(|| (version, Arc::clone(&known.holdings)))
    }

    pub fn keep(&self, id: &AccountId, holdings: &Arc<Holdings>, read_at: Instant) {
        if holdings.account.is_none() {
            return;
        }
        let rows = holdings.lots.len().saturating_add(holdings.used.len());
        let known = Remembered {
            holdings: Arc::clone(holdings),
            read_at,
            until: holdings.changes_at(),
        };
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        accounts.keep(id.clone(), known, rows.saturating_add(1));
    }
}
