//! Tells people of credits that are about to end, some days before. Whether anything is to be told of a
//! lot is the ledger's to say, so that of any number of processes, however late, one tells once: a
//! stage that was missed is made up for, unless a later one has begun.

use std::collections::BTreeSet;
use std::time::Duration;

use ledger::command::{Action, Command};
use ledger::ids::AccountId;
use ledger::instant::Instant;

use crate::payments::Payments;
use crate::stopping::{Stopping, Wake};
use crate::store::StoreError;

const LOOK_EVERY: Duration = Duration::from_secs(5);
/// When the same stage is looked at again, by this process or another.
const NEXT_RUN_SECONDS: i64 = 15;
/// So far back it is looked again: for lots whose grant was being committed meanwhile, and for what was
/// held then and is free now.
const OVERLAP_SECONDS: i64 = 3_600;
const MOST_IN_A_PASS: i64 = 500;

pub async fn run(payments: Payments, stages: Vec<u16>, mut stopping: Stopping) {
    loop {
        for days in &stages {
            if let Err(error) = remind_once(&payments, *days, &stages, &stopping).await {
                tracing::warn!(%error, days, "reminders were left for later");
            }
        }
        if stopping.pause(LOOK_EVERY).await == Wake::Stop {
            return;
        }
    }
}

const CURSORS: &str = "reminders_";

/// Each stage has its own.
fn cursor(days: u16) -> String {
    format!("{CURSORS}{days}")
}

/// Of which stage a cursor is, if it is of one.
pub fn days_of(cursor: &str) -> Option<u16> {
    cursor.strip_prefix(CURSORS)?.parse().ok()
}

/// Looks at the lots that have come within so many days of their end since the last time, if it is time
/// and no other process does; of how many accounts they are.
pub async fn remind_once(
    payments: &Payments,
    days: u16,
    stages: &[u16],
    stopping: &Stopping,
) -> Result<usize, StoreError> {
    let now = payments.clock.now();
    let cursor = cursor(days);
    let next_run = now.plus_seconds(NEXT_RUN_SECONDS).unwrap_or(now);
    let claimed = payments.store.claim_cursor(&cursor, now, now, next_run);
    let Some(done_until) = claimed.await? else {
        return Ok(0);
    };
    let until = now.plus_days(i64::from(days)).unwrap_or(Instant::MAX);
    // A clock that was set back finds itself before what it has done.
    let done_until = done_until.min(until);
    let begin = done_until.plus_seconds(-OVERLAP_SECONDS).unwrap_or(now);
    let mut after = (begin.max(now), None);
    let mut told: usize = 0;
    let mut is_all = true;
    loop {
        let page = payments
            .store
            .lots_ending(after, until, Some(days), MOST_IN_A_PASS)
            .await?;
        let Some(last) = page.last() else {
            break;
        };
        after = (last.ends_at, Some(last.lot_id));
        let accounts: BTreeSet<AccountId> = page.into_iter().map(|lot| lot.account_id).collect();
        for account_id in accounts {
            if stopping.is_asked() {
                // What is left is looked for again: the cursor stands where it stood.
                return Ok(told);
            }
            if remind(payments, account_id, stages).await {
                told = told.saturating_add(1);
            } else {
                is_all = false;
            }
        }
    }
    if is_all {
        payments.store.advance_cursor(&cursor, until).await?;
    }
    Ok(told)
}

/// Whether it went through. What is wrong with one account keeps nobody else from hearing of theirs.
async fn remind(payments: &Payments, account_id: AccountId, stages: &[u16]) -> bool {
    let command = Command {
        account_id: account_id.clone(),
        key: None,
        action: Action::Remind(stages.to_vec()),
    };
    match payments.writer.submit(command, None).await {
        Ok(_) => true,
        Err(error) => {
            tracing::warn!(account = %account_id, %error, "a reminder was left for later");
            false
        }
    }
}
