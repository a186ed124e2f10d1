//! A payment that may be for a purchase: a checkout session's, or one that an auto-recharge made with
//! the saved card. What is granted, given back and disputed is one of these, whichever it was.

use super::{Facts, Lane, PaymentIntentSnapshot, SessionSnapshot, Terms};

/// As far as one of Stripe's objects tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Payment<'a> {
    /// Of the session, or of the payment intent where there is no session.
    pub told_by: &'a str,
    pub payment_intent_id: Option<&'a str>,
    pub amount_minor: Option<i64>,
    pub currency: Option<&'a str>,
}

impl<'a> Payment<'a> {
    pub fn of_session(session: &'a SessionSnapshot) -> Payment<'a> {
        Payment {
            told_by: &session.id,
            payment_intent_id: session.payment_intent_id.as_deref(),
            amount_minor: session.amount_total_minor,
            currency: session.currency.as_deref(),
        }
    }

    pub fn of_intent(intent: &'a PaymentIntentSnapshot) -> Payment<'a> {
        let charged = intent.charged.as_ref();
        Payment {
            told_by: &intent.id,
            payment_intent_id: Some(&intent.id),
            amount_minor: charged.map(|charged| charged.amount_minor),
            currency: charged.map(|charged| charged.currency.as_str()),
        }
    }
}

/// The payments made with the saved card. One that a session names is that session's, and counts there.
pub(super) fn off_session<'a>(
    terms: &'a Terms,
    facts: &'a Facts,
) -> impl Iterator<Item = &'a PaymentIntentSnapshot> {
    let has_lane = matches!(terms.lane, Lane::Recharge(_));
    let intents = facts.payment_intents.values().filter(move |_| has_lane);
    intents.filter(|intent| {
        let mut sessions = facts.sessions.values();
        !sessions.any(|session| session.payment_intent_id.as_ref() == Some(&intent.id))
    })
}
