//! Reading a new session out of a request; nothing is stored before every parameter has been checked.

use super::line_items;
use crate::objects::customer::Customer;
use crate::objects::session::{IntentData, PaymentStatus, Session, SessionStatus};
use crate::objects::{metadata, money, new_id};
use crate::payments::Work;
use crate::store::load;
use crate::wire::error::ApiError;
use crate::wire::fields::Fields;

const SHORTEST_S: i64 = 30 * 60;
const LONGEST_S: i64 = 24 * 60 * 60;
/// The types of payment whose money arrives later, and the currency each belongs to.
const DELAYED: [(&str, &str); 5] = [
    ("us_bank_account", "usd"),
    ("sepa_debit", "eur"),
    ("bacs_debit", "gbp"),
    ("au_becs_debit", "aud"),
    ("acss_debit", "cad"),
];

pub(super) fn read(work: &Work<'_>, mut fields: Fields) -> Result<Session, ApiError> {
    read_mode(&mut fields)?;
    let success_url = fields
        .web_address("success_url")?
        .ok_or_else(|| fields.missing("success_url"))?;
    let line_items = line_items::read(&mut fields, work.now)?;
    let currency = line_items
        .first()
        .map(|item| item.currency.clone())
        .unwrap_or_default();
    let amount_total = line_items
        .iter()
        .try_fold(0_i64, |sum, item| sum.checked_add(item.amount));
    let amount_total = amount_total.unwrap_or(i64::MAX);
    // Nothing to pay is allowed; a little less than banks accept is not.
    if amount_total != 0 {
        money::check_amount(amount_total, &currency, "line_items")?;
    }
    let mut session = Session {
        id: new_id("cs_test_"),
        created: work.now,
        expires_at: read_expiry(&mut fields, work.now)?,
        status: SessionStatus::Open,
        payment_status: PaymentStatus::Unpaid,
        payment_method_types: read_method_types(&mut fields, &currency)?,
        currency,
        amount_total,
        line_items,
        adaptive_pricing: read_adaptive_pricing(&mut fields)?,
        billing_address_collection: fields
            .choice("billing_address_collection", &["auto", "required"])?,
        cancel_url: fields.web_address("cancel_url")?,
        client_reference_id: fields.text_up_to("client_reference_id", 200)?,
        customer: fields.text("customer")?,
        customer_creation: fields.choice("customer_creation", &["always", "if_required"])?,
        customer_email: fields.text_up_to("customer_email", 800)?,
        locale: fields.text_up_to("locale", 16)?,
        metadata: metadata::read_new(&mut fields, "metadata")?,
        submit_type: fields.choice(
            "submit_type",
            &["auto", "book", "donate", "pay", "subscribe"],
        )?,
        success_url,
        intent_data: read_intent_data(&mut fields)?,
        payer_email: None,
        intent: None,
        awaiting_approval: None,
    };
    fields.finish()?;
    check_customer(work, &mut session)?;
    Ok(session)
}

fn read_mode(fields: &mut Fields) -> Result<(), ApiError> {
    let mode = fields.choice("mode", &["payment", "setup", "subscription"])?;
    match mode.as_deref() {
        None => return Err(fields.missing("mode")),
        Some("payment") => {}
        Some(other) => {
            return Err(ApiError::invalid(format!(
                "The sandbox has no `{other}` mode, only `payment`."
            ))
            .about("mode"));
        }
    }
    // Stripe renamed the value; both mean the page at `url`.
    fields.choice("ui_mode", &["hosted", "hosted_page"])?;
    Ok(())
}

fn read_expiry(fields: &mut Fields, now: i64) -> Result<i64, ApiError> {
    let Some(expires_at) = fields.integer("expires_at")? else {
        return Ok(now.saturating_add(LONGEST_S));
    };
    let away = expires_at.saturating_sub(now);
    let refuse = |bound: &str| {
        Err(ApiError::invalid(format!(
            "The `expires_at` timestamp must be {bound} from Checkout Session creation."
        ))
        .about("expires_at"))
    };
    if away < SHORTEST_S {
        return refuse("at least 30 minutes");
    }
    if away > LONGEST_S {
        return refuse("less than 24 hours");
    }
    Ok(expires_at)
}

/// Without a choice of the caller's: cards, and the delayed type of the currency.
fn read_method_types(fields: &mut Fields, currency: &str) -> Result<Vec<String>, ApiError> {
    let given = fields.texts("payment_method_types")?;
    for (index, kind) in given.iter().enumerate() {
        let param = format!("payment_method_types[{index}]");
        match DELAYED.iter().find(|(name, _)| name == kind) {
            None if kind == "card" => {}
            None => {
                let known: Vec<&str> = DELAYED.iter().map(|(name, _)| *name).collect();
                let message = format!("Invalid {param}: must be one of card, {}", known.join(", "));
                return Err(ApiError::invalid(message).about(param));
            }
            Some((_, only)) if *only == currency => {}
            Some((_, only)) => {
                let message = format!(
                    "The payment method `{kind}` takes payments in {only} only, not in {currency}."
                );
                return Err(ApiError::invalid(message).about(param));
            }
        }
    }
    if !given.is_empty() {
        return Ok(given);
    }
    let delayed = DELAYED
        .iter()
        .find(|(_, only)| *only == currency)
        .map(|(name, _)| (*name).to_owned());
    Ok([Some("card".to_owned()), delayed]
        .into_iter()
        .flatten()
        .collect())
}

fn read_adaptive_pricing(fields: &mut Fields) -> Result<bool, ApiError> {
    let Some(mut adaptive) = fields.branch("adaptive_pricing")? else {
        return Ok(false);
    };
    let enabled = adaptive.boolean("enabled")?.unwrap_or(false);
    adaptive.finish()?;
    Ok(enabled)
}

fn read_intent_data(fields: &mut Fields) -> Result<IntentData, ApiError> {
    let Some(mut data) = fields.branch("payment_intent_data")? else {
        return Ok(IntentData::default());
    };
    let intent_data = IntentData {
        capture_method: data.choice("capture_method", &["automatic", "automatic_async"])?,
        description: data.text_up_to("description", 1_000)?,
        metadata: metadata::read_new(&mut data, "metadata")?,
        receipt_email: data.text_up_to("receipt_email", 800)?,
        setup_future_usage: data.choice("setup_future_usage", &["off_session", "on_session"])?,
        statement_descriptor: data.text_up_to("statement_descriptor", 22)?,
        statement_descriptor_suffix: data.text_up_to("statement_descriptor_suffix", 22)?,
    };
    data.finish()?;
    Ok(intent_data)
}

fn check_customer(work: &Work<'_>, session: &mut Session) -> Result<(), ApiError> {
    let Some(id) = session.customer.clone() else {
        // Stripe fills the default in: a guest pays unless a customer is asked for.
        session
            .customer_creation
            .get_or_insert_with(|| "if_required".to_owned());
        return Ok(());
    };
    for (given, name) in [
        (&session.customer_email, "customer_email"),
        (&session.customer_creation, "customer_creation"),
    ] {
        if given.is_some() {
            let message =
                format!("You may only specify one of these parameters: customer, {name}.");
            return Err(ApiError::invalid(message)
                .coded("parameters_exclusive")
                .about("customer"));
        }
    }
    let Some(customer) = load::<Customer>(work.tx, &id)? else {
        return Err(ApiError::no_such_reference("customer", &id, "customer"));
    };
    session.payer_email = customer.email;
    Ok(())
}
