//! What the model remembers of Stripe's objects: the furthest snapshot of each, and a payment's
//! receipt once it was seen.

use ledger::purchase::{
    DisputeState, Evidence, Facts, PaymentIntentSnapshot, PaymentIntentState, RefundState,
    SessionSnapshot, SessionState,
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

/// A refund that went out can come back, and then it stays.
const fn way_of_refund(state: RefundState) -> u8 {
    match state {
        RefundState::Pending => 0,
        RefundState::RequiresAction => 1,
        RefundState::Succeeded => 2,
        RefundState::Canceled => 3,
        RefundState::Failed => 4,
    }
}

/// An inquiry may become a dispute; the bank's word ends it.
const fn way_of_dispute(state: DisputeState) -> u8 {
    match state {
        DisputeState::Inquiry => 0,
        DisputeState::NeedsResponse => 1,
        DisputeState::UnderReview => 2,
        DisputeState::Unknown => 3,
        DisputeState::Prevented => 4,
        DisputeState::Won => 5,
        DisputeState::Lost => 6,
    }
}

pub(super) fn learn(facts: &mut Facts, evidence: &Evidence) {
    match evidence {
        Evidence::Session(news) => learn_session(facts, news),
        Evidence::PaymentIntent(news) => learn_payment(facts, news),
        Evidence::Refund(news) => {
            let known = facts.refunds.get(&news.id);
            if known.is_none_or(|known| way_of_refund(known.state) < way_of_refund(news.state)) {
                facts.refunds.insert(news.id.clone(), news.clone());
            }
        }
        Evidence::Dispute(news) => {
            let known = facts.disputes.get(&news.id);
            if known.is_none_or(|known| way_of_dispute(known.state) < way_of_dispute(news.state)) {
                facts.disputes.insert(news.id.clone(), news.clone());
            }
        }
        // No story tells of one.
        Evidence::Invoice(_) => {}
        // Made only where it goes further than the one before.
        Evidence::Ruling(news) => {
            facts.rulings.insert(news.about.clone(), news.clone());
        }
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
