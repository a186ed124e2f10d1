//! The objects that events carry, as far as they are needed, and what each is evidence of. Whose
//! they are is read from what we put on them ourselves; anybody else's are passed over.

use std::collections::BTreeMap;

use ledger::ids::{AccountId, PurchaseId};
use ledger::purchase::{
    Charged, Evidence, InvoiceSnapshot, PaymentIntentSnapshot, PaymentIntentState, SessionSnapshot,
    SessionState,
};
use ledger::recharge::Decline;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use super::{Envelope, Reading, cards};
use crate::payments::states::{
    ACCOUNT_ID, LastAttempt, PURCHASE_ID, decline, payment_intent_state, session_state, storable,
};

/// No metadata of ours is on it: another application's, in the same Stripe account.
pub(super) const FOREIGN: Reading = Reading::Ignored("foreign");

/// Null where nothing was ever put on the object.
pub(super) type Metadata = Option<BTreeMap<String, String>>;

#[derive(Deserialize)]
pub(super) struct Session {
    id: String,
    mode: Option<String>,
    status: Option<String>,
    payment_status: String,
    amount_total: Option<i64>,
    total_details: Option<TotalDetails>,
    currency: Option<String>,
    livemode: bool,
    client_reference_id: Option<String>,
    metadata: Metadata,
    payment_intent: Option<Reference>,
}

#[derive(Deserialize)]
struct TotalDetails {
    amount_tax: Option<i64>,
}

#[derive(Deserialize)]
pub(super) struct PaymentIntent {
    id: String,
    status: String,
    amount_received: Option<i64>,
    currency: Option<String>,
    livemode: Option<bool>,
    last_payment_error: Option<PaymentError>,
    metadata: Metadata,
}

/// Why an attempt to pay failed.
#[derive(Deserialize)]
struct PaymentError {
    code: Option<String>,
    decline_code: Option<String>,
    advice_code: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Charge {
    status: String,
    captured: bool,
    receipt_url: Option<String>,
    payment_intent: Option<Reference>,
    metadata: Metadata,
}

#[derive(Deserialize)]
pub(super) struct Invoice {
    id: String,
    hosted_invoice_url: Option<String>,
    metadata: Metadata,
}

/// Another object, by its id or whole.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Reference {
    Id(String),
    Whole { id: String },
}

impl Reference {
    pub(super) fn into_id(self) -> String {
        match self {
            Reference::Id(id) | Reference::Whole { id } => storable(id),
        }
    }
}

/// Reads an object of one kind, and of no other.
pub(super) fn read<T: DeserializeOwned>(object: Value, kind: &str) -> Result<T, String> {
    if object.get("object").and_then(Value::as_str) != Some(kind) {
        return Err(format!("the event's object is not a {kind}"));
    }
    serde_json::from_value(object).map_err(|error| format!("{kind}: {error}"))
}

impl Session {
    pub(super) fn read(object: Value) -> Result<Session, String> {
        read(object, "checkout.session")
    }

    pub(super) fn reading(self, event: &Envelope) -> Reading {
        if self.mode.as_deref() == Some("setup") {
            return cards::session_completed(storable(self.id), &self.metadata, event);
        }
        // What we sent as reference can't be changed any more; metadata can.
        let named = self.client_reference_id.as_deref().and_then(purchase_id);
        let named = named.or_else(|| purchase_named_in(&self.metadata));
        let (Some(purchase_id), Some(account_id)) = (named, account_named_in(&self.metadata))
        else {
            return FOREIGN;
        };
        let mut metadata = self.metadata.unwrap_or_default();
        let mut state = session_state(self.status.as_deref(), &self.payment_status);
        // The object says `unpaid` before a delayed payment as well as after it has failed.
        if event.kind == "checkout.session.async_payment_failed"
            && state == SessionState::CompleteUnpaid
        {
            state = SessionState::CompletePaymentFailed;
        }
        let session = SessionSnapshot {
            id: storable(self.id),
            state,
            amount_total_minor: self.amount_total,
            amount_tax_minor: self.total_details.and_then(|details| details.amount_tax),
            currency: self.currency.map(storable),
            livemode: self.livemode,
            client_reference_id: self.client_reference_id.map(storable),
            metadata_purchase_id: metadata.remove(PURCHASE_ID).map(storable),
            metadata_account_id: metadata.remove(ACCOUNT_ID).map(storable),
            payment_intent_id: self.payment_intent.map(Reference::into_id),
        };
        Reading::About {
            purchase_id,
            account_id,
            evidence: vec![Evidence::Session(session)],
        }
    }
}

