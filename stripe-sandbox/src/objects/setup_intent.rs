//! A setup intent: a payment method on its way to be saved. Only `payments` moves it on; no money ever does.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::metadata::Metadata;
use super::payment_intent::LastError;
use crate::store::Record;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SetupStatus {
    RequiresPaymentMethod,
    RequiresConfirmation,
    RequiresAction,
    Succeeded,
    Canceled,
}

impl SetupStatus {
    pub(crate) fn name(self) -> &'static str {
        match self {
            SetupStatus::RequiresPaymentMethod => "requires_payment_method",
            SetupStatus::RequiresConfirmation => "requires_confirmation",
            SetupStatus::RequiresAction => "requires_action",
            SetupStatus::Succeeded => "succeeded",
            SetupStatus::Canceled => "canceled",
        }
    }

    pub(crate) fn is_over(self) -> bool {
        matches!(self, SetupStatus::Succeeded | SetupStatus::Canceled)
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SetupIntent {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) client_secret: String,
    pub(crate) status: SetupStatus,
    pub(crate) customer: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) metadata: Metadata,
    pub(crate) payment_method: Option<String>,
    pub(crate) usage: String,
    pub(crate) automatic_payment_methods: bool,
    pub(crate) cancellation_reason: Option<String>,
    pub(crate) last_error: Option<LastError>,
    pub(crate) latest_attempt: Option<String>,
    pub(crate) return_url: Option<String>,
    /// The session that owns the intent; such an intent can't be confirmed or cancelled through the API.
    pub(crate) session: Option<String>,
}

impl Record for SetupIntent {
    const KIND: &'static str = "setup_intent";
    fn id(&self) -> &str {
        &self.id
    }
}

impl SetupIntent {
    pub(crate) fn new(created: i64) -> SetupIntent {
        let id = super::new_id("seti_");
        SetupIntent {
            client_secret: super::new_id(&format!("{id}_secret_")),
            id,
            created,
            status: SetupStatus::RequiresPaymentMethod,
            customer: None,
            description: None,
            metadata: Metadata::new(),
            payment_method: None,
            usage: "off_session".to_owned(),
            automatic_payment_methods: false,
            cancellation_reason: None,
            last_error: None,
            latest_attempt: None,
            return_url: None,
            session: None,
        }
    }

    fn next_action(&self, public_url: &str) -> Value {
        if self.status != SetupStatus::RequiresAction {
            return Value::Null;
        }
        let url = match &self.session {
            Some(session) => format!("{public_url}/c/pay/{session}"),
            None => format!("{public_url}/c/authenticate/{}", self.id),
        };
        json!({
            "redirect_to_url": { "return_url": self.return_url, "url": url },
            "type": "redirect_to_url",
        })
    }

    pub(crate) fn view(&self, public_url: &str) -> Value {
        let automatic = json!({ "enabled": true });
        json!({
            "application": null,
            "automatic_payment_methods": self.automatic_payment_methods.then_some(automatic),
            "cancellation_reason": self.cancellation_reason,
            "client_secret": self.client_secret,
            "created": self.created,
            "customer": self.customer,
            "description": self.description,
            "excluded_payment_method_types": null,
            "flow_directions": null,
            "id": self.id,
            "last_setup_error": self.last_error.as_ref().map(LastError::view),
            "latest_attempt": self.latest_attempt,
            "livemode": false,
            "mandate": null,
            "metadata": self.metadata,
            "next_action": self.next_action(public_url),
            "object": "setup_intent",
            "on_behalf_of": null,
            "payment_method": self.payment_method,
            "payment_method_configuration_details": null,
            "payment_method_options": {},
            "payment_method_types": ["card"],
            "single_use_mandate": null,
            "status": self.status.name(),
            "usage": self.usage,
        })
    }
}
