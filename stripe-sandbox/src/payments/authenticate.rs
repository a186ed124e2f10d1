//! The payer's answer to their bank (3-D Secure); it counts once, and only while the intent waits for it.

use super::attempt::fail;
use super::setup::fail_setup;
use super::{Outcome, Presence, Work, attempt, attempt_setup};
use crate::objects::card::Decline;
use crate::objects::payment_intent::{IntentStatus, PaymentIntent};
use crate::objects::payment_method::PaymentMethod;
use crate::objects::setup_intent::{SetupIntent, SetupStatus};
use crate::store::{StoreError, load};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Approve,
    Refuse,
}

/// `None` when the intent isn't waiting for an answer.
pub(crate) fn authenticate(
    work: &Work<'_>,
    intent: &mut PaymentIntent,
    verdict: Verdict,
) -> Result<Option<Outcome>, StoreError> {
    if intent.status != IntentStatus::RequiresAction {
        return Ok(None);
    }
    let Some(method) = intent.payment_method.clone() else {
        return Ok(None);
    };
    let Some(mut method) = load::<PaymentMethod>(work.tx, &method)? else {
        return Ok(None);
    };
    if verdict == Verdict::Approve {
        return attempt(work, intent, &mut method, Presence::Approved).map(Some);
    }
    let decline = Decline::authentication_failed("payment_intent_authentication_failure");
    fail(work, intent, &method, None, decline.clone())?;
    Ok(Some(Outcome::Declined(decline)))
}

/// As [`authenticate`], for a card that is being saved.
pub(crate) fn authenticate_setup(
    work: &Work<'_>,
    intent: &mut SetupIntent,
    verdict: Verdict,
) -> Result<Option<Outcome>, StoreError> {
    if intent.status != SetupStatus::RequiresAction {
        return Ok(None);
    }
    let Some(method) = intent.payment_method.clone() else {
        return Ok(None);
    };
    let Some(mut method) = load::<PaymentMethod>(work.tx, &method)? else {
        return Ok(None);
    };
    if verdict == Verdict::Approve {
        return attempt_setup(work, intent, &mut method, Presence::Approved).map(Some);
    }
    let decline = Decline::authentication_failed("setup_intent_authentication_failure");
    fail_setup(work, intent, &method, decline.clone())?;
    Ok(Some(Outcome::Declined(decline)))
}
