//! A line of a checkout: a name, a price and how many. Prices are always made on the spot, there is no catalogue.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::metadata::Metadata;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct LineItem {
    pub(crate) id: String,
    pub(crate) price_id: String,
    pub(crate) product_id: String,
    pub(crate) created: i64,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) metadata: Metadata,
    pub(crate) product_metadata: Metadata,
    pub(crate) currency: String,
    pub(crate) unit_amount: i64,
    pub(crate) quantity: i64,
    /// Price times quantity, checked when the session was made.
    pub(crate) amount: i64,
}

impl LineItem {
    pub(crate) fn view(&self) -> Value {
        json!({
            "adjustable_quantity": null,
            "amount_discount": 0,
            "amount_subtotal": self.amount,
            "amount_tax": 0,
            "amount_total": self.amount,
            "currency": self.currency,
            "description": self.name,
            "id": self.id,
            "metadata": self.metadata,
            "object": "item",
            "price": {
                "active": false,
                "billing_scheme": "per_unit",
                "created": self.created,
                "currency": self.currency,
                "custom_unit_amount": null,
                "id": self.price_id,
                "livemode": false,
                "lookup_key": null,
                "metadata": {},
                "nickname": null,
                "object": "price",
                "product": self.product_id,
                "recurring": null,
                "tax_behavior": "unspecified",
                "tiers_mode": null,
                "transform_quantity": null,
                "type": "one_time",
                "unit_amount": self.unit_amount,
                "unit_amount_decimal": self.unit_amount.to_string(),
            },
            "quantity": self.quantity,
        })
    }
}
