//! What commands are answered, and what is stored under their keys: text of the decision, where the
//! service would show a resource or a problem. A repeat gets the same bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use credits::store::StoredAnswer;
use credits::writer::{Render, WriterError, Written};
use ledger::command::{Command, Outcome};
use ledger::replay::KeyId;
use simulation::{Answer, Checked, Script};

/// What each key was answered first.
#[derive(Default)]
pub struct Answers(BTreeMap<KeyId, StoredAnswer>);

pub fn render(command: &Command) -> Option<Render> {
    command.key.as_ref()?;
    Some(Arc::new(rendered))
}

fn rendered(answer: &Answer) -> Option<StoredAnswer> {
    let (status, text) = match answer {
        // Answered once the session is known.
        Ok(Outcome::PurchaseOpened(_)) => return None,
        // Of the account's row this says what a model can foretell.
        Ok(Outcome::Configured(it)) => (200, format!("{:?} {:?}", it.available, it.standings)),
        Ok(outcome) => (200, format!("{outcome:?}")),
        Err(rejection) if rejection.is_final() => (409, format!("{rejection:?}")),
        Err(_) => return None,
    };
    let body = text.into_bytes();
    Some(StoredAnswer { status, body })
}

impl Answers {
    /// Whether the commands were answered as foretold, and their keys too.
    pub fn check(
        &mut self,
        commands: &[Command],
        foretold: &[Answer],
        written: Vec<Result<Written, WriterError>>,
    ) -> Checked {
        let mut decisions = Vec::with_capacity(written.len());
        let mut under_keys = Vec::with_capacity(written.len());
        for (command, written) in commands.iter().zip(written) {
            let written = written.map_err(|error| format!("{error}\n  to {command:?}"))?;
            decisions.push(written.decision);
            under_keys.push((written.answer, written.replayed));
        }
        Script::check(commands, foretold, &decisions)?;
        for (place, command) in commands.iter().enumerate() {
            let expected = self.under_key(command, &foretold[place]);
            if expected != under_keys[place] {
                let found = &under_keys[place];
                return Err(format!(
                    "under the key\n  by the model:  {expected:?}\n  by the writer: {found:?}\n  of {command:?}"
                ));
            }
        }
        Ok(())
    }

    /// What was answered though nobody heard it.
    pub fn note(&mut self, commands: &[Command], foretold: &[Answer]) {
        for (command, foretold) in commands.iter().zip(foretold) {
            self.under_key(command, foretold);
        }
    }

    /// The answer that goes with a key, and whether it was given before.
    fn under_key(&mut self, command: &Command, foretold: &Answer) -> (Option<StoredAnswer>, bool) {
        let replayed = matches!(foretold, Ok(Outcome::AnsweredBefore));
        let Some(key) = &command.key else {
            return (None, replayed);
        };
        if replayed {
            return (self.0.get(&key.id).cloned(), true);
        }
        let answer = rendered(foretold);
        if let Some(answer) = &answer {
            self.0.insert(key.id.clone(), answer.clone());
        }
        (answer, false)
    }
}
