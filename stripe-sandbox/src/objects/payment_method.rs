//! A payment method: a card or a bank account that was used once and may be used again.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::card::Card;
use super::metadata::Metadata;
use crate::store::Record;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Instrument {
    Card(Card),
    /// A bank debit of this type (`us_bank_account`, `sepa_debit`, …), whose money arrives days later or not at all.
    Debit(String),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PaymentMethod {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) instrument: Instrument,
    pub(crate) customer: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) metadata: Metadata,
    /// The payer has approved of payments they aren't there for.
    pub(crate) set_up: bool,
    /// Used without a customer, or taken from one: never to be used again.
    pub(crate) spent: bool,
}

impl Record for PaymentMethod {
    const KIND: &'static str = "payment_method";
    fn id(&self) -> &str {
        &self.id
    }
}

impl PaymentMethod {
    pub(crate) fn new(created: i64, instrument: Instrument) -> PaymentMethod {
        PaymentMethod {
            id: super::new_id("pm_"),
            created,
            instrument,
            customer: None,
            email: None,
            name: None,
            metadata: Metadata::new(),
            set_up: false,
            spent: false,
        }
    }

    /// Stripe's name of the type.
    pub(crate) fn kind(&self) -> &str {
        match &self.instrument {
            Instrument::Card(_) => "card",
            Instrument::Debit(kind) => kind,
        }
    }

    pub(crate) fn billing_details(&self) -> Value {
        json!({
            "address": super::address::Address::default().view(),
            "email": self.email,
            "name": self.name,
            "phone": null,
            "tax_id": null,
        })
    }

    pub(crate) fn view(&self) -> Value {
        let mut object = json!({
            "allow_redisplay": "unspecified",
            "billing_details": self.billing_details(),
            "created": self.created,
            "customer": self.customer,
            "customer_account": null,
            "id": self.id,
            "livemode": false,
            "metadata": self.metadata,
            "object": "payment_method",
            "type": self.kind(),
        });
        if let Some(fields) = object.as_object_mut() {
            let details = match &self.instrument {
                Instrument::Card(card) => card_view(card),
                Instrument::Debit(kind) => debit_view(kind),
            };
            fields.insert(self.kind().to_owned(), details);
        }
        object
    }
}

fn card_view(card: &Card) -> Value {
    json!({
        "brand": card.brand,
        "checks": {
            "address_line1_check": null,
            "address_postal_code_check": null,
            "cvc_check": "pass",
        },
        "country": "US",
        "display_brand": card.brand,
        "exp_month": card.exp_month,
        "exp_year": card.exp_year,
        "fingerprint": fingerprint(&card.last4),
        "funding": "credit",
        "generated_from": null,
        "last4": card.last4,
        "networks": { "available": [card.brand], "preferred": null },
        "regulated_status": "unregulated",
        "three_d_secure_usage": { "supported": true },
        "wallet": null,
    })
}

/// The details of a bank debit, as charge and payment method carry them.
pub(crate) fn debit_view(kind: &str) -> Value {
    match kind {
        "us_bank_account" => json!({
            "account_holder_type": "individual",
            "account_type": "checking",
            "bank_name": "STRIPE TEST BANK",
            "fingerprint": fingerprint("6789"),
            "last4": "6789",
            "routing_number": "110000000",
        }),
        "sepa_debit" => json!({
            "bank_code": "37040044",
            "branch_code": "",
            "country": "DE",
            "fingerprint": fingerprint("3000"),
            "last4": "3000",
        }),
        _ => json!({ "fingerprint": fingerprint("6789"), "last4": "6789" }),
    }
}

/// The same number has the same fingerprint, as at Stripe.
pub(crate) fn fingerprint(last4: &str) -> String {
    format!("sandboxprint{last4}")
}
