//! Who watches an account at present, and the word that something of it has changed. The writer gives
//! it for what this process has changed, a worker for what others have; what has changed is nobody's
//! concern here.

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ledger::ids::AccountId;
use tokio::sync::{oneshot, watch};

/// An account is watched by no more at once: whoever comes takes the place of the one who has watched
/// longest.
pub const MOST_OF_ONE_ACCOUNT: usize = 8;

/// A handle; clones share the watchers.
#[derive(Clone, Default)]
pub struct Watchers(Arc<Inner>);

#[derive(Default)]
struct Inner {
    /// Read without a lock by the writer, who mostly has nobody to tell.
    count: AtomicUsize,
    accounts: Mutex<Accounts>,
}

#[derive(Default)]
struct Accounts {
    watched: HashMap<AccountId, Watched>,
    next_ticket: u64,
    closed: bool,
}

struct Watched {
    version: watch::Sender<i64>,
    /// Whoever's sender is dropped has to leave.
    seats: VecDeque<(u64, oneshot::Sender<Infallible>)>,
}

/// Somebody who watches an account; dropping it ends that.
pub struct Watching {
    watchers: Watchers,
    account_id: AccountId,
    ticket: u64,
    version: watch::Receiver<i64>,
    leave: oneshot::Receiver<Infallible>,
}

/// Why a watcher was woken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    Changed,
    /// Others need the seat, or the process ends.
    Leave,
}

impl Watchers {
    pub fn watch(&self, account_id: &AccountId) -> Watching {
        let mut accounts = self.accounts();
        let ticket = accounts.next_ticket;
        accounts.next_ticket = ticket.wrapping_add(1);
        let (seat, leave) = oneshot::channel();
        let closed = accounts.closed;
        let watched = accounts
            .watched
            .entry(account_id.clone())
            .or_insert_with(|| Watched {
                version: watch::Sender::new(0),
                seats: VecDeque::new(),
            });
        if !closed {
            watched.seats.push_back((ticket, seat));
            self.0.count.fetch_add(1, Ordering::SeqCst);
        }
        if watched.seats.len() > MOST_OF_ONE_ACCOUNT {
            watched.seats.pop_front();
            self.0.count.fetch_sub(1, Ordering::SeqCst);
        }
        Watching {
            watchers: self.clone(),
            account_id: account_id.clone(),
            ticket,
            version: watched.version.subscribe(),
            leave,
        }
    }

    /// An account has this version now. Told again, it is no news.
    pub fn tell(&self, account_id: &AccountId, version: i64) {
        if self.0.count.load(Ordering::SeqCst) == 0 {
            return;
        }
        if let Some(watched) = self.accounts().watched.get(account_id) {
            watched.version.send_if_modified(|known| {
                let is_news = *known < version;
                *known = version.max(*known);
                is_news
            });
        }
    }

    /// The accounts that are watched.
    pub fn accounts_watched(&self) -> Vec<AccountId> {
        self.accounts().watched.keys().cloned().collect()
    }

    pub fn count(&self) -> usize {
        self.0.count.load(Ordering::SeqCst)
    }

    /// Everybody leaves, and nobody comes any more.
    pub fn close(&self) {
        let mut accounts = self.accounts();
        accounts.closed = true;
        accounts.watched.clear();
        self.0.count.store(0, Ordering::SeqCst);
    }

    fn accounts(&self) -> MutexGuard<'_, Accounts> {
        // Nothing in here panics half-way.
        self.0
            .accounts
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watching {
    /// The account was seen with this version: it is no news any more, and whatever came since is.
    pub fn has_seen(&mut self, version: i64) {
        self.watchers.tell(&self.account_id, version);
        if *self.version.borrow() <= version {
            self.version.mark_unchanged();
        }
    }

    /// Waits for the next word. Once it is to leave, it is not to be asked again.
    pub async fn word(&mut self) -> Word {
        tokio::select! {
            biased;
            _ = &mut self.leave => Word::Leave,
            changed = self.version.changed() => match changed {
                Ok(()) => Word::Changed,
                Err(_) => Word::Leave,
            },
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let mut accounts = self.watchers.accounts();
        let Some(watched) = accounts.watched.get_mut(&self.account_id) else {
            return;
        };
        let before = watched.seats.len();
        watched.seats.retain(|(ticket, _)| *ticket != self.ticket);
        if watched.seats.len() < before {
            self.watchers.0.count.fetch_sub(1, Ordering::SeqCst);
        }
        if watched.seats.is_empty() {
            accounts.watched.remove(&self.account_id);
        }
    }
}

#[cfg(test)]
mod tests;
