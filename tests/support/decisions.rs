//! Commands as the writer would carry them out, one transaction each, and the accounts and
//! purchases that tests make of them. It decides nothing itself.

use credits::store::{Basis, Decided, KeyWrite, Loaded, Store, StoreError, StoredAnswer};
use credits::writer::wanted_by;
use ledger::command::{
    Action, Adjustment, Command, NewPurchase, NewSession, Outcome, PurchaseEvidence,
};
use ledger::credits::Credits;
use ledger::ids::{AccountId, PurchaseId};
use ledger::instant::Instant;
use ledger::money::{Currency, Money};
use ledger::purchase::{
    CheckoutRequest, Evidence, Lane, PaymentIntentSnapshot, PaymentIntentState, SessionSnapshot,
    SessionState, Tax, Terms,
};
use ledger::rejection::Rejection;
use ledger::replay::{Key, KeyId};
use uuid::Uuid;

pub type Decision = Result<Outcome, Rejection>;

/// Loads, decides, stores.
pub async fn try_decide(
    store: &Store,
    command: &Command,
    now: Instant,
) -> Result<Decision, StoreError> {
    let decide = |mut loaded: Loaded| {
        let known = loaded.state.keys.clone();
        let decision = ledger::decide::decide(&mut loaded.state, command, now);
        let keys = key_write(command, &loaded, &known);
        let decided = Decided {
            state: loaded.state,
            keys: keys.into_iter().collect(),
        };
        Ok((decided, decision))
    };
    let wanted = wanted_by([command]);
    let written = store.write(&wanted, Basis::Stored, now, &decide).await;
    written.map(|(decision, _)| decision)
}

pub async fn decide(store: &Store, command: Command, now: Instant) -> Decision {
    try_decide(store, &command, now).await.unwrap()
}

fn key_write(
    command: &Command,
    loaded: &Loaded,
    known: &ledger::replay::UsedKeys,
) -> Option<KeyWrite> {
    let id = &command.key.as_ref()?.id;
    let used = loaded.state.keys.get(id)?;
    (known.get(id) != Some(used)).then(|| KeyWrite {
        id: id.clone(),
        fingerprint: used.fingerprint,
        purchase_id: used.purchase_id,
        answer: used.answered.then(answer),
        is_new: !known.contains_key(id),
    })
}

pub fn answer() -> StoredAnswer {
    StoredAnswer {
        status: 201,
        body: b"{\"credits\":\"1\"}".to_vec(),
    }
}

pub fn account(name: &str) -> AccountId {
    AccountId::parse(name).unwrap()
}

pub fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

pub fn credits(text: &str) -> Credits {
    Credits::parse_signed(text).unwrap()
}

pub fn purchase_id(number: u128) -> PurchaseId {
    PurchaseId::from_uuid(Uuid::from_u128(
        0x0198_0000_0000_7000_8000_0000_0000_0000 + number,
    ))
}

pub fn key(owner: &str, number: u8) -> Key {
    Key {
        id: KeyId {
            owner: account(owner),
            digest: [number; 16],
        },
        fingerprint: [number.wrapping_add(100); 16],
    }
}

pub fn command(account_id: &AccountId, action: Action) -> Command {
    Command {
        account_id: account_id.clone(),
        key: None,
        action,
    }
}

pub fn adjust(account_id: &AccountId, amount: &str, end: Option<&str>) -> Command {
    let adjustment = Adjustment {
        credits: credits(amount),
        reason: "goodwill".to_owned(),
        actor: "admin-1".to_owned(),
        expires_at: end.map(at),
    };
    command(account_id, Action::Adjust(adjustment))
}

/// A thousand credits and a bonus of fifty for ten dollars.
pub fn terms(account_id: &AccountId, number: u128) -> Terms {
    Terms {
        purchase_id: purchase_id(number),
        account_id: account_id.clone(),
        credits: credits("1000"),
        bonus: credits("50"),
        price: Money {
            amount_minor: 1_000,
            currency: Currency::USD,
        },
        tax: Tax::Off,
        promotion: None,
        livemode: false,
        lane: Lane::Checkout,
        session_id: None,
    }
}

/// Each number asks in a way of its own, so that no two are the same open request.
pub fn open(account_id: &AccountId, number: u128) -> Command {
    let request = CheckoutRequest {
        package_id: Some("starter".to_owned()),
        title: "1000 credits".to_owned(),
        success_url: format!("https://platform.test/paid/{number}"),
        cancel_url: "https://platform.test/credits".to_owned(),
        with_invoice: false,
        expires_at: at("2026-03-02T12:00:00Z"),
    };
    let terms = terms(account_id, number);
    command(
        account_id,
        Action::OpenPurchase(NewPurchase { terms, request }),
    )
}

pub fn session_id(number: u128) -> String {
    format!("cs_{number}")
}

pub fn record(account_id: &AccountId, number: u128) -> Command {
    let session = NewSession {
        purchase_id: purchase_id(number),
        session_id: session_id(number),
        url: Some(format!("https://pay.test/{number}")),
    };
    command(account_id, Action::RecordSession(session))
}

pub fn session(account_id: &AccountId, number: u128, state: SessionState) -> SessionSnapshot {
    SessionSnapshot {
        id: session_id(number),
        state,
        amount_total_minor: Some(1_000),
        amount_tax_minor: None,
        currency: Some("usd".to_owned()),
        livemode: false,
        client_reference_id: Some(purchase_id(number).to_string()),
        metadata_purchase_id: Some(purchase_id(number).to_string()),
        metadata_account_id: Some(account_id.to_string()),
        payment_intent_id: Some(format!("pi_{number}")),
    }
}

pub fn intent(number: u128, state: PaymentIntentState, seen: &str) -> PaymentIntentSnapshot {
    PaymentIntentSnapshot {
        id: format!("pi_{number}"),
        state,
        observed_at: at(seen),
        purchase_id: Some(purchase_id(number).to_string()),
        receipt_url: Some(format!("https://receipts.example/{number}")),
        charged: None,
        decline: None,
    }
}

pub fn evidence(account_id: &AccountId, number: u128, evidence: Vec<Evidence>) -> Command {
    let news = PurchaseEvidence {
        purchase_id: purchase_id(number),
        evidence,
        next_check_at: at("2026-03-01T13:00:00Z"),
    };
    command(account_id, Action::ApplyEvidence(news))
}

/// Opens a purchase, ties it to its session and pays it.
pub async fn buy(store: &Store, account_id: &AccountId, number: u128, now: Instant) {
    let paid = Evidence::Session(session(account_id, number, SessionState::CompletePaid));
    for command in [
        open(account_id, number),
        record(account_id, number),
        evidence(account_id, number, vec![paid]),
    ] {
        decide(store, command, now).await.unwrap();
    }
}
