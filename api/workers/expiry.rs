//! Books the end of lots. Until then they count for nothing all the same, and the next command of their
//! account books them as well: this is for those whose account rests, so that their owner hears of it.

use std::collections::BTreeSet;
use std::time::Duration;

use ledger::ids::AccountId;
use ledger::instant::Instant;

use super::booking::book_all;
use crate::payments::Payments;
use crate::stopping::{Stopping, Wake};
use crate::store::StoreError;

pub const CURSOR: &str = "lot_ends";
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// When another process may go on, should this one have died.
const NEXT_RUN_SECONDS: i64 = 5;
/// So far back it is looked again: a lot may have been granted an instant before its end, by a process
/// whose clock is behind.
const OVERLAP_SECONDS: i64 = 3_600;
const MOST_IN_A_PASS: i64 = 500;

pub async fn run(payments: Payments, mut stopping: Stopping) {
    loop {
        if let Err(error) = forfeit_once(&payments, &stopping).await {
            tracing::warn!(%error, "the lots that ended could not be read");
        }
        if stopping.pause(LOOK_EVERY).await == Wake::Stop {
            return;
        }
    }
}

/// Books all that has ended, if it is time and no other process does; of how many accounts.
pub async fn forfeit_once(payments: &Payments, stopping: &Stopping) -> Result<usize, StoreError> {
    let now = payments.clock.now();
    let next_run = now.plus_seconds(NEXT_RUN_SECONDS).unwrap_or(now);
    let claimed = payments
        .store
        .claim_cursor(CURSOR, Instant::MIN, now, next_run);
    let Some(done_until) = claimed.await? else {
        return Ok(0);
    };
    // A clock that was set back finds itself before what it has done.
    let done_until = done_until.min(now);
    let begin = done_until.plus_seconds(-OVERLAP_SECONDS);
    let mut after = (begin.unwrap_or(done_until), None);
    let mut booked: usize = 0;
    loop {
        let ended = payments.store.lots_ending(after, now, None, MOST_IN_A_PASS);
        let ended = ended.await?;
        let Some(last) = ended.last() else {
            break;
        };
        after = (last.ends_at, Some(last.lot_id));
        let accounts: BTreeSet<AccountId> = ended.into_iter().map(|lot| lot.account_id).collect();
        let count = accounts.len();
        let done = book_all(payments, accounts, stopping).await;
        booked = booked.saturating_add(done);
        if done < count {
            // What is left is looked for again: the cursor stands where it stood.
            return Ok(booked);
        }
    }
    payments.store.advance_cursor(CURSOR, now).await?;
    Ok(booked)
}