impl PaymentIntent {
    pub(super) fn read(object: Value) -> Result<PaymentIntent, String> {
        read(object, "payment_intent")
    }

    pub(super) fn reading(self, event: &Envelope) -> Reading {
        let failed =
            self.last_payment_error.is_some() || event.kind == "payment_intent.payment_failed";
        let last_attempt = if failed {
            LastAttempt::Failed
        } else {
            LastAttempt::NoneOrPending
        };
        let state = payment_intent_state(&self.status, last_attempt);
        let charged = match (state, self.amount_received, self.currency) {
            (PaymentIntentState::Succeeded, Some(amount_minor), Some(currency)) => Some(Charged {
                amount_minor,
                currency: storable(currency),
                livemode: self.livemode.unwrap_or(event.livemode),
                account_id: account_named_in(&self.metadata).map(|id| id.to_string()),
            }),
            _ => None,
        };
        let error = self.last_payment_error;
        let declined = error.filter(|_| state == PaymentIntentState::Failed);
        let declined =
            declined.map(|it| decline(it.code, it.decline_code, it.advice_code.as_deref()));
        let payment = Payment {
            id: storable(self.id),
            state,
            receipt_url: None,
            charged,
            decline: declined,
        };
        about_payment(payment, self.metadata, event)
    }
}

impl Charge {
    pub(super) fn read(object: Value) -> Result<Charge, String> {
        read(object, "charge")
    }

    /// What went back of a charge is in refunds of their own, which it does not carry any more.
    pub(super) fn to_ask_about(&self) -> Reading {
        match (
            purchase_named_in(&self.metadata),
            account_named_in(&self.metadata),
        ) {
            (Some(purchase_id), Some(account_id)) => Reading::AskAbout {
                purchase_id,
                account_id,
            },
            _ => FOREIGN,
        }
    }

    /// A charge carries a copy of its payment intent's metadata.
    pub(super) fn reading(self, event: &Envelope) -> Reading {
        let Some(payment_intent) = self.payment_intent else {
            return FOREIGN;
        };
        let state = if self.status == "succeeded" && self.captured {
            PaymentIntentState::Succeeded
        } else {
            PaymentIntentState::Processing
        };
        let receipt_url = self.receipt_url.map(storable);
        let payment = Payment {
            id: payment_intent.into_id(),
            state,
            receipt_url,
            charged: None,
            decline: None,
        };
        about_payment(payment, self.metadata, event)
    }
}

impl Invoice {
    pub(super) fn read(object: Value) -> Result<Invoice, String> {
        read(object, "invoice")
    }

    pub(super) fn reading(self) -> Reading {
        match (
            purchase_named_in(&self.metadata),
            account_named_in(&self.metadata),
        ) {
            (Some(purchase_id), Some(account_id)) => Reading::About {
                purchase_id,
                account_id,
                evidence: vec![Evidence::Invoice(InvoiceSnapshot {
                    id: storable(self.id),
                    hosted_url: self.hosted_invoice_url.map(storable),
                })],
            },
            _ => FOREIGN,
        }
    }
}

/// What an object says of a payment.
struct Payment {
    id: String,
    state: PaymentIntentState,
    receipt_url: Option<String>,
    charged: Option<Charged>,
    decline: Option<Decline>,
}

fn about_payment(payment: Payment, metadata: Metadata, event: &Envelope) -> Reading {
    let (Some(purchase_id), Some(account_id)) =
        (purchase_named_in(&metadata), account_named_in(&metadata))
    else {
        return FOREIGN;
    };
    let payment = PaymentIntentSnapshot {
        id: payment.id,
        state: payment.state,
        observed_at: event.created,
        purchase_id: Some(purchase_id.to_string()),
        receipt_url: payment.receipt_url,
        charged: payment.charged,
        decline: payment.decline,
    };
    Reading::About {
        purchase_id,
        account_id,
        evidence: vec![Evidence::PaymentIntent(payment)],
    }
}

pub(super) fn purchase_named_in(metadata: &Metadata) -> Option<PurchaseId> {
    purchase_id(metadata.as_ref()?.get(PURCHASE_ID)?)
}

pub(super) fn account_named_in(metadata: &Metadata) -> Option<AccountId> {
    AccountId::parse(metadata.as_ref()?.get(ACCOUNT_ID)?).ok()
}

/// Only as we write it ourselves: other applications use UUIDs as well.
fn purchase_id(text: &str) -> Option<PurchaseId> {
    let id = PurchaseId::from_uuid(Uuid::try_parse(text).ok()?);
    (id.to_string() == text).then_some(id)
}
