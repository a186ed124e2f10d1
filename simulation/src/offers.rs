//! What can be bought in a story, and what Stripe's objects look like. A session's number says what
//! is wrong with it; its state comes from the story. So no two snapshots of one session differ in
//! anything that the order of snapshots leaves open.

use ledger::credits::Credits;
use ledger::ids::{AccountId, PurchaseId};
use ledger::instant::Instant;
use ledger::money::{Currency, Money};
use ledger::purchase::{
    CheckoutRequest, DisputeSnapshot, DisputeState, Evidence, Lane, PaymentIntentSnapshot,
    PaymentIntentState, RefundSnapshot, RefundState, SessionSnapshot, SessionState, Tax, Terms,
};

use crate::story::Said;

/// Credits, bonus, price.
const OFFERS: [(i64, i64, i64); 5] = [
    (100, 10, 500),
    (700, 0, 3_000),
    (5_000_000, 250_000, 900),
    (3, 0, 0),
    (8_999_999_000_000_000, 0, 90_000),
];

pub const HUGE_OFFER: u8 = 4;
pub const SESSION_COUNT: u8 = 9;
pub const SESSION_STATES: [SessionState; 7] = [
    SessionState::Open,
    SessionState::Expired,
    SessionState::CompleteUnpaid,
    SessionState::CompletePaymentFailed,
    SessionState::CompleteUnknown,
    SessionState::CompleteNoPaymentRequired,
    SessionState::CompletePaid,
];
pub const PAYMENT_STATES: [PaymentIntentState; 5] = [
    PaymentIntentState::AwaitingCustomer,
    PaymentIntentState::Processing,
    PaymentIntentState::Failed,
    PaymentIntentState::Canceled,
    PaymentIntentState::Succeeded,
];

pub const REFUND_STATES: [RefundState; 5] = [
    RefundState::Pending,
    RefundState::RequiresAction,
    RefundState::Succeeded,
    RefundState::Canceled,
    RefundState::Failed,
];
pub const DISPUTE_STATES: [DisputeState; 7] = [
    DisputeState::Inquiry,
    DisputeState::NeedsResponse,
    DisputeState::UnderReview,
    DisputeState::Unknown,
    DisputeState::Prevented,
    DisputeState::Won,
    DisputeState::Lost,
];
/// How many refunds and how many disputes a payment has at most.
pub const REVERSALS: u8 = 5;

pub fn terms(offer: u8, purchase_id: PurchaseId, account_id: &AccountId) -> Terms {
    let (credits, bonus, amount_minor) = OFFERS[usize::from(offer)];
    Terms {
        purchase_id,
        account_id: account_id.clone(),
        credits: Credits::from_micro(credits),
        bonus: Credits::from_micro(bonus),
        price: Money {
            amount_minor,
            currency: Currency::USD,
        },
        tax: Tax::Off,
        promotion: None,
        livemode: true,
        lane: Lane::Checkout,
        session_id: None,
    }
}

pub fn request(shop: u8, expires_at: Instant) -> CheckoutRequest {
    CheckoutRequest {
        package_id: Some("starter".to_owned()),
        title: "Credits".to_owned(),
        success_url: format!("https://platform.test/{shop}"),
        cancel_url: "https://platform.test/credits".to_owned(),
        with_invoice: false,
        expires_at,
    }
}

pub fn session_id(purchase: PurchaseId, session: u8) -> String {
    format!("cs_{purchase}_{session}")
}

fn payment_id(purchase: PurchaseId, session: u8) -> String {
    format!("pi_{purchase}_{session}")
}

/// The number that a session's id ends in.
pub fn session_number(id: &str) -> u8 {
    let number = id.rsplit('_').next();
    number.and_then(|it| it.parse().ok()).unwrap_or(0)
}

/// What may be wrong with a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    OtherAmount,
    OtherCurrency,
    OtherMode,
    OtherAccount,
    NamesNoPurchase,
    OtherPurchase,
    NamesNoAccount,
}

/// Sessions 0 and 6 are as they should be.
pub const fn flaw(session: u8) -> Option<Flaw> {
    match session {
        1 => Some(Flaw::OtherAmount),
        2 => Some(Flaw::OtherCurrency),
        3 => Some(Flaw::OtherMode),
        4 => Some(Flaw::OtherAccount),
        5 => Some(Flaw::NamesNoPurchase),
        7 => Some(Flaw::OtherPurchase),
        8 => Some(Flaw::NamesNoAccount),
        _ => None,
    }
}

pub fn evidence(said: Said, offer: u8, purchase: PurchaseId, account: &AccountId) -> Evidence {
    let (_, _, price) = OFFERS[usize::from(offer)];
    match said {
        Said::Session { session, state } => Evidence::Session(snapshot(
            session,
            SESSION_STATES[usize::from(state)],
            price,
            purchase,
            account,
        )),
        Said::Payment {
            session,
            state,
            seen,
            receipt,
        } => Evidence::PaymentIntent(PaymentIntentSnapshot {
            id: payment_id(purchase, session),
            state: PAYMENT_STATES[usize::from(state)],
            observed_at: Instant::from_micros(seen),
            purchase_id: Some(purchase.to_string()),
            receipt_url: (receipt > 0).then(|| format!("https://receipts.test/{receipt}")),
            charged: None,
            decline: None,
        }),
        Said::Refund {
            session,
            refund,
            state,
        } => Evidence::Refund(RefundSnapshot {
            id: format!("re_{purchase}_{session}_{refund}"),
            state: REFUND_STATES[usize::from(state)],
            amount_minor: part_of(price, refund),
            currency: currency(session).to_owned(),
            payment_intent_id: payment_id(purchase, session),
        }),
        Said::Dispute {
            session,
            dispute,
            state,
        } => Evidence::Dispute(DisputeSnapshot {
            id: format!("du_{purchase}_{session}_{dispute}"),
            state: DISPUTE_STATES[usize::from(state)],
            amount_minor: part_of(price, dispute),
            currency: currency(session).to_owned(),
            payment_intent_id: payment_id(purchase, session),
        }),
    }
}

/// How much of a price goes back: nothing of it or more than it, now and then.
fn part_of(price: i64, number: u8) -> i64 {
    match number {
        0 => price,
        1 => price / 3,
        2 => price / 2 + 1,
        3 => 1,
        _ => price + 7,
    }
}

const fn currency(session: u8) -> &'static str {
    match flaw(session) {
        Some(Flaw::OtherCurrency) => "eur",
        _ => "usd",
    }
}

fn snapshot(
    session: u8,
    state: SessionState,
    price: i64,
    purchase: PurchaseId,
    account: &AccountId,
) -> SessionSnapshot {
    let flaw = flaw(session);
    let is = |it| flaw == Some(it);
    let names = (!is(Flaw::NamesNoPurchase)).then(|| {
        if is(Flaw::OtherPurchase) {
            "another".to_owned()
        } else {
            purchase.to_string()
        }
    });
    SessionSnapshot {
        id: session_id(purchase, session),
        state,
        amount_total_minor: Some(if is(Flaw::OtherAmount) {
            price + 1
        } else {
            price
        }),
        amount_tax_minor: None,
        currency: Some(currency(session).to_owned()),
        livemode: !is(Flaw::OtherMode),
        client_reference_id: names.clone(),
        metadata_purchase_id: names,
        metadata_account_id: (!is(Flaw::NamesNoAccount)).then(|| {
            if is(Flaw::OtherAccount) {
                "another".to_owned()
            } else {
                account.to_string()
            }
        }),
        payment_intent_id: Some(payment_id(purchase, session)),
    }
}
