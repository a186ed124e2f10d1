//! `decide`: the one place where credits move. It is synchronous and total: the same state,
//! command and instant always give the same outcome, and a rejection leaves the state untouched.
//!
//! Every action reads from top to bottom in one order: shape, replay, existence, state, limits,
//! funds. From there on it must succeed, and only then does it change anything.

mod adjust;
mod forfeit;
mod grant;
mod purchase;

use crate::account::{AccountState, State};
use crate::command::{Action, Command, Outcome};
use crate::instant::Instant;
use crate::rejection::Rejection;
use crate::replay::{self, Replay, UsedKey};

/// Decides one command. The account must have been loaded into `state`.
///
/// # Errors
/// The rejection says what stood in the way. A final one uses up the command's key, as an
/// outcome does, so that the same request gets the same answer again.
pub fn decide(state: &mut State, command: &Command, now: Instant) -> Result<Outcome, Rejection> {
    check_shape(&command.action)?;
    let replay = replay::judge(&state.keys, command.key.as_ref())?;
    let account = state
        .accounts
        .get_mut(&command.account_id)
        .ok_or(Rejection::AmountOutOfRange)?;
    let decision = match replay {
        Replay::Answered => return Ok(Outcome::AnsweredBefore),
        Replay::Resume(purchase_id) => match &command.action {
            Action::OpenPurchase(_) | Action::ResumePurchase => {
                purchase::resume(account, purchase_id)
            }
            _ => act(account, &command.action, now),
        },
        Replay::New => act(account, &command.action, now),
    };
    remember_key(state, command, &decision);
    decision
}

/// What is wrong with a request whatever the account's state, and whether or not it is a repeat.
fn check_shape(action: &Action) -> Result<(), Rejection> {
    match action {
        Action::Adjust(adjustment) => adjust::check_shape(adjustment),
        Action::OpenPurchase(_)
        | Action::ResumePurchase
        | Action::RecordSession(_)
        | Action::AbandonPurchase(_)
        | Action::ApplyEvidence(_) => Ok(()),
    }
}

fn act(account: &mut AccountState, action: &Action, now: Instant) -> Result<Outcome, Rejection> {
    match action {
        Action::Adjust(adjustment) => adjust::adjust(account, adjustment, now),
        Action::OpenPurchase(new) => purchase::open(account, new, now),
        Action::ResumePurchase => Err(Rejection::PurchaseDoesNotExist),
        Action::RecordSession(session) => purchase::record_session(account, session, now),
        Action::AbandonPurchase(id) => purchase::abandon(account, *id, now),
        Action::ApplyEvidence(evidence) => purchase::apply_evidence(account, evidence, now),
    }
}

/// An outcome uses its key up, and so does a final rejection. A purchase just opened is answered
/// only once Stripe has made its session.
fn remember_key(state: &mut State, command: &Command, decision: &Result<Outcome, Rejection>) {
    let Some(key) = &command.key else {
        return;
    };
    let (purchase_id, answered) = match decision {
        Ok(Outcome::PurchaseOpened(purchase)) => (Some(purchase.terms.purchase_id), false),
        Ok(Outcome::SessionRecorded(purchase)) => (Some(purchase.terms.purchase_id), true),
        Ok(_) => (None, true),
        Err(rejection) if rejection.is_final() => (None, true),
        Err(_) => return,
    };
    let used = UsedKey {
        fingerprint: key.fingerprint,
        purchase_id,
        answered,
    };
    state.keys.insert(key.id.clone(), used);
}
