//! The invoice of a checkout that was paid: made paid, and never changed.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::address::Address;
use super::line_item::LineItem;
use super::metadata::Metadata;
use crate::store::Record;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Invoice {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) number: String,
    pub(crate) currency: String,
    pub(crate) total: i64,
    pub(crate) tax: i64,
    pub(crate) lines: Vec<LineItem>,
    pub(crate) customer: String,
    pub(crate) customer_email: Option<String>,
    pub(crate) customer_name: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) automatic_tax: bool,
    pub(crate) description: Option<String>,
    pub(crate) footer: Option<String>,
    pub(crate) metadata: Metadata,
}

impl Record for Invoice {
    const KIND: &'static str = "invoice";
    fn id(&self) -> &str {
        &self.id
    }
}

impl Invoice {
    fn subtotal(&self) -> i64 {
        self.lines
            .iter()
            .fold(0, |sum, line| line.amount.saturating_add(sum))
    }

    pub(crate) fn hosted_url(&self, public_url: &str) -> String {
        format!("{public_url}/c/invoice/{}", self.id)
    }

    pub(crate) fn view(&self, public_url: &str) -> Value {
        let mut object = self.amounts();
        if let (Some(fields), Value::Object(rest)) =
            (object.as_object_mut(), self.circumstances(public_url))
        {
            fields.extend(rest);
        }
        object
    }

    fn amounts(&self) -> Value {
        let lines: Vec<Value> = self.lines.iter().map(|line| self.line_view(line)).collect();
        let taxes = json!([{
            "amount": self.tax,
            "tax_behavior": "exclusive",
            "tax_rate_details": null,
            "taxability_reason": "standard_rated",
            "taxable_amount": self.total.saturating_sub(self.tax),
            "type": "tax_rate_details",
        }]);
        json!({
            "amount_due": self.total,
            "amount_overpaid": 0,
            "amount_paid": self.total,
            "amount_remaining": 0,
            "amount_shipping": 0,
            "attempt_count": 0,
            "attempted": true,
            "currency": self.currency,
            "ending_balance": 0,
            "lines": {
                "data": lines,
                "has_more": false,
                "object": "list",
                "url": format!("/v1/invoices/{}/lines", self.id),
            },
            "post_payment_credit_notes_amount": 0,
            "pre_payment_credit_notes_amount": 0,
            "shipping_cost": null,
            "starting_balance": 0,
            "subtotal": self.subtotal(),
            "subtotal_excluding_tax": self.total.saturating_sub(self.tax),
            "total": self.total,
            "total_discount_amounts": [],
            "total_excluding_tax": self.total.saturating_sub(self.tax),
            "total_pretax_credit_amounts": [],
            "total_taxes": if self.tax == 0 { json!([]) } else { taxes },
        })
    }

    fn tax_view(&self) -> Value {
        let on = self.automatic_tax;
        json!({
            "disabled_reason": null,
            "enabled": on,
            "liability": on.then(|| json!({ "type": "self" })),
            "provider": on.then_some("stripe"),
            "status": on.then_some("complete"),
        })
    }

    fn circumstances(&self, public_url: &str) -> Value {
        json!({
            "account_country": "US",
            "account_name": "Sandbox",
            "account_tax_ids": null,
            "application": null,
            "auto_advance": false,
            "automatic_tax": self.tax_view(),
            "automatically_finalizes_at": null,
            "billing_reason": "manual",
            "collection_method": "charge_automatically",
            "created": self.created,
            "custom_fields": null,
            "customer": self.customer,
            "customer_account": null,
            "customer_address": Address::of_country(self.country.as_deref()).view(),
            "customer_email": self.customer_email,
            "customer_name": self.customer_name,
            "customer_phone": null,
            "customer_shipping": null,
            "customer_tax_exempt": "none",
            "customer_tax_ids": [],
            "default_payment_method": null,
            "default_source": null,
            "default_tax_rates": [],
            "description": self.description,
            "discounts": [],
            "due_date": null,
            "effective_at": self.created,
            "footer": self.footer,
            "from_invoice": null,
            "hosted_invoice_url": self.hosted_url(public_url),
            "id": self.id,
            "invoice_pdf": format!("{}/pdf", self.hosted_url(public_url)),
            "issuer": { "type": "self" },
            "last_finalization_error": null,
            "latest_revision": null,
            "livemode": false,
            "metadata": self.metadata,
            "next_payment_attempt": null,
            "number": self.number,
            "object": "invoice",
            "on_behalf_of": null,
            "parent": null,
            "payment_settings": {
                "default_mandate": null,
                "payment_method_options": null,
                "payment_method_types": null,
            },
            "period_end": self.created,
            "period_start": self.created,
            "receipt_number": null,
            "rendering": null,
            "shipping_details": null,
            "statement_descriptor": null,
            "status": "paid",
            "status_transitions": {
                "finalized_at": self.created,
                "marked_uncollectible_at": null,
                "paid_at": self.created,
                "voided_at": null,
            },
            "subscription": null,
            "test_clock": null,
            "webhooks_delivered_at": null,
        })
    }

    fn line_view(&self, line: &LineItem) -> Value {
        json!({
            "amount": line.amount,
            "currency": line.currency,
            "description": line.name,
            "discount_amounts": [],
            "discountable": true,
            "discounts": [],
            "id": line.id.replacen("li_", "il_", 1),
            "invoice": self.id,
            "livemode": false,
            "metadata": line.metadata,
            "object": "line_item",
            "parent": null,
            "period": { "end": self.created, "start": self.created },
            "pretax_credit_amounts": [],
            "pricing": {
                "price_details": { "price": line.price_id, "product": line.product_id },
                "type": "price_details",
                "unit_amount_decimal": line.unit_amount.to_string(),
            },
            "quantity": line.quantity,
            "quantity_decimal": line.quantity.to_string(),
            "subscription": null,
            "subtotal": line.amount,
            "taxes": [],
        })
    }
}
