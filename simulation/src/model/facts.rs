//! What the model remembers of Stripe's objects: the furthest snapshot of each, and a payment's
//! receipt once it was seen.

use ledger::purchase::{
    Evidence, Facts, PaymentIntentSnapshot, PaymentIntentState, SessionSnapshot, SessionState,
};

/// How far a session has come: money beats its absence, complete beats expired, expired beats open.
const fn distance(state: SessionState) -> u8 {
    match state {
        SessionState::Open => 0,
        SessionState::Expired => 1,
        SessionState::CompleteUnpaid => 2,
        SessionState::CompletePaymentFailed => 3,
        SessionState::CompleteUnknown => 4,
        SessionState::CompleteNoPaymentRequired => 5,
        SessionState::CompletePaid => 6,
    }
}

/// Success is the last word, then cancellation; otherwise what was seen last.
const fn finality(state: PaymentIntentState) -> u8 {
    match state {
        PaymentIntentState::Succeeded => 2,
        PaymentIntentState::Canceled => 1,
        _ => 0,
    }
}

pub(super) fn learn(facts: &mut Facts, evidence: &Evidence) {
    match evidence {
        Evidence::Session(news) => learn_session(facts, news),
        Evidence::PaymentIntent(news) => learn_payment(facts, news),
    }
}

fn learn_session(facts: &mut Facts, news: &SessionSnapshot) {
    let known = facts.sessions.get(&news.id);
    if known.is_none_or(|known| distance(known.state) < distance(news.state)) {
        facts.sessions.insert(news.id.clone(), news.clone());
    }
}

fn learn_payment(facts: &mut Facts, news: &PaymentIntentSnapshot) {
    let known = facts.payment_intents.get(&news.id);
    let receipts = [
        known.and_then(|it| it.receipt_url.clone()),
        news.receipt_url.clone(),
    ];
    let receipt_url = receipts.into_iter().flatten().max();
    let said = |it: &PaymentIntentSnapshot| (finality(it.state), it.observed_at);
    let furthest = match known {
        Some(known) if said(known) >= said(news) => known.clone(),
        _ => news.clone(),
    };
    let furthest = PaymentIntentSnapshot {
        receipt_url,
        ..furthest
    };
    facts.payment_intents.insert(news.id.clone(), furthest);
}
