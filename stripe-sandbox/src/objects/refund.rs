//! A refund: money on its way back to the payer. Even one that succeeded may still fail.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::metadata::Metadata;
use crate::store::Record;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RefundStatus {
    Pending,
    RequiresAction,
    Succeeded,
    Failed,
    Canceled,
}

impl RefundStatus {
    pub(crate) fn name(self) -> &'static str {
        match self {
            RefundStatus::Pending => "pending",
            RefundStatus::RequiresAction => "requires_action",
            RefundStatus::Succeeded => "succeeded",
            RefundStatus::Failed => "failed",
            RefundStatus::Canceled => "canceled",
        }
    }

    /// Whether the money has left or is to leave the account: what a charge counts as refunded.
    pub(crate) fn counts(self) -> bool {
        !matches!(self, RefundStatus::Failed | RefundStatus::Canceled)
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Refund {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) status: RefundStatus,
    pub(crate) charge: String,
    pub(crate) payment_intent: String,
    pub(crate) customer: Option<String>,
    pub(crate) payment_method: String,
    pub(crate) is_card: bool,
    pub(crate) reason: Option<String>,
    pub(crate) metadata: Metadata,
    pub(crate) instructions_email: Option<String>,
    pub(crate) balance_transaction: String,
    /// Why it failed, and the movement that gave the money back.
    pub(crate) failure: Option<RefundFailure>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct RefundFailure {
    pub(crate) reason: String,
    pub(crate) balance_transaction: String,
}

impl Record for Refund {
    const KIND: &'static str = "refund";
    fn id(&self) -> &str {
        &self.id
    }
}

impl Refund {
    pub(crate) fn view(&self) -> Value {
        let mut object = json!({
            "amount": self.amount,
            "balance_transaction": self.balance_transaction,
            "charge": self.charge,
            "created": self.created,
            "currency": self.currency,
            "customer": self.customer,
            "customer_account": null,
            "destination_details": self.destination_details(),
            "id": self.id,
            "metadata": self.metadata,
            "object": "refund",
            "payment_intent": self.payment_intent,
            "payment_method": self.payment_method,
            "reason": self.reason,
            "receipt_number": null,
            "source_transfer_reversal": null,
            "status": self.status.name(),
            "transfer_reversal": null,
        });
        if let Some(fields) = object.as_object_mut() {
            self.insert_circumstances(fields);
        }
        object
    }

    /// Fields that Stripe shows only where they say something.
    fn insert_circumstances(&self, fields: &mut serde_json::Map<String, Value>) {
        if let Some(failure) = &self.failure {
            fields.insert("failure_reason".into(), json!(failure.reason));
            fields.insert(
                "failure_balance_transaction".into(),
                json!(failure.balance_transaction),
            );
        }
        if let Some(email) = &self.instructions_email {
            fields.insert("instructions_email".into(), json!(email));
        }
        match self.status {
            RefundStatus::Pending => {
                fields.insert("pending_reason".into(), json!("processing"));
            }
            RefundStatus::RequiresAction => {
                let email_sent = json!({
                    "email_sent_at": self.created,
                    "email_sent_to": self.instructions_email,
                });
                let action = json!({
                    "display_details": { "email_sent": email_sent, "expires_at": null },
                    "type": "display_details",
                });
                fields.insert("next_action".into(), action);
            }
            _ => {}
        }
    }

    fn destination_details(&self) -> Value {
        if !self.is_card {
            return Value::Null;
        }
        let kind = if self.status == RefundStatus::Pending {
            "pending"
        } else {
            "refund"
        };
        json!({ "card": { "type": kind }, "type": "card" })
    }
}
