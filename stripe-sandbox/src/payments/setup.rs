//! One attempt to save a payment method; a setup intent that is over must never come here.

use super::saved_methods::attach;
use super::{Outcome, Presence, Work};
use crate::objects::card::{Behaviour, Decline};
use crate::objects::new_id;
use crate::objects::payment_intent::LastError;
use crate::objects::payment_method::{Instrument, PaymentMethod};
use crate::objects::setup_intent::{SetupIntent, SetupStatus};
use crate::store::StoreError;

/// As `attempt`, but nothing is charged: a card that can be kept is `Paid`.
pub(crate) fn attempt_setup(
    work: &Work<'_>,
    intent: &mut SetupIntent,
    method: &mut PaymentMethod,
    presence: Presence,
) -> Result<Outcome, StoreError> {
    intent.payment_method = Some(method.id.clone());
    intent.last_error = None;
    intent.latest_attempt = Some(new_id("setatt_"));
    let behaviour = match &method.instrument {
        Instrument::Card(card) => card.behaviour.clone(),
        Instrument::Debit(_) => Behaviour::Pays,
    };
    match (behaviour, presence) {
        (Behaviour::Declines(decline), _) => {
            fail_setup(work, intent, method, decline.clone())?;
            Ok(Outcome::Declined(decline))
        }
        (Behaviour::NeedsAuthentication { .. }, Presence::Present | Presence::Absent) => {
            intent.status = SetupStatus::RequiresAction;
            work.tx.put(method)?;
            work.tx.put(intent)?;
            work.emit("setup_intent.requires_action", intent.view(work.public_url))?;
            Ok(Outcome::NeedsAuthentication)
        }
        (Behaviour::NeedsAuthentication { .. }, Presence::Approved)
        | (Behaviour::Pays | Behaviour::DeclinesOnceSaved(_), _) => {
            succeed(work, intent, method)?;
            Ok(Outcome::Paid)
        }
    }
}

pub(super) fn fail_setup(
    work: &Work<'_>,
    intent: &mut SetupIntent,
    method: &PaymentMethod,
    decline: Decline,
) -> Result<(), StoreError> {
    intent.status = SetupStatus::RequiresPaymentMethod;
    intent.payment_method = None;
    intent.last_error = Some(LastError {
        decline,
        charge: None,
        payment_method: method.clone(),
    });
    work.tx.put(intent)?;
    work.emit("setup_intent.setup_failed", intent.view(work.public_url))
}

pub(crate) fn cancel_setup(
    work: &Work<'_>,
    intent: &mut SetupIntent,
    reason: Option<String>,
) -> Result<(), StoreError> {
    intent.status = SetupStatus::Canceled;
    intent.cancellation_reason = reason;
    work.tx.put(intent)?;
    work.emit("setup_intent.canceled", intent.view(work.public_url))
}

fn succeed(
    work: &Work<'_>,
    intent: &mut SetupIntent,
    method: &mut PaymentMethod,
) -> Result<(), StoreError> {
    intent.status = SetupStatus::Succeeded;
    work.tx.put(intent)?;
    method.set_up |= intent.usage == "off_session";
    match &intent.customer {
        Some(customer) if method.customer.is_none() => attach(work, method, customer)?,
        _ => {
            work.tx.put(method)?;
        }
    }
    work.emit("setup_intent.succeeded", intent.view(work.public_url))
}
