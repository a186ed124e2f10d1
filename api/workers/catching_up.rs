//! Reads Stripe's list of events now and then, so that a lost webhook is a late one. It only fills the
//! inbox.

use std::sync::Arc;

use tokio::sync::Notify;

use crate::payments::Payments;
use crate::payments::event_list::{LOOK_EVERY, catch_up_once};
use crate::stopping::{Stopping, Wake};

pub async fn run(payments: Payments, bell: Arc<Notify>, mut stopping: Stopping) {
    loop {
        match catch_up_once(&payments).await {
            Ok(0) => {}
            Ok(count) => {
                tracing::warn!(count, "events were found that no webhook had brought");
                bell.notify_one();
            }
            Err(error) => tracing::warn!(%error, "Stripe's list of events could not be read"),
        }
        if stopping.pause(LOOK_EVERY).await == Wake::Stop {
            return;
        }
    }
}
