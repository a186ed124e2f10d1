//! `decide`: the one place where credits move. It is synchronous and total: the same state,
//! command and instant always give the same outcome, and a rejection leaves the state untouched.
//!
//! Every action reads from top to bottom in one order: shape, replay, existence, state, limits,
//! funds. From there on it must succeed, and only then does it change anything.

mod adjust;
mod admission;
mod capture;
mod clawback;
mod configure;
mod debit;
mod debt;
mod draw;
mod due;
mod give;
mod grant;
mod hold;
mod promotion;
mod purchase;
mod recharge;
mod refund;
mod review;
mod tell;

pub use configure::MOST_LIMITS;
pub use hold::LONGEST_TTL_SECONDS;

use self::tell::Before;
use crate::account::{AccountState, State};
use crate::command::{Action, Command, Outcome};
use crate::credits::Credits;
use crate::ids::PurchaseId;
use crate::instant::Instant;
use crate::rejection::Rejection;
use crate::replay::{self, Replay, UsedKey};

/// Decides one command. The account, and of many debits all their accounts, must have been loaded
/// into `state`.
///
/// # Errors
/// The rejection says what stood in the way. A final one uses up the command's key, as an
/// outcome does, so that the same request gets the same answer again.
pub fn decide(state: &mut State, command: &Command, now: Instant) -> Result<Outcome, Rejection> {
    check_shape(&command.action)?;
    let replay = replay::judge(&state.keys, command.key.as_ref())?;
    let before = match &command.action {
        // Each of them is followed up when its turn comes.
        Action::DebitMany(_) => None,
        _ => state.accounts.get(&command.account_id).map(Before::of),
    };
    let decision = match replay {
        Replay::Answered => return Ok(Outcome::AnsweredBefore),
        Replay::Resume(purchase_id) => resume(state, command, purchase_id, now),
        Replay::New => act(state, command, now),
    };
    if decision.is_ok()
        && let Some(account) = state.accounts.get_mut(&command.account_id)
        && let Some(before) = before
    {
        follow_up(account, &before, now)?;
    }
    remember_key(state, command, &decision);
    decision
}

/// What every command that was taken brings with it.
fn follow_up(account: &mut AccountState, before: &Before, now: Instant) -> Result<(), Rejection> {
    recharge::look_out(account, now)?;
    tell::of_changes(account, before, now)
}

/// What is wrong with a request whatever the account's state, and whether or not it is a repeat. Of
/// many debits each is judged when its turn comes.
fn check_shape(action: &Action) -> Result<(), Rejection> {
    match action {
        Action::Adjust(adjustment) => adjust::check_shape(adjustment),
        Action::GrantPromotion(gift) => give::check_shape(gift),
        Action::Debit(new) => check_cost(new.credits),
        Action::RefundDebit(refund) => refund.credits.map_or(Ok(()), check_cost),
        Action::PlaceHold(new) => {
            check_cost(new.credits)?;
            hold::check_ttl(new.ttl_seconds)
        }
        Action::ChangeHold(change) => {
            change.credits.map_or(Ok(()), check_cost)?;
            change.ttl_seconds.map_or(Ok(()), hold::check_ttl)
        }
        Action::CaptureHold(capture) => check_cost(capture.credits),
        Action::Configure(settings) => configure::check_shape(settings),
        Action::SetPreferences(preferences) => {
            configure::check_thresholds(&preferences.low_balance)
        }
        Action::ConfigureRecharge(settings) => settings
            .check()
            .map_err(Rejection::RechargeSettingsMakeNoSense),
        Action::OpenPurchase(_)
        | Action::ResumePurchase
        | Action::RecordSession(_)
        | Action::AbandonPurchase(_)
        | Action::ApplyEvidence(_)
        | Action::RuleOnReview(_)
        | Action::DebitMany(_)
        | Action::ReleaseHold(_)
        | Action::ChangeCard(_)
        | Action::AttemptRecharge(_)
        | Action::RefuseRecharge(_)
        | Action::BookDue
        | Action::Remind(_)
        | Action::NoteLimit(_)
        | Action::StopMail(_)
        | Action::NoteEndpointDisabled(_)
        | Action::CreatePromotion(_)
        | Action::ChangePromotion(_) => Ok(()),
    }
}

