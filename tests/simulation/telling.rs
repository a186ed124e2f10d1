//! One story told to the writer and to the model, with the crashes that it asks for. After each batch
//! the answers, and all rows of the accounts that it named, are what the model foretold.

use std::collections::BTreeSet;

use credits::clock::Clock;
use credits::store::{Basis, Decided, KeyWrite, Loaded, Store, StoreError, StoredAnswer};
use credits::writer::wanted_by;
use futures_util::{StreamExt, TryStreamExt, stream};
use ledger::command::Command;
use ledger::decide::decide;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::replay::KeyId;
use simulation::{Auditor, Batch, Checked, Coverage, Fate, Rows, Script};

use super::answers::Answers;
use super::order::stretches;
use super::processes::Processes;
use super::stored::rows;

/// More than in the simulation of the ledger alone: a batch has many requests, and each account gets
/// a few of them.
pub const ACCOUNTS: u8 = 12;

/// No more than there are connections: nobody waits for one.
const READ_AT_ONCE: usize = 3;

pub struct Telling {
    pub script: Script,
    pub coverage: Coverage,
    store: Store,
    clock: Clock,
    processes: Processes,
    answers: Answers,
    /// Whoever had a command carried out, and so has rows.
    known: BTreeSet<AccountId>,
}

impl Telling {
    pub fn new(store: &Store, story: u64) -> Telling {
        let clock = Clock::manual(Instant::from_micros(0));
        Telling {
            script: Script::new(story, ACCOUNTS),
            coverage: Coverage::default(),
            store: store.clone(),
            processes: Processes::start(store, &clock),
            clock,
            answers: Answers::default(),
            known: BTreeSet::new(),
        }
    }

    /// As part of many stories.
    pub fn with_coverage(self, coverage: Coverage) -> Telling {
        Telling { coverage, ..self }
    }

    pub async fn tell(&mut self, batch: &Batch) -> Checked {
        let now = Script::moment(batch);
        self.clock.set(now);
        self.processes.take_turns();
        let commands = self.script.commands(batch);
        match batch.fate {
            Fate::Stored => self.carry_out(&commands, now).await?,
            Fate::Lost => self.lose(&commands, now).await?,
            Fate::CrashedAndRepeated => {
                self.lose(&commands, now).await?;
                self.carry_out(&commands, now).await?;
            }
            Fate::Unheard => self.carry_out_unheard(&commands, now).await,
        }
        let named = named(&commands);
        let known = named.intersection(&self.known);
        self.compare(known).await.map(|_| ())
    }

    async fn carry_out(&mut self, commands: &[Command], now: Instant) -> Checked {
        self.known.extend(named(commands));
        let mut answers = Vec::with_capacity(commands.len());
        for stretch in stretches(commands) {
            answers.extend(self.processes.submit(stretch).await);
        }
        let foretold = self.script.foretell(commands, now);
        foretold.iter().for_each(|it| self.coverage.answered(it));
        self.answers.check(commands, &foretold, answers)
    }

    /// Everybody hangs up before there is an answer, and the process ends.
    async fn carry_out_unheard(&mut self, commands: &[Command], now: Instant) {
        self.known.extend(named(commands));
        for stretch in stretches(commands) {
            self.processes.submit_and_hang_up(stretch).await;
            self.processes.restart().await;
        }
        let foretold = self.script.foretell(commands, now);
        self.answers.note(commands, &foretold);
    }

    /// Decides and stores the batch, but for its commit; and the process ends.
    async fn lose(&mut self, commands: &[Command], now: Instant) -> Checked {
        let Some(first) = commands.first() else {
            return Ok(());
        };
        let decide = |mut loaded: Loaded| {
            for command in commands {
                // What it would have been answered nobody hears.
                let _ = decide(&mut loaded.state, command, now);
            }
            let keys = stored_twice(&first.account_id);
            let state = loaded.state;
            Ok((Decided { state, keys }, ()))
        };
        let wanted = wanted_by(commands);
        let lost = self.store.write(&wanted, Basis::Stored, now, &decide).await;
        self.processes.restart().await;
        match lost {
            Err(StoreError::Conflict(_)) => Ok(()),
            other => Err(format!("a batch with one key twice ended with {other:?}")),
        }
    }

    async fn compare(
        &self,
        accounts: impl IntoIterator<Item = &AccountId>,
    ) -> Result<Vec<Rows>, String> {
        let stored = accounts.into_iter().map(|id| rows(&self.store, id));
        let stored: Vec<Rows> = stream::iter(stored)
            .buffered(READ_AT_ONCE)
            .try_collect()
            .await?;
        for rows in &stored {
            self.script.check_rows(rows)?;
            Auditor::audit(rows)?;
        }
        Ok(stored)
    }

    /// All accounts once more, whether the last batches named them or not.
    pub async fn finish(&mut self) -> Checked {
        let stored = self.compare(&self.known).await?;
        stored.iter().for_each(|rows| self.coverage.entered(rows));
        Ok(())
    }
}

fn named(commands: &[Command]) -> BTreeSet<AccountId> {
    wanted_by(commands).accounts
}

/// What no database takes.
fn stored_twice(owner: &AccountId) -> Vec<KeyWrite> {
    let key = KeyWrite {
        id: KeyId {
            owner: owner.clone(),
            digest: [255; 16],
        },
        fingerprint: [255; 16],
        purchase_id: None,
        answer: Some(StoredAnswer {
            status: 200,
            body: Vec::new(),
        }),
        is_new: true,
    };
    vec![key.clone(), key]
}
