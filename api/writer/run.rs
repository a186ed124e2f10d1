//! The writer's loop: take what waits, write it, answer; and what to do when the database refuses.

use std::sync::Arc;
use std::time::Duration;

use metrics::{gauge, histogram};
use tokio::sync::{Notify, mpsc};

use super::batch::decide_all;
use super::wanted::wanted_by;
use super::{Request, WriterError, Written};
use crate::clock::Clock;
use crate::store::{Store, StoreError};

/// More in one commit gives longer waits and hardly more throughput.
const MOST_IN_A_BATCH_POSTGRES: usize = 256;
const MOST_IN_A_BATCH_SQLITE: usize = 64;

/// How long to wait before a batch is tried again. Then its callers are told.
const PAUSES_MS: [u64; 3] = [10, 100, 500];

pub async fn run(
    mut queue: mpsc::Receiver<Request>,
    store: Store,
    clock: Clock,
    closing: Arc<Notify>,
) {
    let most = match store {
        Store::Postgres(_) => MOST_IN_A_BATCH_POSTGRES,
        Store::Sqlite(_) => MOST_IN_A_BATCH_SQLITE,
    };
    let mut open = true;
    loop {
        let first = tokio::select! {
            biased;
            request = queue.recv() => request,
            () = closing.notified(), if open => {
                open = false;
                queue.close();
                continue;
            }
        };
        let Some(first) = first else {
            return;
        };
        let mut batch = vec![first];
        while batch.len() < most {
            match queue.try_recv() {
                Ok(request) => batch.push(request),
                Err(_) => break,
            }
        }
        histogram!("credits_writer_batch_size").record(count(batch.len()));
        gauge!("credits_writer_queue_depth").set(count(queue.len()));
        write_batch(&store, &clock, batch).await;
        gauge!("credits_writer_queue_depth").set(count(queue.len()));
    }
}

/// Writes a batch whole or, where something in it can't be written, in ever smaller parts.
async fn write_batch(store: &Store, clock: &Clock, batch: Vec<Request>) {
    let mut parts = vec![batch];
    while let Some(mut part) = parts.pop() {
        match write_with_retries(store, clock, &part).await {
            Ok(results) => {
                for (request, result) in part.into_iter().zip(results) {
                    // Nobody may be waiting any more; what was written stays written.
                    let _ = request.reply.send(Ok(result));
                }
            }
            Err(error) if part.len() > 1 && is_of_one_command(&error) => {
                let rest = part.split_off(part.len().div_ceil(2));
                parts.push(rest);
                parts.push(part);
            }
            Err(error) => {
                tracing::error!(%error, commands = part.len(), "a batch could not be written");
                for request in part {
                    let _ = request.reply.send(Err(WriterError::from(&error)));
                }
            }
        }
    }
}

/// Whether the error may be the fault of one command among others, rather than of the database.
const fn is_of_one_command(error: &StoreError) -> bool {
    match error {
        StoreError::Conflict(_) | StoreError::Corrupt(_) | StoreError::Bug(_) => true,
        StoreError::Unavailable(_) | StoreError::OutcomeUnknown(_) => false,
    }
}

async fn write_with_retries(
    store: &Store,
    clock: &Clock,
    part: &[Request],
) -> Result<Vec<Written>, StoreError> {
    let mut unknown = None;
    for pause in PAUSES_MS {
        match write_once(store, clock, part).await {
            Err(error) if error.retryable() => {
                tracing::warn!(%error, commands = part.len(), "writing again");
                if let StoreError::OutcomeUnknown(cause) = error {
                    unknown = Some(cause);
                }
                tokio::time::sleep(Duration::from_millis(pause)).await;
            }
            result => return result,
        }
    }
    match (write_once(store, clock, part).await, unknown) {
        // Once a commit may have happened, no later failure proves that it did not.
        (Err(error), Some(cause)) if error.retryable() => Err(StoreError::OutcomeUnknown(cause)),
        (result, _) => result,
    }
}

async fn write_once(
    store: &Store,
    clock: &Clock,
    part: &[Request],
) -> Result<Vec<Written>, StoreError> {
    let started = tokio::time::Instant::now();
    let now = clock.now();
    let wanted = wanted_by(part.iter().map(|request| &request.command));
    let result = store
        .write(&wanted, now, &|loaded| decide_all(part, loaded, now))
        .await;
    histogram!("credits_writer_commit_seconds").record(started.elapsed().as_secs_f64());
    result
}

/// A count as a metric takes it.
fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
