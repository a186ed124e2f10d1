//! Reading a payment intent and a confirmation out of a request.

use crate::http::customers;
use crate::objects::payment_intent::PaymentIntent;
use crate::objects::{metadata, money};
use crate::payments::{self, Presence, Work};
use crate::wire::error::ApiError;
use crate::wire::fields::Fields;

/// What a confirmation says beside the payment method.
pub(super) struct Confirmation {
    pub(super) presence: Presence,
    pub(super) fail_on_action: bool,
}

pub(super) fn new_intent(work: &Work<'_>, fields: &mut Fields) -> Result<PaymentIntent, ApiError> {
    let amount = fields
        .integer_from("amount", 0)?
        .ok_or_else(|| fields.missing("amount"))?;
    let currency = money::read_currency(fields)?;
    money::check_amount(amount, &currency, "amount")?;
    let mut intent = payments::new_intent(work, amount, &currency);
    intent.customer = fields.text("customer")?;
    if let Some(id) = &intent.customer {
        customers::find_reference(work.tx, id, "customer")?;
    }
    intent.description = fields.text_up_to("description", 1_000)?;
    intent.metadata = metadata::read_new(fields, "metadata")?;
    intent.receipt_email = fields.text_up_to("receipt_email", 800)?;
    intent.setup_future_usage =
        fields.choice("setup_future_usage", &["off_session", "on_session"])?;
    intent.statement_descriptor = fields.text_up_to("statement_descriptor", 22)?;
    intent.statement_descriptor_suffix = fields.text_up_to("statement_descriptor_suffix", 22)?;
    if let Some(method) = fields.choice("capture_method", &["automatic", "automatic_async"])? {
        intent.capture_method = method;
    }
    let kinds = fields.texts("payment_method_types")?;
    if kinds.iter().any(|kind| kind != "card") {
        return Err(
            ApiError::invalid("The sandbox's payment intents take cards only.")
                .about("payment_method_types"),
        );
    }
    // Without a list Stripe chooses the types itself.
    intent.automatic_payment_methods = kinds.is_empty();
    if let Some(mut automatic) = fields.branch("automatic_payment_methods")? {
        intent.automatic_payment_methods = automatic
            .boolean("enabled")?
            .ok_or_else(|| automatic.missing("enabled"))?;
        automatic.choice("allow_redirects", &["always", "never"])?;
        automatic.finish()?;
    }
    Ok(intent)
}

pub(super) fn confirmation(
    fields: &mut Fields,
    intent: &mut PaymentIntent,
) -> Result<Confirmation, ApiError> {
    let away = fields.boolean("off_session")?.unwrap_or(false);
    let fail_on_action = fields.boolean("error_on_requires_action")?.unwrap_or(false);
    if let Some(url) = fields.web_address("return_url")? {
        intent.return_url = Some(url);
    }
    let presence = if away {
        Presence::Absent
    } else {
        Presence::Present
    };
    Ok(Confirmation {
        presence,
        fail_on_action,
    })
}
