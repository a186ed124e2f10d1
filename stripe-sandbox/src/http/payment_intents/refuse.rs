//! What is said when an intent can't be paid, or not in its present state.

use crate::objects::payment_intent::{IntentStatus, PaymentIntent};
use crate::payments::Work;
use crate::wire;
use crate::wire::error::ApiError;

/// Stripe's `card_error`: the failure as the intent keeps it, and the intent itself.
pub(super) fn card_error(work: &Work<'_>, intent: &PaymentIntent) -> serde_json::Value {
    let mut error = intent
        .last_error
        .as_ref()
        .map(|error| error.view())
        .unwrap_or_default();
    if let Some(fields) = error.as_object_mut() {
        fields.insert("payment_intent".into(), intent.view(work.public_url));
    }
    wire::error::card_error(error, work.request_id())
}

pub(super) fn unless_status(
    work: &Work<'_>,
    intent: &PaymentIntent,
    verb: &str,
    done: &str,
    allowed: &[IntentStatus],
) -> Result<(), ApiError> {
    if allowed.contains(&intent.status) {
        return Ok(());
    }
    let names: Vec<&str> = allowed.iter().map(|status| status.name()).collect();
    Err(ApiError::invalid(format!(
        "You cannot {verb} this PaymentIntent because it has a status of {}. Only a PaymentIntent with one of the \
         following statuses may be {done}: {}.",
        intent.status.name(),
        names.join(", ")
    ))
    .coded("payment_intent_unexpected_state")
    .with("payment_intent", intent.view(work.public_url))
    .remembered())
}

pub(super) fn no_method(intent: &PaymentIntent, work: &Work<'_>) -> ApiError {
    let error = ApiError::invalid(
        "You cannot confirm this PaymentIntent because it's missing a payment method. Name one with `payment_method`.",
    )
    .coded("payment_intent_unexpected_state");
    match intent.status {
        // Not stored yet: there is nothing to show.
        IntentStatus::RequiresPaymentMethod if intent.latest_charge.is_none() => error,
        _ => error.with("payment_intent", intent.view(work.public_url)),
    }
}
