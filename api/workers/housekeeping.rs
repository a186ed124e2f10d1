//! Clears what has served its time: answers to requests that nobody repeats any more, quotes that have
//! lapsed, deliveries that are done. It never touches an entry, a lot or a purchase.

use std::time::Duration;

use crate::payments::Payments;
use crate::stopping::{Stopping, Wake};

const EVERY: Duration = Duration::from_secs(3_600);
const ANSWERS_KEPT_DAYS: i64 = 7;
/// Whoever comes with a lapsed quote is told so for a while.
const LAPSED_QUOTES_KEPT_DAYS: i64 = 1;
const DELIVERIES_KEPT_DAYS: i64 = 30;

pub async fn run(payments: Payments, mut stopping: Stopping) {
    loop {
        if let Some(before) = payments.clock.now().plus_days(-ANSWERS_KEPT_DAYS) {
            match payments.store.forget_answers(before).await {
                Ok(0) => {}
                Ok(count) => tracing::info!(count, "old answers were forgotten"),
                Err(error) => tracing::warn!(%error, "old answers could not be forgotten"),
            }
        }
        if let Some(before) = payments.clock.now().plus_days(-LAPSED_QUOTES_KEPT_DAYS) {
            match payments.store.forget_quotes(before).await {
                Ok(0) => {}
                Ok(count) => tracing::info!(count, "lapsed quotes were forgotten"),
                Err(error) => tracing::warn!(%error, "lapsed quotes could not be forgotten"),
            }
        }
        if let Some(before) = payments.clock.now().plus_days(-DELIVERIES_KEPT_DAYS) {
            match payments.store.forget_deliveries(before).await {
                Ok(0) => {}
                Ok(count) => tracing::info!(count, "old deliveries were forgotten"),
                Err(error) => tracing::warn!(%error, "old deliveries could not be forgotten"),
            }
        }
        if stopping.pause(EVERY).await == Wake::Stop {
            return;
        }
    }
}
