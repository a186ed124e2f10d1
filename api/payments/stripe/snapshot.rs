//! Stripe's answer about a session, as evidence. It keeps what was said, and leaves out what is
//! not needed to judge it.

use ledger::instant::Instant;
use ledger::purchase::{Evidence, InvoiceSnapshot, PaymentIntentSnapshot, SessionSnapshot};
use stripe_checkout::CheckoutSession;

use crate::payments::states::{
    ACCOUNT_ID, LastAttempt, PURCHASE_ID, payment_intent_state, session_state, storable,
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
    if let Some(mut payment) = payment_intent {
        let last_attempt = match payment.last_payment_error {
            Some(_) => LastAttempt::Failed,
            None => LastAttempt::NoneOrPending,
        };
        let charge = payment
            .latest_charge
            .and_then(|charge| charge.into_object());
        evidence.push(Evidence::PaymentIntent(PaymentIntentSnapshot {
            state: payment_intent_state(payment.status.as_str(), last_attempt),
            id: payment.id.to_string(),
            observed_at: whole_seconds(asked_at),
            purchase_id: payment.metadata.remove(PURCHASE_ID).map(storable),
            receipt_url: charge.and_then(|charge| charge.receipt_url).map(storable),
        }));
    }
    evidence
}

/// What the charge says of money that went back. Which, is for its refunds and disputes to say.
pub(super) struct WentBack {
    pub payment_intent_id: String,
    pub is_refunded: bool,
    pub is_disputed: bool,
}

pub(super) fn went_back(session: &CheckoutSession) -> Option<WentBack> {
    let payment = session.payment_intent.as_ref()?;
    let intent = payment.as_object();
    let charge = intent.and_then(|it| it.latest_charge.as_ref()?.as_object());
    Some(WentBack {
        payment_intent_id: payment.id().to_string(),
        is_refunded: charge.is_some_and(|charge| charge.amount_refunded > 0),
        is_disputed: charge.is_some_and(|charge| charge.disputed),
    })
}

/// Events carry whole seconds. A finer moment here would look later than an event that came after
/// it within the same second.
fn whole_seconds(moment: Instant) -> Instant {
    Instant::from_unix_seconds(moment.unix_seconds()).unwrap_or(moment)
}
