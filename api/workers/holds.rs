//! Books the end of holds that nobody settled in time, so that what they set aside is free in the
//! rows as well. Until then it is free all the same: nothing waits for this.

use std::time::Duration;

use super::booking::book_all;
use crate::payments::Payments;
use crate::stopping::{Stopping, Wake};
use crate::store::StoreError;

const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Of how many holds the accounts are looked up at once.
const MOST_IN_A_PASS: i64 = 500;

pub async fn run(payments: Payments, mut stopping: Stopping) {
    loop {
        loop {
            match book_once(&payments, &stopping).await {
                // There may be more behind them.
                Ok(booked) if booked > 0 && !stopping.is_asked() => {}
                Ok(_) => break,
                Err(error) => {
                    tracing::warn!(%error, "the holds due could not be read");
                    break;
                }
            }
        }
        if stopping.pause(LOOK_EVERY).await == Wake::Stop {
            return;
        }
    }
}

/// How many accounts were booked: all those with the holds that ended first.
pub async fn book_once(payments: &Payments, stopping: &Stopping) -> Result<usize, StoreError> {
    let now = payments.clock.now();
    let due = payments.store.holds_due(now, MOST_IN_A_PASS).await?;
    Ok(book_all(payments, due, stopping).await)
}
