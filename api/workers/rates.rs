//! Reads the rates again every few seconds, so that a version added by an operator takes effect
//! without a restart. It never prices anything, and a book that is wrong changes nothing.

use std::time::Duration;

use crate::catalogue::Rates;
use crate::stopping::{Stopping, Wake};

/// A version that is announced so long before it takes effect takes effect everywhere at once.
const EVERY: Duration = Duration::from_secs(10);

pub async fn run(rates: Rates, mut stopping: Stopping) {
    loop {
        if let Err(error) = rates.refresh().await {
            tracing::error!(%error, "the rates could not be read; those read before stay in use");
        }
        if stopping.pause(EVERY).await == Wake::Stop {
            return;
        }
    }
}
