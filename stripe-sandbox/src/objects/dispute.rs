//! A dispute: the payer's bank asks for a payment back, or inquires whether it should.

use serde::{Deserialize, Serialize};

use super::balance_transaction::{BalanceTransaction, Movement};
use super::metadata::Metadata;
use crate::store::Record;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DisputeStatus {
    WarningNeedsResponse,
    WarningUnderReview,
    WarningClosed,
    NeedsResponse,
    UnderReview,
    Won,
    Lost,
    Prevented,
}

impl DisputeStatus {
    /// No longer open: Stripe announces the arrival here with `charge.dispute.closed`.
    pub(crate) fn is_closed(self) -> bool {
        matches!(
            self,
            DisputeStatus::WarningClosed
                | DisputeStatus::Won
                | DisputeStatus::Lost
                | DisputeStatus::Prevented
        )
    }

    /// An inquiry moves no money.
    pub(crate) fn is_inquiry(self) -> bool {
        matches!(
            self,
            DisputeStatus::WarningNeedsResponse
                | DisputeStatus::WarningUnderReview
                | DisputeStatus::WarningClosed
        )
    }

    /// Whether the disputed money is out of the account while the dispute stands so.
    pub(crate) fn withholds(self) -> bool {
        matches!(
            self,
            DisputeStatus::NeedsResponse | DisputeStatus::UnderReview | DisputeStatus::Lost
        )
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Dispute {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) status: DisputeStatus,
    pub(crate) reason: String,
    pub(crate) charge: String,
    pub(crate) payment_intent: String,
    /// Brand of the disputed card; a bank debit has none.
    pub(crate) card_brand: Option<String>,
    pub(crate) metadata: Metadata,
    /// What was handed in, by the names in [`EVIDENCE`].
    pub(crate) evidence: Metadata,
    pub(crate) submissions: u32,
    pub(crate) due_by: i64,
    /// Nobody answered in time.
    pub(crate) past_due: bool,
    pub(crate) movements: Vec<BalanceTransaction>,
}

impl Record for Dispute {
    const KIND: &'static str = "dispute";
    fn id(&self) -> &str {
        &self.id
    }
}

impl Dispute {
    /// Whether the bank waits for the account's side of the story.
    pub(crate) fn waits_for_answer(&self) -> bool {
        matches!(
            self.status,
            DisputeStatus::NeedsResponse | DisputeStatus::WarningNeedsResponse
        )
    }

    /// Whether the disputed money is out of the account by the movements so far.
    pub(crate) fn is_withdrawn(&self) -> bool {
        self.movements
            .last()
            .is_some_and(|last| last.movement == Movement::Withdrawn)
    }
}

/// The kinds of evidence a bank reads.
pub(crate) const EVIDENCE: [&str; 27] = [
    "access_activity_log",
    "billing_address",
    "cancellation_policy",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "customer_communication",
    "customer_email_address",
    "customer_name",
    "customer_purchase_ip",
    "customer_signature",
    "duplicate_charge_documentation",
    "duplicate_charge_explanation",
    "duplicate_charge_id",
    "product_description",
    "receipt",
    "refund_policy",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "service_date",
    "service_documentation",
    "shipping_address",
    "shipping_carrier",
    "shipping_date",
    "shipping_documentation",
    "shipping_tracking_number",
    "uncategorized_file",
    "uncategorized_text",
];

/// Why banks dispute.
pub(crate) const REASONS: [&str; 14] = [
    "bank_cannot_process",
    "check_returned",
    "credit_not_processed",
    "customer_initiated",
    "debit_not_authorized",
    "duplicate",
    "fraudulent",
    "general",
    "incorrect_account_details",
    "insufficient_funds",
    "product_not_received",
    "product_unacceptable",
    "subscription_canceled",
    "unrecognized",
];
