//! The service's own work, beside the requests: the inbox, the sweep, Stripe's list of events,
//! auto-recharge, the ends of holds and lots, reminders, deliveries, the rates, the housekeeping and the
//! gauges. Any number of processes may run them at once; none of them may hold up a shutdown.

mod booking;
mod catching_up;
mod delivery;
mod expiry;
mod gauges;
mod holds;
mod housekeeping;
mod inbox;
mod outbox;
mod rates;
mod recharge;
mod reconciliation;
mod reminders;
mod watching;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::catalogue::Rates;
use crate::delivery::Dispatch;
use crate::live::Watchers;
use crate::payments::Payments;
use crate::stopping::Stopping;

/// Longer than this nothing is waited for. What is cut off is done again after the next start.
const LONGEST_STOP: Duration = Duration::from_secs(2);

/// The running workers.
pub struct Workers {
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

/// What the workers work on.
pub struct Work<'a> {
    pub payments: &'a Payments,
    pub dispatch: &'a Dispatch,
    pub rates: &'a Rates,
    pub watchers: &'a Watchers,
    /// Rung by whoever has stored an event.
    pub inbox_bell: Arc<Notify>,
    /// So many days before their end lots are told of.
    pub reminder_days: Vec<u16>,
}

impl Workers {
    pub fn start(work: Work<'_>) -> Workers {
        let Work {
            payments,
            dispatch,
            rates,
            watchers,
            inbox_bell,
            reminder_days,
        } = work;
        let (stop, stopped) = watch::channel(false);
        let stopping = || Stopping::new(stopped.clone());
        let mut tasks = JoinSet::new();
        let bell = Arc::clone(&inbox_bell);
        tasks.spawn(catching_up::run(payments.clone(), bell, stopping()));
        tasks.spawn(inbox::run(payments.clone(), inbox_bell, stopping()));
        tasks.spawn(reconciliation::run(payments.clone(), stopping()));
        tasks.spawn(expiry::run(payments.clone(), stopping()));
        tasks.spawn(holds::run(payments.clone(), stopping()));
        tasks.spawn(recharge::run(payments.clone(), stopping()));
        let stages = reminder_days.clone();
        tasks.spawn(reminders::run(payments.clone(), stages, stopping()));
        tasks.spawn(outbox::run(dispatch.clone(), stopping()));
        tasks.spawn(delivery::run(dispatch.clone(), stopping()));
        let store = payments.store.clone();
        tasks.spawn(watching::run(store, watchers.clone(), stopping()));
        tasks.spawn(rates::run(rates.clone(), stopping()));
        tasks.spawn(housekeeping::run(payments.clone(), stopping()));
        tasks.spawn(gauges::run(payments.clone(), reminder_days, stopping()));
        Workers { stop, tasks }
    }

    /// Lets each worker finish the piece in hand, for at most two seconds.
    pub async fn stop(mut self) {
        // Nobody listens any more when all have ended by themselves.
        let _ = self.stop.send(true);
        let all = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(LONGEST_STOP, all).await.is_err() {
            tracing::warn!("a worker was cut off");
            self.tasks.shutdown().await;
        }
    }
}

#[cfg(test)]
#[expect(
    clippy::arithmetic_side_effects,
    reason = "an overflow in a test panics, which is what it is for"
)]
mod every_webhook_dropped;
#[cfg(test)]
mod tests;
