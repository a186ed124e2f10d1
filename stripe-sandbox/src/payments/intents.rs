//! Making and cancelling payment intents; a finished one is never touched.

use super::Work;
use crate::objects::metadata::Metadata;
use crate::objects::new_id;
use crate::objects::payment_intent::{IntentStatus, PaymentIntent};
use crate::store::StoreError;

/// An intent that nobody has tried to pay yet. Not stored: the caller fills it in and emits `payment_intent.created`.
pub(crate) fn new_intent(work: &Work<'_>, amount: i64, currency: &str) -> PaymentIntent {
    let id = new_id("pi_");
    PaymentIntent {
        client_secret: new_id(&format!("{id}_secret_")),
        id,
        created: work.now,
        amount,
        currency: currency.to_owned(),
        status: IntentStatus::RequiresPaymentMethod,
        customer: None,
        description: None,
        metadata: Metadata::new(),
        payment_method: None,
        payment_method_types: vec!["card".to_owned()],
        automatic_payment_methods: false,
        capture_method: "automatic_async".to_owned(),
        latest_charge: None,
        last_error: None,
        receipt_email: None,
        return_url: None,
        setup_future_usage: None,
        statement_descriptor: None,
        statement_descriptor_suffix: None,
        canceled_at: None,
        cancellation_reason: None,
        session: None,
    }
}

/// Ends an intent without payment.
pub(crate) fn cancel(
    work: &Work<'_>,
    intent: &mut PaymentIntent,
    reason: Option<String>,
) -> Result<(), StoreError> {
    intent.status = IntentStatus::Canceled;
    intent.canceled_at = Some(work.now);
    intent.cancellation_reason = reason;
    work.tx.put(intent)?;
    work.emit("payment_intent.canceled", intent.view(work.public_url))
}
