//! A customer: somebody who pays. Subscriptions, which Stripe hangs on it, don't exist here.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::address::Address;
use super::metadata::Metadata;
use crate::store::Record;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Customer {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) address: Option<Address>,
    pub(crate) description: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) metadata: Metadata,
    pub(crate) name: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) preferred_locales: Vec<String>,
    pub(crate) default_payment_method: Option<String>,
    pub(crate) deleted: bool,
}

impl Record for Customer {
    const KIND: &'static str = "customer";
    fn id(&self) -> &str {
        &self.id
    }
}

impl Customer {
    pub(crate) fn new(created: i64) -> Customer {
        Customer {
            id: super::new_id("cus_"),
            created,
            address: None,
            description: None,
            email: None,
            metadata: Metadata::new(),
            name: None,
            phone: None,
            preferred_locales: Vec::new(),
            default_payment_method: None,
            deleted: false,
        }
    }

    /// Of one who was deleted, only that is left to show.
    pub(crate) fn shown(&self) -> Value {
        if self.deleted {
            return json!({ "deleted": true, "id": self.id, "object": "customer" });
        }
        self.view()
    }

    pub(crate) fn view(&self) -> Value {
        // Stripe's prefixes are eight characters, unique per customer.
        let prefix: String = self
            .id
            .chars()
            .rev()
            .take(8)
            .collect::<String>()
            .to_ascii_uppercase();
        json!({
            "address": self.address.as_ref().map(Address::view),
            "balance": 0,
            "created": self.created,
            "currency": null,
            "default_source": null,
            "delinquent": false,
            "description": self.description,
            "discount": null,
            "email": self.email,
            "id": self.id,
            "invoice_prefix": prefix,
            "invoice_settings": {
                "custom_fields": null,
                "default_payment_method": self.default_payment_method,
                "footer": null,
                "rendering_options": null,
            },
            "livemode": false,
            "metadata": self.metadata,
            "name": self.name,
            "next_invoice_sequence": 1,
            "object": "customer",
            "phone": self.phone,
            "preferred_locales": self.preferred_locales,
            "shipping": null,
            "tax_exempt": "none",
            "test_clock": null,
        })
    }
}
