//! An early fraud warning: the payer's bank suspects a payment; it moves no money.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::store::Record;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct EarlyFraudWarning {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) charge: String,
    pub(crate) payment_intent: String,
    pub(crate) fraud_type: String,
    /// Neither disputed nor refunded in full yet: a refund could still forestall a dispute.
    pub(crate) actionable: bool,
}

impl Record for EarlyFraudWarning {
    const KIND: &'static str = "radar.early_fraud_warning";
    fn id(&self) -> &str {
        &self.id
    }
}

impl EarlyFraudWarning {
    pub(crate) fn view(&self) -> Value {
        json!({
            "actionable": self.actionable,
            "charge": self.charge,
            "created": self.created,
            "fraud_type": self.fraud_type,
            "id": self.id,
            "livemode": false,
            "object": "radar.early_fraud_warning",
            "payment_intent": self.payment_intent,
        })
    }
}

/// What a bank may say it was.
pub(crate) const FRAUD_TYPES: [&str; 7] = [
    "card_never_received",
    "fraudulent_card_application",
    "made_with_counterfeit_card",
    "made_with_lost_card",
    "made_with_stolen_card",
    "misc",
    "unauthorized_use_of_card",
];
