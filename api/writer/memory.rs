//! What the writer remembers of accounts between batches, so that it need not read them again. It is
//! only a guess: every write names the version of each account that it was decided on, and one that
//! another process has changed since makes the write a conflict. Then the account is forgotten, and
//! the batch is decided on what is stored.

use ledger::account::{AccountState, State};
use ledger::ids::AccountId;
use ledger::instant::Instant;

use crate::generations::Generations;
use crate::store::Wanted;

/// How many accounts are remembered at least; at most twice as many are.
const ACCOUNTS: usize = 4_096;

/// An account with more lots and holds than this is read again each time.
const MOST_PARTS: usize = 4_096;

pub struct Memory {
    accounts: Generations<AccountId, AccountState>,
}

impl Default for Memory {
    fn default() -> Memory {
        Memory {
            accounts: Generations::new(ACCOUNTS),
        }
    }
}

impl Memory {
    /// The state to decide a batch on, if all that it wants is remembered. It is taken out: a write
    /// that fails leaves nothing behind to mistake for what is stored.
    pub fn recall(&mut self, wanted: &Wanted, now: Instant) -> Option<State> {
        if !wanted.is_of_accounts_alone() || !self.knows_all(wanted, now) {
            self.forget(wanted);
            return None;
        }
        let mut state = State::default();
        for id in &wanted.accounts {
            state.accounts.insert(id.clone(), self.accounts.take(id)?);
        }
        Some(state)
    }

    /// Remembers accounts as they are stored now.
    pub fn keep(&mut self, state: State) {
        for (id, account) in state.accounts {
            let account = account.stored();
            let parts = account.lots.len().saturating_add(account.holds.len());
            if parts <= MOST_PARTS {
                self.accounts.keep(id, account, 1);
            }
        }
    }

    fn forget(&mut self, wanted: &Wanted) {
        for id in &wanted.accounts {
            self.accounts.take(id);
        }
    }

    /// Whether every account is known with the holds that are asked for, and none has holds that are
    /// due: those are not all remembered.
    fn knows_all(&self, wanted: &Wanted, now: Instant) -> bool {
        let known = wanted.accounts.iter().all(|id| {
            let due = self
                .accounts
                .get(id)
                .map(|known| known.account.holds_due_at);
            due.is_some_and(|due| due.is_none_or(|due| due > now))
        });
        known
            && wanted.holds.iter().all(|(id, hold)| {
                self.accounts
                    .get(id)
                    .is_some_and(|known| known.holds.contains_key(hold))
            })
    }
}
