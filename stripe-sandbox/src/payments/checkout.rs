//! What an attempt to pay does to its checkout session; only an open session may come here.

use super::{Outcome, Work, new_intent};
use crate::objects::customer::Customer;
use crate::objects::payment_intent::{IntentStatus, PaymentIntent};
use crate::objects::payment_method::PaymentMethod;
use crate::objects::session::{PaymentStatus, Session, SessionStatus};
use crate::store::{StoreError, load};

/// The session's intent, made at the first attempt, and the payment method stored for it.
pub(crate) fn open_attempt(
    work: &Work<'_>,
    session: &mut Session,
    method: &mut PaymentMethod,
) -> Result<PaymentIntent, StoreError> {
    if let Some(id) = &session.intent
        && let Some(intent) = load::<PaymentIntent>(work.tx, id)?
    {
        keep_method(work, session, method)?;
        return Ok(intent);
    }
    create_customer(work, session, method)?;
    keep_method(work, session, method)?;
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
    work.tx.put(session)?;
    work.tx.unplan(session.expires_at, &session.id)?;
    work.emit("checkout.session.completed", session.view(work.public_url))
}

fn create_customer(
    work: &Work<'_>,
    session: &mut Session,
    method: &PaymentMethod,
) -> Result<(), StoreError> {
    if session.customer.is_some() || session.customer_creation.as_deref() != Some("always") {
        return Ok(());
    }
    let mut customer = Customer::new(work.now);
    customer.email.clone_from(&method.email);
    customer.name.clone_from(&method.name);
    work.tx.put(&customer)?;
    work.emit("customer.created", customer.view())?;
    session.customer = Some(customer.id);
    Ok(())
}

/// A method is the customer's own when it may be used again.
fn keep_method(
    work: &Work<'_>,
    session: &Session,
    method: &mut PaymentMethod,
) -> Result<(), StoreError> {
    if session.intent_data.setup_future_usage.is_some() {
        method.customer.clone_from(&session.customer);
    }
    work.tx.put(method).map(|_| ())
}
