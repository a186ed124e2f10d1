//! The words of the tables: what a name, an amount or a date in them stands for.

use ledger::command::NewPurchase;
use ledger::credits::Credits;
use ledger::ids::{AccountId, LotId, PurchaseId};
use ledger::instant::Instant;
use ledger::lot::Source;
use ledger::money::{Currency, Money};
use ledger::purchase::{
    CheckoutRequest, DisputeSnapshot, DisputeState, Evidence, Lane, RefundSnapshot, RefundState,
    SessionSnapshot, SessionState, Tax, Terms,
};
use ledger::replay::{Key, KeyId};
use uuid::Uuid;

pub fn account_id() -> AccountId {
    AccountId::parse("acct-7").unwrap()
}

pub fn credits(text: &str) -> Credits {
    Credits::parse_signed(text).unwrap()
}

/// A date alone is its midnight.
pub fn instant(text: &str) -> Instant {
    let full = if text.contains('T') {
        text.to_owned()
    } else {
        format!("{text}T00:00:00Z")
    };
    full.parse().unwrap()
}

/// Lots that a table begins with are named by a letter, and ordered by it.
pub fn lot_id(name: &str) -> LotId {
    let letter = name.bytes().next().unwrap();
    LotId::from_uuid(Uuid::from_u128(u128::from(letter)))
}

pub fn purchase_id(number: &str) -> PurchaseId {
    PurchaseId::from_uuid(Uuid::from_u128(number.parse().unwrap()))
}

pub fn source(text: &str) -> Source {
    match text {
        "purchase" => Source::Purchase,
        "bonus" => Source::Bonus,
        "promotion" => Source::Promotion,
        "adjustment" => Source::Adjustment,
        _ => panic!("no source: {text}"),
    }
}

/// `7` is a request under key 7, `7/2` a different one under the same key.
pub fn key(text: &str) -> Key {
    let (digest, fingerprint) = text.split_once('/').unwrap_or((text, "0"));
    Key {
        id: KeyId {
            owner: account_id(),
            digest: [digest.parse().unwrap(); 16],
        },
        fingerprint: [fingerprint.parse().unwrap(); 16],
    }
}

/// A thousand credits and fifty more for ten dollars, asked for in a way of its own.
pub fn new_purchase(number: &str, shop: &str, bonus: &str) -> NewPurchase {
    NewPurchase {
        terms: Terms {
            purchase_id: purchase_id(number),
            account_id: account_id(),
            credits: credits("1000"),
            bonus: credits(bonus),
            price: Money {
                amount_minor: 1_000,
                currency: Currency::USD,
            },
            tax: Tax::Off,
            promotion: None,
            livemode: true,
            lane: Lane::Checkout,
            session_id: None,
        },
        request: CheckoutRequest {
            package_id: Some("starter".to_owned()),
            title: "1000 credits".to_owned(),
            success_url: format!("https://platform.test/{shop}"),
            cancel_url: "https://platform.test/credits".to_owned(),
            with_invoice: false,
            expires_at: instant("2026-03-02T12:00:00Z"),
        },
    }
}

pub fn session(number: &str, state: &str) -> SessionSnapshot {
    let id = purchase_id(number).to_string();
    SessionSnapshot {
        id: format!("cs_{number}"),
        state: match state {
            "open" => SessionState::Open,
            "expired" => SessionState::Expired,
            "unpaid" => SessionState::CompleteUnpaid,
            "paid" | "overpaid" | "test-paid" => SessionState::CompletePaid,
            "free" => SessionState::CompleteNoPaymentRequired,
            _ => panic!("no session state: {state}"),
        },
        amount_total_minor: Some(if state == "overpaid" { 1_001 } else { 1_000 }),
        amount_tax_minor: None,
        currency: Some("usd".to_owned()),
        livemode: state != "test-paid",
        client_reference_id: Some(id.clone()),
        metadata_purchase_id: Some(id),
        metadata_account_id: Some(account_id().to_string()),
        payment_intent_id: Some(format!("pi_{number}")),
    }
}

/// A refund or a dispute of the purchase's payment.
pub fn reversal(number: &str, what: &str, id: &str, amount: &str, state: &str) -> Evidence {
    let id = format!("{what}_{number}_{id}");
    let amount_minor = amount.parse().unwrap();
    let currency = "usd".to_owned();
    let payment_intent_id = format!("pi_{number}");
    if what == "refund" {
        return Evidence::Refund(RefundSnapshot {
            state: match state {
                "pending" => RefundState::Pending,
                "succeeded" => RefundState::Succeeded,
                "failed" => RefundState::Failed,
                _ => panic!("no state of a refund: {state}"),
            },
            id,
            amount_minor,
            currency,
            payment_intent_id,
        });
    }
    Evidence::Dispute(DisputeSnapshot {
        state: match state {
            "inquiry" => DisputeState::Inquiry,
            "open" => DisputeState::NeedsResponse,
            "review" => DisputeState::UnderReview,
            "won" => DisputeState::Won,
            "lost" => DisputeState::Lost,
            _ => panic!("no state of a dispute: {state}"),
        },
        id,
        amount_minor,
        currency,
        payment_intent_id,
    })
}
