//! Deciding a batch: every command in order, on one loaded state, with the answers that go with
//! the keys. Nothing here waits or touches the database.

use std::collections::BTreeMap;

use ledger::command::{Action, Command, Outcome};
use ledger::decide::decide;
use ledger::instant::Instant;
use ledger::rejection::Rejection;
use ledger::replay::{Key, KeyId};

use super::{Request, Written};
use crate::store::{Decided, KeyWrite, Loaded, StoreError, StoredAnswer};

/// Decides all commands. An account whose figures don't add up fails the whole batch, so that
/// nothing half decided is ever stored; alone, it then fails alone.
pub fn decide_all(
    requests: &[Request],
    mut loaded: Loaded,
    now: Instant,
) -> Result<(Decided, Vec<Written>), StoreError> {
    let mut keys = BTreeMap::new();
    let mut results = Vec::with_capacity(requests.len());
    for request in requests {
        let command = &request.command;
        let known = command
            .key
            .as_ref()
            .and_then(|key| loaded.state.keys.get(&key.id).cloned());
        let decision = decide(&mut loaded.state, command, now);
        if let Err(Rejection::AmountOutOfRange) = decision {
            let account = &command.account_id;
            return Err(StoreError::corrupt(format!(
                "the figures of account {account} do not add up"
            )));
        }
        if loaded.from_memory && !is_certain(command, &decision) {
            let cause = "a request was rejected that may have been taken before";
            return Err(StoreError::Conflict(cause.to_owned()));
        }
        let replayed = matches!(decision, Ok(Outcome::AnsweredBefore));
        let answer = match &command.key {
            None => None,
            Some(key) if replayed => loaded.answers.get(&key.id).cloned(),
            Some(key) => {
                let answer = request.render.as_ref().and_then(|render| render(&decision));
                let is_new = known.is_none();
                note_key(&mut keys, &mut loaded, key, answer.clone(), is_new)?;
                answer
            }
        };
        results.push(Written {
            decision,
            answer,
            replayed,
        });
    }
    let decided = Decided {
        state: loaded.state,
        keys: keys.into_values().collect(),
    };
    Ok((decided, results))
}

/// Whether a decision that nobody has looked up keys and references for is the right one if it can be
/// stored. What is taken stores its key and its reference, and clashes with their first use; a
/// rejection clashes with nothing but its key, if it uses that up.
fn is_certain(command: &Command, decision: &Result<Outcome, Rejection>) -> bool {
    let names_a_reference = matches!(command.action, Action::Debit(_) | Action::PlaceHold(_));
    match decision {
        Ok(Outcome::DebitedMany(results)) => results.iter().all(Result::is_ok),
        Ok(_) => true,
        Err(_) if names_a_reference => false,
        Err(rejection) => command.key.is_none() || rejection.is_final(),
    }
}

/// Remembers what has to be stored of a key, if the decision used it.
fn note_key(
    keys: &mut BTreeMap<KeyId, KeyWrite>,
    loaded: &mut Loaded,
    key: &Key,
    answer: Option<StoredAnswer>,
    is_new: bool,
) -> Result<(), StoreError> {
    let Some(used) = loaded.state.keys.get(&key.id) else {
        return Ok(());
    };
    if used.fingerprint != key.fingerprint || (!is_new && !used.answered) {
        return Ok(());
    }
    if used.answered && answer.is_none() {
        return Err(StoreError::Bug("a used key was given no answer".to_owned()));
    }
    if let Some(answer) = &answer {
        loaded.answers.insert(key.id.clone(), answer.clone());
    }
    let answer = answer.filter(|_| used.answered);
    keys.entry(key.id.clone())
        .and_modify(|write| write.answer.clone_from(&answer))
        .or_insert(KeyWrite {
            id: key.id.clone(),
            fingerprint: key.fingerprint,
            purchase_id: used.purchase_id,
            answer,
            is_new,
        });
    Ok(())
}
