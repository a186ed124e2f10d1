//! The model's half of a simulation, whatever stores the other half: which commands a batch is, what
//! they must be answered, and what must be stored afterwards.

use std::collections::BTreeMap;

use ledger::command::{Command, Outcome};
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::rejection::Rejection;
use ledger::replay::{KeyId, UsedKey};

use crate::check::{self, Checked};
use crate::generator::Generator;
use crate::model::Model;
use crate::rows::Rows;
use crate::story::Batch;
use crate::words::Words;

/// What became of a command.
pub type Answer = Result<Outcome, Rejection>;

pub struct Script {
    words: Words,
    model: Model,
}

impl Script {
    /// `story` sets its accounts, purchases and keys apart from those of other stories on the same
    /// store.
    pub fn new(story: u64, accounts: u8) -> Script {
        let words = Words::new(story, accounts);
        let model = Model::new(words.accounts());
        Script { words, model }
    }

    /// Whose rows are to be compared.
    pub fn accounts(&self) -> &[AccountId] {
        self.words.accounts()
    }

    pub(crate) const fn model(&self) -> &Model {
        &self.model
    }

    /// What happens next, in a story made up as it goes.
    pub fn invent(&self, generator: &mut Generator) -> Batch {
        generator.next(&self.model)
    }

    /// The batch as commands, all at [`Script::moment`].
    pub fn commands(&self, batch: &Batch) -> Vec<Command> {
        let requests = batch.requests.iter();
        requests
            .map(|request| self.words.command(request, &self.model))
            .collect()
    }

    pub const fn moment(batch: &Batch) -> Instant {
        Instant::from_micros(batch.at)
    }

    /// What each of the commands must be answered, decided in this order at `now`. From here on they
    /// have happened.
    pub fn foretell(&mut self, commands: &[Command], now: Instant) -> Vec<Answer> {
        let commands = commands.iter();
        commands
            .map(|command| self.model.decide(command, now))
            .collect()
    }

    /// Whether the commands were answered as foretold.
    ///
    /// # Errors
    /// What the model had foretold instead.
    pub fn check(commands: &[Command], foretold: &[Answer], answers: &[Answer]) -> Checked {
        check::same(
            "how many answers there are",
            &foretold.len(),
            &answers.len(),
        )?;
        let pairs = foretold.iter().zip(answers);
        for (command, (foretold, answer)) in commands.iter().zip(pairs) {
            check::answer(foretold, answer).map_err(|what| format!("{what}\n  to {command:?}"))?;
        }
        Ok(())
    }

    /// Every key that was used by now.
    pub const fn keys(&self) -> &BTreeMap<KeyId, UsedKey> {
        self.model.keys()
    }

    /// Whether these are the rows that an account has by now.
    ///
    /// # Errors
    /// What differs.
    pub fn check_rows(&self, rows: &Rows) -> Checked {
        check::everything(self.model.account(&rows.account.id), rows)
    }
}
