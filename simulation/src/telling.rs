//! One story told to the ledger and to the model at once, and everything compared after each batch.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ledger::account::State;
use ledger::command::Command;
use ledger::decide::decide;
use ledger::ids::AccountId;
use ledger::instant::Instant;

use crate::auditor::Auditor;
use crate::check::{self, Checked, same};
use crate::coverage::Coverage;
use crate::memory::Memory;
use crate::script::{Answer, Script};
use crate::story::{Batch, Fate};

/// How many accounts a story has: the last has many lots.
pub const ACCOUNTS: u8 = 4;

pub(crate) struct Telling {
    pub script: Script,
    memory: Memory,
    auditors: BTreeMap<AccountId, Auditor>,
    pub coverage: Coverage,
}

/// Tells a story from its beginning to its end.
///
/// # Errors
/// What went otherwise than the model foretold.
pub fn tell(batches: &[Batch]) -> Checked {
    let told = catch_unwind(AssertUnwindSafe(|| {
        let mut telling = Telling::new();
        batches.iter().try_for_each(|batch| telling.tell(batch))?;
        telling.finish()
    }));
    told.unwrap_or_else(|panic| Err(words_of(panic.as_ref())))
}

/// What a panic said.
pub fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    format!("panicked: {}", text.unwrap_or("without a word"))
}

impl Telling {
    pub fn new() -> Telling {
        let script = Script::new(0, ACCOUNTS);
        let accounts = script.accounts();
        let auditor = |id: &AccountId| (id.clone(), Auditor::new(id.clone()));
        Telling {
            memory: Memory::new(accounts, Instant::from_micros(0)),
            auditors: accounts.iter().map(auditor).collect(),
            script,
            coverage: Coverage::default(),
        }
    }

    /// As part of many stories.
    pub fn with_coverage(self, coverage: Coverage) -> Telling {
        Telling { coverage, ..self }
    }

    pub fn tell(&mut self, batch: &Batch) -> Checked {
        let now = Script::moment(batch);
        let commands = self.script.commands(batch);
        match batch.fate {
            Fate::Lost => self.decide(&commands, now).map(|_| ()),
            Fate::Stored | Fate::Unheard => self.carry_out(&commands, now).map(|_| ()),
            Fate::CrashedAndRepeated => {
                let (_, first) = self.decide(&commands, now)?;
                let again = self.carry_out(&commands, now)?;
                same("what was decided the first time", &again, &first)
            }
        }
    }

    fn carry_out(&mut self, commands: &[Command], now: Instant) -> Result<Vec<Answer>, String> {
        let (state, answers) = self.decide(commands, now)?;
        let foretold = self.script.foretell(commands, now);
        Script::check(commands, &foretold, &answers)?;
        answers.iter().for_each(|it| self.coverage.answered(it));
        for written in self.memory.store(state) {
            let stored = self.memory.stored(&written.account);
            let account = self.script.model().account(&written.account);
            check::touched(account, stored, &written.uses)?;
            let auditor = self.auditors.get_mut(&written.account).unwrap();
            auditor.read(&stored.rows)?;
            let open = stored.indexes.open_lots.iter();
            auditor.compare(&stored.rows, open.map(|id| &stored.rows.lots[id]))?;
        }
        for command in commands {
            if let Some(key) = &command.key {
                let foretold = self.script.keys().get(&key.id);
                same("I7: a key", &foretold, &self.memory.keys().get(&key.id))?;
            }
        }
        Ok(answers)
    }

    fn decide(&self, commands: &[Command], now: Instant) -> Result<(State, Vec<Answer>), String> {
        let mut state = self.memory.load(commands, now);
        let mut answers = Vec::with_capacity(commands.len());
        for command in commands {
            let before = mark(&state);
            let answer = decide(&mut state, command, now);
            if answer.is_err() {
                same(
                    "I15: a refused command changes nothing",
                    &before,
                    &mark(&state),
                )?;
            }
            answers.push(answer);
        }
        Ok((state, answers))
    }

    /// Everything that is stored, from its beginning.
    pub fn finish(&mut self) -> Checked {
        for rows in self.memory.rows() {
            self.coverage.entered(rows);
            Auditor::audit(rows)?;
            self.script.check_rows(rows)?;
        }
        same("the keys", self.script.keys(), self.memory.keys())
    }
}

/// What no refused command may move.
fn mark(state: &State) -> Vec<(i64, i64, [usize; 3])> {
    let accounts = state.accounts.values();
    accounts
        .map(|state| {
            let changes = &state.changes;
            let lots = changes.new_lots.len() + changes.changed_lots.len();
            let holds = changes.new_holds.len() + changes.changed_holds.len();
            let counts = [lots, holds, changes.used.len()];
            (state.account.version, state.account.sequence, counts)
        })
        .collect()
}
