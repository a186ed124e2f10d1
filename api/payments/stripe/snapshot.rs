//! Stripe's answer about a session or a payment, as evidence. It keeps what was said, and leaves out what is
//! not needed to judge it.

use ledger::instant::Instant;
use ledger::purchase::{
    Charged, Evidence, InvoiceSnapshot, PaymentIntentSnapshot, PaymentIntentState, SessionSnapshot,
};
use stripe_checkout::CheckoutSession;
use stripe_core::PaymentIntent;
use stripe_types::Expandable;

use crate::payments::states::{
    ACCOUNT_ID, LastAttempt, PURCHASE_ID, decline, payment_intent_state, session_state, storable,
};

/// The session, then its payment if Stripe has shown it.
pub(super) fn evidence(session: CheckoutSession, asked_at: Instant) -> Vec<Evidence> {
    let status = session.status.as_ref().map(|status| status.as_str());
    let state = session_state(status, session.payment_status.as_str());
    let mut metadata = session.metadata.unwrap_or_default();
    let mut payment_intent_id = None;
    let mut payment_intent = None;
    if let Some(payment) = session.payment_intent {
        payment_intent_id = Some(payment.id().to_string());
        payment_intent = payment.into_object();
    }
    let invoice = session.invoice.and_then(|invoice| invoice.into_object());
    let invoice = invoice.and_then(|invoice| {
        Some(InvoiceSnapshot {
            id: invoice.id?.to_string(),
            hosted_url: invoice.hosted_invoice_url.map(storable),
        })
    });
    let mut evidence = vec![Evidence::Session(SessionSnapshot {
        id: session.id.to_string(),
        state,
        amount_total_minor: session.amount_total,
        amount_tax_minor: session.total_details.map(|details| details.amount_tax),
        currency: session.currency.map(|currency| currency.to_string()),
        livemode: session.livemode,
        client_reference_id: session.client_reference_id.map(storable),
        metadata_purchase_id: metadata.remove(PURCHASE_ID).map(storable),
        metadata_account_id: metadata.remove(ACCOUNT_ID).map(storable),
        payment_intent_id,
    })];
    if let Some(invoice) = invoice {
        evidence.push(Evidence::Invoice(invoice));
    }
    if let Some(payment) = payment_intent {
        let payment = payment_snapshot(payment, asked_at);
        evidence.push(Evidence::PaymentIntent(payment));
    }
    evidence
}

/// A payment as Stripe shows it. Its receipt is known where the charge is shown with it.
pub(super) fn payment_snapshot(
    mut payment: PaymentIntent,
    asked_at: Instant,
) -> PaymentIntentSnapshot {
    let last_attempt = match payment.last_payment_error {
        Some(_) => LastAttempt::Failed,
        None => LastAttempt::NoneOrPending,
    };
    let state = payment_intent_state(payment.status.as_str(), last_attempt);
    let charge = payment
        .latest_charge
        .and_then(|charge| charge.into_object());
    let decline = payment.last_payment_error.map(|error| {
        let code = error.code.map(|code| code.to_string());
        decline(code, error.decline_code, error.advice_code.as_deref())
    });
    PaymentIntentSnapshot {
        state,
        id: payment.id.to_string(),
        observed_at: whole_seconds(asked_at),
        receipt_url: charge.and_then(|charge| charge.receipt_url).map(storable),
        charged: (state == PaymentIntentState::Succeeded).then(|| Charged {
            amount_minor: payment.amount_received,
            currency: payment.currency.to_string(),
            livemode: payment.livemode,
            account_id: payment.metadata.remove(ACCOUNT_ID).map(storable),
        }),
        purchase_id: payment.metadata.remove(PURCHASE_ID).map(storable),
        decline: decline.filter(|_| state == PaymentIntentState::Failed),
    }
}

/// What the charge says of money that went back. Which, is for its refunds and disputes to say.
pub(super) struct WentBack {
    pub payment_intent_id: String,
    pub is_refunded: bool,
    pub is_disputed: bool,
}

pub(super) fn went_back(payment: &PaymentIntent) -> WentBack {
    let charge = payment.latest_charge.as_ref();
    let charge = charge.and_then(Expandable::as_object);
    WentBack {
        payment_intent_id: payment.id.to_string(),
        is_refunded: charge.is_some_and(|charge| charge.amount_refunded > 0),
        is_disputed: charge.is_some_and(|charge| charge.disputed),
    }
}

/// Events carry whole seconds. A finer moment here would look later than an event that came after
/// it within the same second.
fn whole_seconds(moment: Instant) -> Instant {
    Instant::from_unix_seconds(moment.unix_seconds()).unwrap_or(moment)
}
