//! A checkout session: an offer to pay that is open, complete or expired, and never goes back.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::line_item::LineItem;
use super::metadata::Metadata;
use super::tax::tax_on;
use crate::store::Record;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SessionStatus {
    Open,
    Complete,
    Expired,
}

impl SessionStatus {
    pub(crate) fn name(self) -> &'static str {
        match self {
            SessionStatus::Open => "open",
            SessionStatus::Complete => "complete",
            SessionStatus::Expired => "expired",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PaymentStatus {
    Unpaid,
    Paid,
    NoPaymentRequired,
}

/// What the page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mode {
    Payment,
    /// Saving a card, without paying anything.
    Setup,
}

/// What the invoice of a paid session says beside its amounts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct InvoiceData {
    pub(crate) description: Option<String>,
    pub(crate) footer: Option<String>,
    pub(crate) metadata: Metadata,
}

/// What the session hands on to its payment intent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct IntentData {
    pub(crate) capture_method: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) metadata: Metadata,
    pub(crate) receipt_email: Option<String>,
    pub(crate) setup_future_usage: Option<String>,
    pub(crate) statement_descriptor: Option<String>,
    pub(crate) statement_descriptor_suffix: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) expires_at: i64,
    pub(crate) status: SessionStatus,
    pub(crate) payment_status: PaymentStatus,
    pub(crate) mode: Mode,
    /// Empty where nothing is paid and no currency was named.
    pub(crate) currency: String,
    pub(crate) amount_total: i64,
    pub(crate) line_items: Vec<LineItem>,
    pub(crate) adaptive_pricing: bool,
    pub(crate) billing_address_collection: Option<String>,
    pub(crate) cancel_url: Option<String>,
    pub(crate) client_reference_id: Option<String>,
    pub(crate) customer: Option<String>,
    pub(crate) customer_creation: Option<String>,
    pub(crate) customer_email: Option<String>,
    pub(crate) locale: Option<String>,
    pub(crate) metadata: Metadata,
    pub(crate) payment_method_types: Vec<String>,
    pub(crate) submit_type: Option<String>,
    pub(crate) success_url: String,
    pub(crate) intent_data: IntentData,
    pub(crate) automatic_tax: bool,
    pub(crate) invoice_data: Option<InvoiceData>,
    pub(crate) invoice: Option<String>,
    /// The customer's address, or what the payer typed.
    pub(crate) payer_email: Option<String>,
    /// Of the customer's address, or chosen by the payer.
    pub(crate) payer_country: Option<String>,
    /// Whether the customer keeps the country the payer chose.
    pub(crate) updates_address: bool,
    /// The intent of the first attempt, used again by later ones.
    pub(crate) intent: Option<String>,
    pub(crate) setup_intent: Option<String>,
    /// The payment method that waits for the payer's bank to approve.
    pub(crate) awaiting_approval: Option<String>,
}

impl Record for Session {
    const KIND: &'static str = "checkout.session";
    fn id(&self) -> &str {
        &self.id
    }
}

impl Session {
    /// The tax of the payer's country, into the lines and the total.
    pub(crate) fn tax_for(&mut self, country: Option<&str>) {
        self.payer_country = country.map(str::to_owned);
        if !self.automatic_tax {
            return;
        }
        for line in &mut self.line_items {
            line.tax = tax_on(line.amount, line.tax_behavior, country);
        }
        self.amount_total = self
            .line_items
            .iter()
            .fold(0, |sum, line| line.total().saturating_add(sum));
    }

    pub(crate) fn amount_subtotal(&self) -> i64 {
        self.line_items
            .iter()
            .fold(0, |sum, line| line.amount.saturating_add(sum))
    }

    pub(crate) fn amount_tax(&self) -> i64 {
        self.line_items
            .iter()
            .fold(0, |sum, line| line.tax.saturating_add(sum))
    }

    /// Whether the payer has to say where they are.
    pub(crate) fn asks_country(&self) -> bool {
        self.automatic_tax && (self.customer.is_none() || self.updates_address)
    }

    /// Shown once the session is complete: an attempt that failed has not paid for anything.
    pub(crate) fn visible_intent(&self) -> Option<&str> {
        self.intent
            .as_deref()
            .filter(|_| self.status == SessionStatus::Complete)
    }

    pub(crate) fn page_url(&self, public_url: &str) -> String {
        format!("{public_url}/c/pay/{}", self.id)
    }

    /// The payer's address as the session was made with it; the page doesn't let it be changed.
    pub(crate) fn fixed_email(&self) -> Option<&str> {
        let of_customer = self
            .payer_email
            .as_deref()
            .filter(|_| self.customer.is_some());
        self.customer_email.as_deref().or(of_customer)
    }

    /// Where the payer goes after paying.
    pub(crate) fn return_url(&self) -> String {
        self.success_url.replace("{CHECKOUT_SESSION_ID}", &self.id)
    }

    /// The type of delayed payment the session takes, if any.
    pub(crate) fn delayed_method(&self) -> Option<&str> {
        self.payment_method_types
            .iter()
            .map(String::as_str)
            .find(|kind| *kind != "card")
    }

    pub(crate) fn takes_cards(&self) -> bool {
        self.payment_method_types.iter().any(|kind| kind == "card")
    }

    pub(crate) fn view(&self, public_url: &str) -> Value {
        super::session_view::view(self, public_url)
    }
}
