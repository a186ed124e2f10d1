//! Books the end of holds that nobody settled in time, so that what they set aside is free in the
//! rows as well. Until then it is free all the same: nothing waits for this. It goes through the
//! writer as everything does, so that any number of processes may try at once.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use ledger::command::{Action, Command};
use ledger::ids::AccountId;

use super::stopping::{Stopping, Wake};
use crate::payments::Payments;
use crate::store::StoreError;

const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Of how many holds the accounts are looked up at once.
const MOST_IN_A_PASS: i64 = 500;
/// Few enough to leave the writer's queue to callers.
const MOST_AT_ONCE: usize = 32;

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
    let booked = stream::iter(due)
        .take_while(|_| std::future::ready(!stopping.is_asked()))
        .map(|id| async move { book(payments, id).await })
        .buffer_unordered(MOST_AT_ONCE)
        .filter(|booked| std::future::ready(*booked))
        .count();
    Ok(booked.await)
}

async fn book(payments: &Payments, account_id: AccountId) -> bool {
    let command = Command {
        account_id: account_id.clone(),
        key: None,
        action: Action::BookDue,
    };
    match payments.writer.submit(command, None).await {
        Ok(_) => true,
        Err(error) => {
            tracing::warn!(account = %account_id, %error, "due holds were left for later");
            false
        }
    }
}
