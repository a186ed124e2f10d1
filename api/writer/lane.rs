//! A lane of the writer: take what waits, write it, answer; and what to do when the database
//! refuses.

use std::sync::Arc;
use std::time::Duration;

use ledger::command::Action;
use ledger::instant::Instant;
use metrics::{gauge, histogram};
use tokio::sync::{Notify, mpsc};

use super::batch::decide_all;
use super::limits::Limits;
use super::memory::Memory;
use super::wanted::wanted_by;
use super::{Request, WriterError, Written};
use crate::clock::Clock;
use crate::live::Watchers;
use crate::steps::{self, Step};
use crate::store::{Basis, Store, StoreError, Wanted};

/// How much goes into one commit: commands, and the changes that they make. More commands give longer
/// waits and hardly more throughput. Of commands that carry many debits more go together, because
/// their accounts and lots are then stored once for all of them.
struct Most {
    commands: usize,
    changes: usize,
}

const MOST_POSTGRES: Most = Most {
    commands: 256,
    changes: 2_048,
};
const MOST_SQLITE: Most = Most {
    commands: 64,
    changes: 1_024,
};

/// While one lane waits for its commit, another decides. More than two take turns at the log.
const LANES_POSTGRES: usize = 2;
/// The database has one writer.
const LANES_SQLITE: usize = 1;

pub const fn count_for(store: &Store) -> usize {
    match store {
        Store::Postgres(_) => LANES_POSTGRES,
        Store::Sqlite(_) => LANES_SQLITE,
    }
}

/// How long to wait before a batch is tried again. Then its callers are told.
const PAUSES_MS: [u64; 3] = [10, 100, 500];

pub struct Lane {
    store: Store,
    clock: Clock,
    memory: Memory,
    watchers: Watchers,
    limits: Limits,
}

impl Lane {
    pub fn new(store: Store, clock: Clock, watchers: Watchers) -> Lane {
        Lane {
            store,
            clock,
            memory: Memory::default(),
            watchers,
            limits: Limits::default(),
        }
    }

    /// Writes what comes in until it is told to close, and then what waits.
    pub async fn run(mut self, mut queue: mpsc::Receiver<Request>, closing: Arc<Notify>) {
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
            let batch = self.gather(first, &mut queue);
            histogram!("credits_writer_batch_size").record(count(batch.len()));
            gauge!("credits_writer_queue_depth").set(count(queue.len()));
            self.write_batch(batch).await;
            let notes = self.limits.take_notes();
            if !notes.is_empty() {
                self.write_batch(notes).await;
            }
            gauge!("credits_writer_queue_depth").set(count(queue.len()));
        }
    }

    /// What waits, up to the most that go into one commit.
    fn gather(&self, first: Request, queue: &mut mpsc::Receiver<Request>) -> Vec<Request> {
        let most = match self.store {
            Store::Postgres(_) => MOST_POSTGRES,
            Store::Sqlite(_) => MOST_SQLITE,
        };
        let mut changes = weight(&first);
        let mut batch = vec![first];
        while batch.len() < most.commands
            && changes < most.changes
            && let Ok(request) = queue.try_recv()
        {
            changes = changes.saturating_add(weight(&request));
            batch.push(request);
        }
        batch
    }

    /// Writes a batch whole or, where something in it can't be written, in ever smaller parts.
    async fn write_batch(&mut self, batch: Vec<Request>) {
        let mut parts = vec![batch];
        while let Some(mut part) = parts.pop() {
            match self.write_with_retries(&part).await {
                Ok(results) => {
                    for (request, result) in part.into_iter().zip(results) {
                        self.limits.see(&request.command, &result.decision);
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

    async fn write_with_retries(&mut self, part: &[Request]) -> Result<Vec<Written>, StoreError> {
        let mut unknown = None;
        for pause in PAUSES_MS {
            match self.write_once(part).await {
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
        match (self.write_once(part).await, unknown) {
            // Once a commit may have happened, no later failure proves that it did not.
            (Err(error), Some(cause)) if error.retryable() => {
                Err(StoreError::OutcomeUnknown(cause))
            }
            (result, _) => result,
        }
    }

    /// Decided on what is remembered, if all of it is; and on what is stored, if that proves wrong.
    async fn write_once(&mut self, part: &[Request]) -> Result<Vec<Written>, StoreError> {
        let wanted = wanted_by(part.iter().map(|request| &request.command));
        let now = self.clock.now();
        if let Some(state) = self.memory.recall(&wanted, now) {
            // At the same instant: an account was recalled because nothing of it is due by then.
            let basis = Basis::Remembered(state);
            match self.write_on(basis, &wanted, part, now).await {
                Err(StoreError::Conflict(cause)) => {
                    tracing::debug!(cause, "what was remembered does not hold any more");
                }
                result => return result,
            }
        }
        let now = self.clock.now();
        self.write_on(Basis::Stored, &wanted, part, now).await
    }

    async fn write_on(
        &mut self,
        basis: Basis,
        wanted: &Wanted,
        part: &[Request],
        now: Instant,
    ) -> Result<Vec<Written>, StoreError> {
        let started = tokio::time::Instant::now();
        let written = self
            .store
            .write(wanted, basis, now, &|loaded| decide_all(part, loaded, now))
            .await;
        histogram!("credits_writer_commit_seconds").record(started.elapsed().as_secs_f64());
        let (results, state) = written?;
        steps::reached(Step::Committed);
        for (id, account) in &state.accounts {
            self.watchers.tell(id, account.account.version);
        }
        self.memory.keep(state);
        Ok(results)
    }
}

/// How many changes a command makes: one that carries many debits makes as many.
fn weight(request: &Request) -> usize {
    match &request.command.action {
        Action::DebitMany(debits) => debits.len(),
        _ => 1,
    }
}

/// Whether the error may be the fault of one command among others, rather than of the database.
const fn is_of_one_command(error: &StoreError) -> bool {
    match error {
        StoreError::Conflict(_) | StoreError::Corrupt(_) | StoreError::Bug(_) => true,
        StoreError::Unavailable(_) | StoreError::OutcomeUnknown(_) => false,
    }
}

/// A count as a metric takes it.
fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
