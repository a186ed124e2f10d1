//! A payment intent: one payment from its first attempt to its end. Only `payments` moves it on.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::card::Decline;
use super::metadata::Metadata;
use super::payment_method::PaymentMethod;
use crate::store::Record;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum IntentStatus {
    RequiresPaymentMethod,
    RequiresConfirmation,
    RequiresAction,
    Processing,
    Succeeded,
    Canceled,
}

impl IntentStatus {
    pub(crate) fn name(self) -> &'static str {
        match self {
            IntentStatus::RequiresPaymentMethod => "requires_payment_method",
            IntentStatus::RequiresConfirmation => "requires_confirmation",
            IntentStatus::RequiresAction => "requires_action",
            IntentStatus::Processing => "processing",
            IntentStatus::Succeeded => "succeeded",
            IntentStatus::Canceled => "canceled",
        }
    }
}

/// Why the last attempt failed, with the payment method as it was then.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct LastError {
    pub(crate) decline: Decline,
    pub(crate) charge: Option<String>,
    pub(crate) payment_method: PaymentMethod,
}

impl LastError {
    pub(crate) fn view(&self) -> Value {
        let mut object = self.decline.view();
        if let Some(fields) = object.as_object_mut() {
            fields.insert("payment_method".into(), self.payment_method.view());
            if let Some(charge) = &self.charge {
                fields.insert("charge".into(), json!(charge));
            }
        }
        object
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PaymentIntent {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) status: IntentStatus,
    pub(crate) client_secret: String,
    pub(crate) customer: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) metadata: Metadata,
    pub(crate) payment_method: Option<String>,
    pub(crate) payment_method_types: Vec<String>,
    pub(crate) automatic_payment_methods: bool,
    pub(crate) capture_method: String,
    pub(crate) latest_charge: Option<String>,
    pub(crate) last_error: Option<LastError>,
    pub(crate) receipt_email: Option<String>,
    pub(crate) return_url: Option<String>,
    pub(crate) setup_future_usage: Option<String>,
    pub(crate) statement_descriptor: Option<String>,
    pub(crate) statement_descriptor_suffix: Option<String>,
    pub(crate) canceled_at: Option<i64>,
    pub(crate) cancellation_reason: Option<String>,
    /// The session that owns the intent; such an intent can't be confirmed or cancelled through the API.
    pub(crate) session: Option<String>,
}

impl Record for PaymentIntent {
    const KIND: &'static str = "payment_intent";
    fn id(&self) -> &str {
        &self.id
    }
}

impl PaymentIntent {
    pub(crate) fn authentication_url(&self, public_url: &str) -> String {
        match &self.session {
            Some(session) => format!("{public_url}/c/pay/{session}"),
            None => format!("{public_url}/c/authenticate/{}", self.id),
        }
    }

    fn next_action(&self, public_url: &str) -> Value {
        if self.status != IntentStatus::RequiresAction {
            return Value::Null;
        }
        json!({
            "redirect_to_url": { "return_url": self.return_url, "url": self.authentication_url(public_url) },
            "type": "redirect_to_url",
        })
    }

    pub(crate) fn view(&self, public_url: &str) -> Value {
        let received = if self.status == IntentStatus::Succeeded {
            self.amount
        } else {
            0
        };
        let automatic = json!({ "enabled": true });
        json!({
            "amount": self.amount,
            "amount_capturable": 0,
            "amount_details": { "tip": {} },
            "amount_received": received,
            "application": null,
            "application_fee_amount": null,
            "automatic_payment_methods": self.automatic_payment_methods.then_some(automatic),
            "canceled_at": self.canceled_at,
            "cancellation_reason": self.cancellation_reason,
            "capture_method": self.capture_method,
            "client_secret": self.client_secret,
            "confirmation_method": "automatic",
            "created": self.created,
            "currency": self.currency,
            "customer": self.customer,
            "customer_account": null,
            "description": self.description,
            "excluded_payment_method_types": null,
            "id": self.id,
            "last_payment_error": self.last_error.as_ref().map(LastError::view),
            "latest_charge": self.latest_charge,
            "livemode": false,
            "managed_payments": null,
            "metadata": self.metadata,
            "next_action": self.next_action(public_url),
            "object": "payment_intent",
            "on_behalf_of": null,
            "payment_method": self.payment_method,
            "payment_method_configuration_details": null,
            "payment_method_options": {},
            "payment_method_types": self.payment_method_types,
            "processing": null,
            "receipt_email": self.receipt_email,
            "review": null,
            "setup_future_usage": self.setup_future_usage,
            "shipping": null,
            "source": null,
            "statement_descriptor": self.statement_descriptor,
            "statement_descriptor_suffix": self.statement_descriptor_suffix,
            "status": self.status.name(),
            "transfer_data": null,
            "transfer_group": null,
        })
    }
}
