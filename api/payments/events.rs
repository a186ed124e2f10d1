//! Reads a webhook: first its envelope, enough to store it, then what it is evidence of. It takes
//! the object's word and never the event's name, and nothing it reads is an amount of credits.
//!
//! Unknown fields pass; what is needed must have its type. Verify the signature first.

mod cards;
mod objects;
mod reversals;

use ledger::ids::{AccountId, PurchaseId};
use ledger::instant::Instant;
use ledger::purchase::Evidence;
use serde::Deserialize;
use serde_json::Value;

use cards::{Customer, PaymentMethod};
use objects::{Charge, Invoice, PaymentIntent, Session};
use reversals::{Dispute, Refund};

/// An event without its object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    pub id: String,
    pub kind: String,
    pub livemode: bool,
    pub created: Instant,
    /// The connected account the event is about, if it is not about our own.
    pub account: Option<String>,
}

/// What an event is to us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    About {
        purchase_id: PurchaseId,
        account_id: AccountId,
        evidence: Vec<Evidence>,
    },
    /// Whose payment it is, Stripe has to be asked.
    OfPayment {
        payment_intent_id: String,
        evidence: Vec<Evidence>,
    },
    /// Something has changed, and Stripe has to be asked what.
    AskAbout {
        purchase_id: PurchaseId,
        account_id: AccountId,
    },
    /// A saved card, or the page on which one is saved.
    AboutCard(CardNews),
    /// A label for metrics and for the inbox.
    Ignored(&'static str),
    /// One of ours, and not as Stripe writes them: somebody has to look.
    Unreadable(String),
}

/// What an event says of a saved card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardNews {
    SessionCompleted {
        account_id: AccountId,
        session_id: String,
    },
    Detached {
        payment_method_id: String,
    },
    CustomerDeleted {
        account_id: AccountId,
        customer_id: String,
    },
}

#[derive(Debug, thiserror::Error)]
pub enum EnvelopeError {
    #[error("not an event: {0}")]
    NotAnEvent(#[from] serde_json::Error),
    #[error("an event's id and type are 1 to 255 visible ASCII characters")]
    NameIsNotPlain,
    #[error("the event's time lies outside the calendar")]
    TimeIsOutsideTheCalendar,
}

#[derive(Deserialize)]
struct Head {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    livemode: bool,
    created: Created,
    account: Option<String>,
}

/// Seconds in the events we know, a text in the thin ones of API v2.
#[derive(Deserialize)]
#[serde(untagged)]
enum Created {
    Seconds(i64),
    Text(String),
}

impl Envelope {
    pub fn read(payload: &str) -> Result<Envelope, EnvelopeError> {
        let head: Head = serde_json::from_str(payload)?;
        let plain = |name: &str| {
            (1..=255).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_graphic())
        };
        if !plain(&head.id) || !plain(&head.kind) {
            return Err(EnvelopeError::NameIsNotPlain);
        }
        let created = match head.created {
            Created::Seconds(seconds) => Instant::from_unix_seconds(seconds),
            Created::Text(text) => text.parse().ok(),
        };
        Ok(Envelope {
            id: head.id,
            kind: head.kind,
            livemode: head.livemode,
            created: created.ok_or(EnvelopeError::TimeIsOutsideTheCalendar)?,
            account: head.account,
        })
    }
}

#[derive(Deserialize)]
struct Body {
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Value,
}

/// Reads what a stored event says about a purchase.
pub fn read_evidence(payload: &str) -> Reading {
    match try_read(payload) {
        Ok(reading) => reading,
        Err(error) => Reading::Unreadable(error),
    }
}

fn try_read(payload: &str) -> Result<Reading, String> {
    let envelope = Envelope::read(payload).map_err(|error| error.to_string())?;
    let object = || -> Result<Value, String> {
        let body: Body = serde_json::from_str(payload).map_err(|error| error.to_string())?;
        Ok(body.data.object)
    };
    let reading = match envelope.kind.as_str() {
        "checkout.session.completed"
        | "checkout.session.async_payment_succeeded"
        | "checkout.session.async_payment_failed"
        | "checkout.session.expired" => Session::read(object()?)?.reading(&envelope),
        "payment_intent.created"
        | "payment_intent.processing"
        | "payment_intent.payment_failed"
        | "payment_intent.canceled"
        | "payment_intent.succeeded" => PaymentIntent::read(object()?)?.reading(&envelope),
        "charge.succeeded" => Charge::read(object()?)?.reading(&envelope),
        "payment_method.detached" => PaymentMethod::read(object()?)?.reading(),
        "customer.deleted" => Customer::read(object()?)?.reading(),
        "invoice.paid" => Invoice::read(object()?)?.reading(),
        "charge.refunded" => Charge::read(object()?)?.to_ask_about(),
        "refund.created" | "refund.updated" | "refund.failed" | "charge.refund.updated" => {
            Refund::read(object()?)?.reading()
        }
        "charge.dispute.created"
        | "charge.dispute.updated"
        | "charge.dispute.closed"
        | "charge.dispute.funds_withdrawn"
        | "charge.dispute.funds_reinstated" => Dispute::read(object()?)?.reading(),
        // A warning moves no money; whoever heeds it refunds.
        "radar.early_fraud_warning.created" | "radar.early_fraud_warning.updated" => {
            Reading::Ignored("early_fraud_warning")
        }
        _ => Reading::Ignored("kind"),
    };
    Ok(reading)
}

#[cfg(test)]
mod tests;
