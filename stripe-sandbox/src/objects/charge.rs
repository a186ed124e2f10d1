//! A charge: one attempt to move money. Only its refund and dispute fields may change after it is over.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::card::{Card, Decline};
use super::metadata::Metadata;
use super::payment_method::{Instrument, PaymentMethod, debit_view, fingerprint};
use crate::store::Record;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ChargeStatus {
    Succeeded,
    Pending,
    Failed,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Charge {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) status: ChargeStatus,
    pub(crate) payment_intent: String,
    pub(crate) payment_method: PaymentMethod,
    pub(crate) authenticated: bool,
    pub(crate) customer: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) metadata: Metadata,
    pub(crate) receipt_email: Option<String>,
    pub(crate) statement_descriptor: Option<String>,
    pub(crate) statement_descriptor_suffix: Option<String>,
    pub(crate) balance_transaction: Option<String>,
    pub(crate) failure: Option<Decline>,
    /// What was sent back or is to be, failed refunds not counted.
    pub(crate) amount_refunded: i64,
    /// Newest first.
    pub(crate) refunds: Vec<String>,
    pub(crate) disputes: Vec<String>,
    pub(crate) early_fraud_warning: Option<String>,
}

impl Record for Charge {
    const KIND: &'static str = "charge";
    fn id(&self) -> &str {
        &self.id
    }
}

impl Charge {
    pub(crate) fn is_refunded(&self) -> bool {
        self.status == ChargeStatus::Succeeded && self.amount_refunded == self.amount
    }

    pub(crate) fn refundable(&self) -> i64 {
        self.amount.saturating_sub(self.amount_refunded)
    }

    /// Stripe leaves `refunds` out unless it is expanded.
    pub(crate) fn view(&self, public_url: &str) -> Value {
        let captured = self.status == ChargeStatus::Succeeded;
        json!({
            "amount": self.amount,
            "amount_captured": if captured { self.amount } else { 0 },
            "amount_refunded": self.amount_refunded,
            "application": null,
            "application_fee": null,
            "application_fee_amount": null,
            "balance_transaction": self.balance_transaction,
            "billing_details": self.payment_method.billing_details(),
            "calculated_statement_descriptor": self.statement_descriptor.as_deref().unwrap_or("SANDBOX"),
            "captured": captured,
            "created": self.created,
            "currency": self.currency,
            "customer": self.customer,
            "description": self.description,
            "disputed": !self.disputes.is_empty(),
            "failure_balance_transaction": null,
            "failure_code": self.failure.as_ref().map(|failure| &failure.code),
            "failure_message": self.failure.as_ref().map(|failure| &failure.message),
            "fraud_details": {},
            "id": self.id,
            "livemode": false,
            "metadata": self.metadata,
            "object": "charge",
            "on_behalf_of": null,
            "outcome": self.outcome(),
            "paid": captured,
            "payment_intent": self.payment_intent,
            "payment_method": self.payment_method.id,
            "payment_method_details": self.payment_method_details(),
            "receipt_email": self.receipt_email,
            "receipt_number": null,
            "receipt_url": captured.then(|| format!("{public_url}/c/receipt/{}", self.id)),
            "refunded": self.is_refunded(),
            "review": null,
            "shipping": null,
            "source": null,
            "source_transfer": null,
            "statement_descriptor": self.statement_descriptor,
            "statement_descriptor_suffix": self.statement_descriptor_suffix,
            "status": self.status,
            "transfer_data": null,
            "transfer_group": null,
        })
    }

    fn outcome(&self) -> Value {
        let declined = self.failure.as_ref();
        let reason = declined.map(|failure| failure.decline_code.as_ref().unwrap_or(&failure.code));
        json!({
            "advice_code": declined.and_then(Decline::advice_code),
            "network_advice_code": null,
            "network_decline_code": null,
            "network_status": if declined.is_some() { "declined_by_network" } else { "approved_by_network" },
            "reason": reason,
            "seller_message": if declined.is_some() { "The bank declined the payment." } else { "Payment complete." },
            "type": if declined.is_some() { "issuer_declined" } else { "authorized" },
        })
    }

    fn payment_method_details(&self) -> Value {
        match &self.payment_method.instrument {
            Instrument::Card(card) => json!({ "card": self.card_details(card), "type": "card" }),
            Instrument::Debit(kind) => {
                let mut details = json!({ "type": kind });
                if let Some(fields) = details.as_object_mut() {
                    fields.insert(kind.clone(), debit_view(kind));
                }
                details
            }
        }
    }

    fn card_details(&self, card: &Card) -> Value {
        let succeeded = self.status == ChargeStatus::Succeeded;
        let cvc = match &self.failure {
            Some(failure) if failure.code == "incorrect_cvc" => "fail",
            _ => "pass",
        };
        let three_d_secure = json!({
            "authentication_flow": "challenge",
            "electronic_commerce_indicator": "05",
            "exemption_indicator": null,
            "result": "authenticated",
            "result_reason": null,
            "transaction_id": null,
            "version": "2.2.0",
        });
        json!({
            "amount_authorized": succeeded.then_some(self.amount),
            "authorization_code": null,
            "brand": card.brand,
            "checks": {
                "address_line1_check": null,
                "address_postal_code_check": null,
                "cvc_check": cvc,
            },
            "country": "US",
            "exp_month": card.exp_month,
            "exp_year": card.exp_year,
            "extended_authorization": { "status": "disabled" },
            "fingerprint": fingerprint(&card.last4),
            "funding": "credit",
            "incremental_authorization": { "status": "unavailable" },
            "installments": null,
            "last4": card.last4,
            "mandate": null,
            "multicapture": { "status": "unavailable" },
            "network": card.brand,
            "network_token": { "used": false },
            "network_transaction_id": null,
            "overcapture": { "maximum_amount_capturable": self.amount, "status": "unavailable" },
            "regulated_status": "unregulated",
            "three_d_secure": self.authenticated.then_some(three_d_secure),
            "transaction_link_id": null,
            "wallet": null,
        })
    }
}
