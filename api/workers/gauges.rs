//! What an operator has to see rise: how long the oldest event has waited, and how many purchases
//! are undecided. It only looks.

use std::time::Duration;

use ledger::instant::Instant;
use metrics::gauge;

use crate::payments::Payments;
use crate::stopping::{Stopping, Wake};

const EVERY: Duration = Duration::from_secs(10);

pub async fn run(payments: Payments, mut stopping: Stopping) {
    loop {
        if let Ok(oldest) = payments.store.oldest_waiting_event().await {
            let age = oldest.map_or(0, |since| age_seconds(since, payments.clock.now()));
            gauge!("credits_inbox_oldest_age_seconds").set(f64::from(age));
        }
        if let Ok(open) = payments.store.open_purchases().await {
            let open = u32::try_from(open).unwrap_or(u32::MAX);
            gauge!("credits_purchases_open").set(f64::from(open));
        }
        if stopping.pause(EVERY).await == Wake::Stop {
            return;
        }
    }
}

fn age_seconds(since: Instant, now: Instant) -> u32 {
    let seconds = now.seconds_since(since).max(0);
    u32::try_from(seconds).unwrap_or(u32::MAX)
}
