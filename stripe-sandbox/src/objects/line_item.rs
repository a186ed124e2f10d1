//! A line of a checkout: a name, a price and how many. Prices are always made on the spot, there is no catalogue.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::metadata::Metadata;
use super::tax::TaxBehavior;

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
    pub(crate) tax_behavior: TaxBehavior,
    pub(crate) tax: i64,
}

impl LineItem {
    /// What the line adds to the total.
    pub(crate) fn total(&self) -> i64 {
        match self.tax_behavior {
            TaxBehavior::Exclusive => self.amount.saturating_add(self.tax),
            TaxBehavior::Inclusive => self.amount,
        }
    }

    pub(crate) fn view(&self) -> Value {
        json!({
            "adjustable_quantity": null,
            "amount_discount": 0,
            "amount_subtotal": self.amount,
            "amount_tax": self.tax,
            "amount_total": self.total(),
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
                "tax_behavior": self.tax_behavior,
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
