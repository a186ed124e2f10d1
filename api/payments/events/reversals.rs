//! Refunds and disputes as events carry them. They rarely name a purchase of ours: the payment that they
//! are about does, and Stripe is asked for it.

use ledger::purchase::{DisputeSnapshot, Evidence, RefundSnapshot};
use serde::Deserialize;
use serde_json::Value;

use super::Reading;
use super::objects::{FOREIGN, Metadata, Reference, account_named_in, purchase_named_in, read};
use crate::payments::states::{dispute_state, refund_state, storable};

#[derive(Deserialize)]
pub(super) struct Refund {
    id: String,
    status: Option<String>,
    amount: i64,
    currency: String,
    payment_intent: Option<Reference>,
    metadata: Metadata,
}

#[derive(Deserialize)]
pub(super) struct Dispute {
    id: String,
    status: String,
    amount: i64,
    currency: String,
    payment_intent: Option<Reference>,
}

impl Refund {
    pub(super) fn read(object: Value) -> Result<Refund, String> {
        read(object, "refund")
    }

    pub(super) fn reading(self) -> Reading {
        let Some(payment_intent) = self.payment_intent else {
            return FOREIGN;
        };
        let payment_intent_id = payment_intent.into_id();
        let evidence = vec![Evidence::Refund(RefundSnapshot {
            id: storable(self.id),
            state: refund_state(self.status.as_deref()),
            amount_minor: self.amount,
            currency: storable(self.currency),
            payment_intent_id: payment_intent_id.clone(),
        })];
        // One that we asked for says whose it is.
        match (
            purchase_named_in(&self.metadata),
            account_named_in(&self.metadata),
        ) {
            (Some(purchase_id), Some(account_id)) => Reading::About {
                purchase_id,
                account_id,
                evidence,
            },
            _ => Reading::OfPayment {
                payment_intent_id,
                evidence,
            },
        }
    }
}

impl Dispute {
    pub(super) fn read(object: Value) -> Result<Dispute, String> {
        read(object, "dispute")
    }

    pub(super) fn reading(self) -> Reading {
        let Some(payment_intent) = self.payment_intent else {
            return FOREIGN;
        };
        let payment_intent_id = payment_intent.into_id();
        Reading::OfPayment {
            evidence: vec![Evidence::Dispute(DisputeSnapshot {
                id: storable(self.id),
                state: dispute_state(&self.status),
                amount_minor: self.amount,
                currency: storable(self.currency),
                payment_intent_id: payment_intent_id.clone(),
            })],
            payment_intent_id,
        }
    }
}
