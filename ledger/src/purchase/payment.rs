//! A payment that may be for a purchase: a checkout session's, or one that an auto-recharge made with
//! the saved card. What is granted, given back and disputed is one of these, whichever it was.

use super::{
    Facts, Lane, PaymentIntentSnapshot, PaymentIntentState, SessionSnapshot, SessionState, Terms,
};

/// As far as one of Stripe's objects tells it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Payment<'a> {
    Session(&'a SessionSnapshot),
    /// Made with the saved card, and told by no session.
    OffSession(&'a PaymentIntentSnapshot),
}

/// All that may be for the purchase, the sessions first, each in the order of its id.
pub(super) fn payments<'a>(
    terms: &'a Terms,
    facts: &'a Facts,
) -> impl Iterator<Item = Payment<'a>> {
    let sessions = facts.sessions.values().map(Payment::Session);
    let off_session = off_session(terms, facts).map(Payment::OffSession);
    sessions.chain(off_session)
}

/// One that a session names is that session's, and counts there.
fn off_session<'a>(
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

impl<'a> Payment<'a> {
    /// The id of the session, or of the payment intent where there is no session.
    pub fn told_by(self) -> &'a str {
        match self {
            Payment::Session(session) => &session.id,
            Payment::OffSession(intent) => &intent.id,
        }
    }

    pub fn payment_intent_id(self) -> Option<&'a str> {
        match self {
            Payment::Session(session) => session.payment_intent_id.as_deref(),
            Payment::OffSession(intent) => Some(&intent.id),
        }
    }

    /// All that the payer paid, or is to pay.
    pub fn amount_minor(self) -> Option<i64> {
        match self {
            Payment::Session(session) => session.amount_total_minor,
            Payment::OffSession(intent) => intent.charged.as_ref().map(|it| it.amount_minor),
        }
    }

    /// What of it stands against our price.
    pub fn price_minor(self, terms: &Terms) -> Option<i64> {
        match self {
            Payment::Session(session) => terms.tax.price_in(session),
            Payment::OffSession(_) => self.amount_minor(),
        }
    }

    pub fn currency(self) -> Option<&'a str> {
        match self {
            Payment::Session(session) => session.currency.as_deref(),
            Payment::OffSession(intent) => intent.charged.as_ref().map(|it| it.currency.as_str()),
        }
    }

    /// Whether money came in, whoever it was for.
    pub fn is_paid(self) -> bool {
        match self {
            Payment::Session(session) => session.state == SessionState::CompletePaid,
            Payment::OffSession(intent) => intent.state == PaymentIntentState::Succeeded,
        }
    }
}
