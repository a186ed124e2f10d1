//! A checkout session: an offer to pay that is open, complete or expired, and never goes back.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::line_item::LineItem;
use super::metadata::Metadata;
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
    /// The customer's address, or what the payer typed.
    pub(crate) payer_email: Option<String>,
    /// The intent of the first attempt, used again by later ones.
    pub(crate) intent: Option<String>,
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
