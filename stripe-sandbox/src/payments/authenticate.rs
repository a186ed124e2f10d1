//! The payer's answer to their bank (3-D Secure); it counts once, and only while the intent waits for it.

use super::attempt::fail;
use super::{Outcome, Presence, Work, attempt};
use crate::objects::card::Decline;
use crate::objects::payment_intent::{IntentStatus, PaymentIntent};
use crate::objects::payment_method::PaymentMethod;
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
    let Some(method) = load::<PaymentMethod>(work.tx, &method)? else {
        return Ok(None);
    };
    match verdict {
        Verdict::Approve => attempt(work, intent, &method, Presence::Approved).map(Some),
        Verdict::Refuse => {
            let decline = Decline::new(
                "payment_intent_authentication_failure",
                "",
                "We are unable to authenticate your payment method. Choose another one and try again.",
            );
            fail(work, intent, &method, None, decline.clone())?;
            Ok(Some(Outcome::Declined(decline)))
        }
    }
}
