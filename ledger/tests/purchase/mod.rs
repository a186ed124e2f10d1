//! From Stripe's facts to the state of a purchase.

mod grants;
mod lattice;
mod payments;
mod stories;
mod story_book;
mod story_book_review;
mod taxes;
mod verdicts;

use ledger::credits::Credits;
use ledger::ids::{AccountId, PurchaseId};
use ledger::instant::Instant;
use ledger::money::{Currency, Money};
use ledger::purchase::{
    Evidence, Facts, Lane, PaymentIntentSnapshot, PaymentIntentState, PurchaseStatus,
    SessionSnapshot, SessionState, Target, Tax, Terms, target,
};
use uuid::Uuid;

const OURS: &str = "cs_ours";
const OTHER: &str = "cs_other";
const PAYMENT: &str = "pi_ours";

fn purchase_id() -> PurchaseId {
    PurchaseId::from_uuid(Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0001))
}

/// 1 000 credits and 50 more for 10 dollars, live, with a session known by its id.
fn terms() -> Terms {
    Terms {
        purchase_id: purchase_id(),
        account_id: AccountId::parse("acct-7").unwrap(),
        credits: Credits::from_whole(1_000).unwrap(),
        bonus: Credits::from_whole(50).unwrap(),
        price: Money {
            amount_minor: 1_000,
            currency: Currency::USD,
        },
        tax: Tax::Off,
        promotion: None,
        livemode: true,
        lane: Lane::Checkout,
        session_id: Some(OURS.to_owned()),
    }
}

fn without_session_id(terms: &Terms) -> Terms {
    Terms {
        session_id: None,
        ..terms.clone()
    }
}

fn free_terms() -> Terms {
    let mut terms = terms();
    terms.price.amount_minor = 0;
    terms
}

/// What Stripe shows of a session made for `terms()`.
fn session(id: &str, state: SessionState) -> SessionSnapshot {
    SessionSnapshot {
        id: id.to_owned(),
        state,
        amount_total_minor: Some(1_000),
        amount_tax_minor: None,
        currency: Some("usd".to_owned()),
        livemode: true,
        client_reference_id: Some(purchase_id().to_string()),
        metadata_purchase_id: Some(purchase_id().to_string()),
        metadata_account_id: Some("acct-7".to_owned()),
        payment_intent_id: Some(PAYMENT.to_owned()),
    }
}

fn payment(state: PaymentIntentState, second: i64) -> PaymentIntentSnapshot {
    PaymentIntentSnapshot {
        id: PAYMENT.to_owned(),
        state,
        observed_at: Instant::from_unix_seconds(1_800_000_000 + second).unwrap(),
        purchase_id: Some(purchase_id().to_string()),
        receipt_url: None,
        charged: None,
        decline: None,
    }
}

/// A session in a given state, changed in one way.
fn odd(state: SessionState, change: impl Fn(&mut SessionSnapshot)) -> SessionSnapshot {
    let mut odd = session(OURS, state);
    change(&mut odd);
    odd
}

fn ours(state: SessionState) -> Evidence {
    Evidence::Session(session(OURS, state))
}

fn other(state: SessionState) -> Evidence {
    Evidence::Session(session(OTHER, state))
}

fn paying(state: PaymentIntentState, second: i64) -> Evidence {
    Evidence::PaymentIntent(payment(state, second))
}

fn facts(evidence: &[Evidence]) -> Facts {
    let mut facts = Facts::default();
    for item in evidence {
        facts.merge(item.clone());
    }
    facts
}

fn status(terms: &Terms, evidence: &[Evidence]) -> PurchaseStatus {
    target_of(terms, evidence).status
}

fn target_of(terms: &Terms, evidence: &[Evidence]) -> Target {
    target(terms, &facts(evidence))
}
