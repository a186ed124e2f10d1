//! A movement of the account's own balance, as far as disputes show one; nothing is ever summed up from it.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What the bank takes for a dispute, in minor units; at Stripe too it isn't given back.
const DISPUTE_FEE: i64 = 1_500;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Movement {
    Withdrawn,
    Reinstated,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct BalanceTransaction {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) movement: Movement,
}

impl BalanceTransaction {
    pub(crate) fn view(&self, dispute: &str, charge: &str) -> Value {
        let (amount, fee, category, what) = match self.movement {
            Movement::Withdrawn => (
                self.amount.saturating_neg(),
                DISPUTE_FEE,
                "dispute",
                "Chargeback withdrawal",
            ),
            Movement::Reinstated => (self.amount, 0, "dispute_reversal", "Chargeback reversal"),
        };
        let fee_details = json!([{
            "amount": fee,
            "application": null,
            "currency": self.currency,
            "description": "Dispute fee",
            "type": "stripe_fee",
        }]);
        json!({
            "amount": amount,
            "available_on": self.created,
            "balance_type": "payments",
            "created": self.created,
            "currency": self.currency,
            "description": format!("{what} for {charge}"),
            "exchange_rate": null,
            "fee": fee,
            "fee_details": if fee == 0 { json!([]) } else { fee_details },
            "id": self.id,
            "net": amount.saturating_sub(fee),
            "object": "balance_transaction",
            "reporting_category": category,
            "source": dispute,
            "status": "available",
            "type": "adjustment",
        })
    }
}