/// To take less than nothing would be to make credits.
fn check_cost(credits: Credits) -> Result<(), Rejection> {
    if credits.is_negative() {
        return Err(Rejection::CreditsAreNegative);
    }
    Ok(())
}

/// Goes on with what the same request began.
fn resume(
    state: &mut State,
    command: &Command,
    purchase_id: PurchaseId,
    now: Instant,
) -> Result<Outcome, Rejection> {
    match &command.action {
        Action::OpenPurchase(_) | Action::ResumePurchase => {
            purchase::resume(account_of(state, command)?, purchase_id)
        }
        _ => act(state, command, now),
    }
}

fn act(state: &mut State, command: &Command, now: Instant) -> Result<Outcome, Rejection> {
    match &command.action {
        Action::DebitMany(debits) => return debit::debit_many(state, debits, now),
        Action::CreatePromotion(new) => return promotion::create(state, new, now),
        Action::ChangePromotion(change) => return promotion::change(state, change, now),
        _ => {}
    }
    let code = code_of(state, command);
    let account = account_of(state, command)?;
    match &command.action {
        Action::Adjust(adjustment) => adjust::adjust(account, adjustment, now),
        Action::GrantPromotion(gift) => give::give(account, gift, now),
        Action::OpenPurchase(new) => purchase::open(account, new, code.as_ref(), now),
        Action::ResumePurchase => Err(Rejection::PurchaseDoesNotExist),
        Action::RecordSession(session) => purchase::record_session(account, session, now),
        Action::AbandonPurchase(id) => purchase::abandon(account, *id, now),
        Action::ApplyEvidence(evidence) => purchase::apply_evidence(account, evidence, now),
        Action::RuleOnReview(ruling) => review::rule(account, ruling, now),
        Action::Debit(new) => debit::debit(account, new, now),
        Action::DebitMany(_) | Action::CreatePromotion(_) | Action::ChangePromotion(_) => {
            Err(Rejection::AmountOutOfRange)
        }
        Action::RefundDebit(refund) => refund::refund(account, refund, now),
        Action::PlaceHold(new) => hold::place(account, new, now),
        Action::CaptureHold(capture) => capture::capture(account, capture, now),
        Action::ChangeHold(change) => hold::change(account, change, now),
        Action::ReleaseHold(id) => hold::release(account, *id, now),
        Action::BookDue => due::book(account, now).map(|()| Outcome::DueBooked),
        Action::Remind(stages) => tell::remind(account, stages, now),
        Action::NoteLimit(standing) => Ok(tell::note_limit(account, standing, now)),
        Action::Configure(settings) => configure::configure(account, settings, now),
        Action::SetPreferences(preferences) => Ok(configure::set_preferences(account, preferences)),
        Action::StopMail(kind) => Ok(configure::stop_mail(account, *kind)),
        Action::NoteEndpointDisabled(endpoint) => Ok(tell::note_endpoint(account, endpoint, now)),
        Action::ConfigureRecharge(settings) => recharge::configure(account, settings, now),
        Action::ChangeCard(change) => recharge::change_card(account, change, now),
        Action::AttemptRecharge(new) => recharge::attempt(account, new, now),
        Action::RefuseRecharge(refused) => recharge::refuse(account, refused, now),
    }
}

/// The code that a purchase is to be opened with, if it is known.
fn code_of(state: &State, command: &Command) -> Option<promotion::CodeInUse> {
    let Action::OpenPurchase(new) = &command.action else {
        return None;
    };
    let redemption = new.terms.promotion.as_ref()?;
    promotion::CodeInUse::of(state, &redemption.code)
}

fn account_of<'a>(
    state: &'a mut State,
    command: &Command,
) -> Result<&'a mut AccountState, Rejection> {
    let account = state.accounts.get_mut(&command.account_id);
    account.ok_or(Rejection::AmountOutOfRange)
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
