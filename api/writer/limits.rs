//! Refusals because of a limit. A refusal changes nothing, so that the account's owner hears of it is a
//! command of its own, right after: once in a window, by what the account's row remembers. What is
//! remembered here only spares the asking.

use std::collections::BTreeMap;

use ledger::command::{Action, Command, Outcome};
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::limit::{LimitWindow, Standing};
use ledger::rejection::Rejection;
use tokio::sync::oneshot;

use super::Request;
use crate::generations::Generations;

/// How many limits are remembered at least.
const REMEMBERED: usize = 4_096;

type Key = (AccountId, Option<String>, LimitWindow);

pub struct Limits {
    /// When the windows end that were noted.
    noted: Generations<Key, Instant>,
    waiting: BTreeMap<Key, Standing>,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            noted: Generations::new(REMEMBERED),
            waiting: BTreeMap::new(),
        }
    }
}

impl Limits {
    /// Looks at what became of a command.
    pub fn see(&mut self, command: &Command, decision: &Result<Outcome, Rejection>) {
        match (decision, &command.action) {
            (Ok(Outcome::DebitedMany(results)), Action::DebitMany(debits)) => {
                for (result, (account_id, _)) in results.iter().zip(debits) {
                    self.look_at(account_id, result);
                }
            }
            // What could not be written is not remembered either.
            (Ok(_), Action::NoteLimit(standing)) => {
                let key = key(&command.account_id, standing);
                self.noted.keep(key, standing.resets_at, 1);
            }
            _ => self.look_at(&command.account_id, decision),
        }
    }

    fn look_at(&mut self, account_id: &AccountId, decision: &Result<Outcome, Rejection>) {
        let Err(Rejection::LimitLeavesTooLittle { standing, .. }) = decision else {
            return;
        };
        let key = key(account_id, standing);
        if self.noted.get(&key) != Some(&standing.resets_at) {
            self.waiting
                .entry(key)
                .or_insert_with(|| (**standing).clone());
        }
    }

    /// What is to be written next.
    pub fn take_notes(&mut self) -> Vec<Request> {
        let waiting = std::mem::take(&mut self.waiting).into_iter();
        waiting
            .map(|((account_id, ..), standing)| note(account_id, standing))
            .collect()
    }
}

fn key(account_id: &AccountId, standing: &Standing) -> Key {
    let limit = &standing.limit;
    (account_id.clone(), limit.operation.clone(), limit.window)
}

fn note(account_id: AccountId, standing: Standing) -> Request {
    // Nobody waits for it.
    let (reply, _) = oneshot::channel();
    Request {
        command: Command {
            account_id,
            key: None,
            action: Action::NoteLimit(standing),
        },
        render: None,
        reply,
    }
}
