//! What an attempt to pay does to its checkout session; only an open session may come here.

use super::invoices::invoice;
use super::{Outcome, Presence, Work, attempt_setup, new_intent};
use crate::objects::address::Address;
use crate::objects::customer::Customer;
use crate::objects::payment_intent::{IntentStatus, PaymentIntent};
use crate::objects::payment_method::PaymentMethod;
use crate::objects::session::{PaymentStatus, Session, SessionStatus};
use crate::objects::setup_intent::SetupIntent;
use crate::store::{StoreError, load};

/// The session's intent, made at the first attempt.
pub(crate) fn open_attempt(
    work: &Work<'_>,
    session: &mut Session,
    method: &PaymentMethod,
) -> Result<PaymentIntent, StoreError> {
    if let Some(id) = &session.intent
        && let Some(intent) = load::<PaymentIntent>(work.tx, id)?
    {
        return Ok(intent);
    }
    create_customer(work, session, method)?;
    let mut intent = new_intent(work, session.amount_total, &session.currency);
    let data = session.intent_data.clone();
    intent.session = Some(session.id.clone());
    intent.customer = session.customer.clone();
    intent.payment_method_types = session.payment_method_types.clone();
    intent.description = data.description;
    intent.metadata = data.metadata;
    intent.receipt_email = data.receipt_email;
    intent.setup_future_usage = data.setup_future_usage;
    intent.statement_descriptor = data.statement_descriptor;
    intent.statement_descriptor_suffix = data.statement_descriptor_suffix;
    if let Some(capture_method) = data.capture_method {
        intent.capture_method = capture_method;
    }
    work.tx.put(&intent)?;
    work.emit("payment_intent.created", intent.view(work.public_url))?;
    session.intent = Some(intent.id.clone());
    work.tx.put(session)?;
    Ok(intent)
}

/// Carries the outcome of an attempt over to the session.
pub(crate) fn record_attempt(
    work: &Work<'_>,
    session: &mut Session,
    intent: &PaymentIntent,
    outcome: &Outcome,
) -> Result<(), StoreError> {
    session.awaiting_approval = match intent.status {
        IntentStatus::RequiresAction => intent.payment_method.clone(),
        _ => None,
    };
    match outcome {
        Outcome::Paid => complete(work, session, PaymentStatus::Paid),
        Outcome::Processing => complete(work, session, PaymentStatus::Unpaid),
        Outcome::NeedsAuthentication | Outcome::Declined(_) => work.tx.put(session).map(|_| ()),
    }
}

/// An attempt to save a card by a session in mode `setup`.
pub(crate) fn save_card(
    work: &Work<'_>,
    session: &mut Session,
    intent: &mut SetupIntent,
    method: &mut PaymentMethod,
    presence: Presence,
) -> Result<Outcome, StoreError> {
    if session.customer.is_none() {
        create_customer(work, session, method)?;
        intent.customer.clone_from(&session.customer);
    }
    let outcome = attempt_setup(work, intent, method, presence)?;
    record_setup(work, session, intent, &outcome)?;
    Ok(outcome)
}

/// Carries the outcome of saving a card over to the session.
pub(crate) fn record_setup(
    work: &Work<'_>,
    session: &mut Session,
    intent: &SetupIntent,
    outcome: &Outcome,
) -> Result<(), StoreError> {
    session.awaiting_approval = match outcome {
        Outcome::NeedsAuthentication => intent.payment_method.clone(),
        _ => None,
    };
    match outcome {
        Outcome::Paid | Outcome::Processing => {
            complete(work, session, PaymentStatus::NoPaymentRequired)
        }
        Outcome::NeedsAuthentication | Outcome::Declined(_) => work.tx.put(session).map(|_| ()),
    }
}

/// Completes a session that costs nothing: no intent, no charge.
pub(crate) fn finish_free(work: &Work<'_>, session: &mut Session) -> Result<(), StoreError> {
    complete(work, session, PaymentStatus::NoPaymentRequired)
}

fn complete(
    work: &Work<'_>,
    session: &mut Session,
    payment_status: PaymentStatus,
) -> Result<(), StoreError> {
    session.status = SessionStatus::Complete;
    session.payment_status = payment_status;
    session.awaiting_approval = None;
    keep_address(work, session)?;
    if payment_status == PaymentStatus::Paid {
        invoice(work, session)?;
    }
    work.tx.put(session)?;
    work.tx.unplan(session.expires_at, &session.id)?;
    work.emit("checkout.session.completed", session.view(work.public_url))
}

fn create_customer(
    work: &Work<'_>,
    session: &mut Session,
    method: &PaymentMethod,
) -> Result<(), StoreError> {
    // An invoice is always made out to somebody.
    let wanted =
        session.customer_creation.as_deref() == Some("always") || session.invoice_data.is_some();
    if session.customer.is_some() || !wanted {
        return Ok(());
    }
    let mut customer = Customer::new(work.now);
    customer.email.clone_from(&method.email);
    customer.name.clone_from(&method.name);
    if let Some(country) = &session.payer_country {
        customer.address = Some(Address::of_country(Some(country)));
    }
    work.tx.put(&customer)?;
    work.emit("customer.created", customer.view())?;
    session.customer = Some(customer.id);
    Ok(())
}

/// The customer keeps the country the payer chose, where the session was made so.
fn keep_address(work: &Work<'_>, session: &Session) -> Result<(), StoreError> {
    let (true, Some(id), Some(country)) = (
        session.updates_address,
        &session.customer,
        &session.payer_country,
    ) else {
        return Ok(());
    };
    let Some(mut customer) = load::<Customer>(work.tx, id)? else {
        return Ok(());
    };
    let before = customer.view();
    customer.address = Some(Address::of_country(Some(country)));
    work.tx.put(&customer)?;
    work.emit_change("customer.updated", &before, customer.view())
}
