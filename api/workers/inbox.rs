//! Works off the inbox as soon as an event is stored, and looks every second for what became due
//! or was stored by another process. It never waits for Stripe.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use crate::payments::Payments;
use crate::payments::inbox::work_inbox_once;
use crate::stopping::{Stopping, Wake};

const LOOK_EVERY: Duration = Duration::from_secs(1);

pub async fn run(payments: Payments, bell: Arc<Notify>, mut stopping: Stopping) {
    loop {
        let rung = async {
            // The time-out is the other way to wake.
            let _ = tokio::time::timeout(LOOK_EVERY, bell.notified()).await;
        };
        if stopping.or(rung).await == Wake::Stop {
            return;
        }
        // What was worked on is no longer due, so this ends.
        while !stopping.is_asked() {
            match work_inbox_once(&payments).await {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "the inbox could not be read");
                    break;
                }
            }
        }
    }
}
