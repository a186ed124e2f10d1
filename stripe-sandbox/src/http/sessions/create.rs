//! Reading a new session out of a request; nothing is stored before every parameter has been checked.

use super::{customer, line_items, method_types};
use crate::objects::line_item::LineItem;
use crate::objects::session::{
    IntentData, InvoiceData, Mode, PaymentStatus, Session, SessionStatus,
};
use crate::objects::setup_intent::SetupIntent;
use crate::objects::{metadata, money, new_id};
use crate::payments::Work;
use crate::wire::error::ApiError;
use crate::wire::fields::Fields;

const SHORTEST_S: i64 = 30 * 60;
const LONGEST_S: i64 = 24 * 60 * 60;

pub(super) fn read(work: &Work<'_>, mut fields: Fields) -> Result<Session, ApiError> {
    let mode = read_mode(&mut fields)?;
    let success_url = fields
        .web_address("success_url")?
        .ok_or_else(|| fields.missing("success_url"))?;
    let order = match mode {
        Mode::Payment => read_order(&mut fields, work.now)?,
        Mode::Setup => read_no_order(&mut fields)?,
    };
    let mut session = Session {
        id: new_id("cs_test_"),
        created: work.now,
        expires_at: read_expiry(&mut fields, work.now)?,
        status: SessionStatus::Open,
        payment_status: match mode {
            Mode::Payment => PaymentStatus::Unpaid,
            Mode::Setup => PaymentStatus::NoPaymentRequired,
        },
        mode,
        payment_method_types: order.payment_method_types,
        currency: order.currency,
        amount_total: order.amount_total,
        line_items: order.line_items,
        adaptive_pricing: read_switch(&mut fields, "adaptive_pricing")?,
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
        intent_data: order.intent_data,
        automatic_tax: order.automatic_tax,
        invoice_data: order.invoice_data,
        invoice: None,
        payer_email: None,
        payer_country: None,
        updates_address: customer::read_update(&mut fields)?,
        intent: None,
        setup_intent: None,
        awaiting_approval: None,
    };
    let setup_intent = (mode == Mode::Setup)
        .then(|| read_setup_intent(&mut fields, work, &session))
        .transpose()?;
    fields.finish()?;
    customer::check(work, &mut session)?;
    if let Some(setup_intent) = setup_intent {
        work.tx.put(&setup_intent)?;
        work.emit("setup_intent.created", setup_intent.view(work.public_url))?;
        session.setup_intent = Some(setup_intent.id);
    }
    Ok(session)
}

/// What is sold, and how it may be paid.
struct Order {
    currency: String,
    amount_total: i64,
    line_items: Vec<LineItem>,
    payment_method_types: Vec<String>,
    intent_data: IntentData,
    automatic_tax: bool,
    invoice_data: Option<InvoiceData>,
}

fn read_order(fields: &mut Fields, now: i64) -> Result<Order, ApiError> {
    let line_items = line_items::read(fields, now)?;
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
    Ok(Order {
        payment_method_types: method_types::read(fields, &currency)?,
        currency,
        amount_total,
        line_items,
        intent_data: read_intent_data(fields)?,
        automatic_tax: read_switch(fields, "automatic_tax")?,
        invoice_data: read_invoice_data(fields)?,
    })
}

/// Saving a card: nothing is sold.
fn read_no_order(fields: &mut Fields) -> Result<Order, ApiError> {
    let currency = match fields.has("currency") {
        true => money::read_currency(fields)?,
        false => String::new(),
    };
    let given = fields.texts("payment_method_types")?;
    if given.is_empty() && currency.is_empty() {
        return Err(fields.missing("currency"));
    }
    if given.iter().any(|kind| kind != "card") {
        return Err(
            ApiError::invalid("The sandbox saves cards only.").about("payment_method_types")
        );
    }
    Ok(Order {
        currency,
        amount_total: 0,
        line_items: Vec::new(),
        payment_method_types: vec!["card".to_owned()],
        intent_data: IntentData::default(),
        automatic_tax: false,
        invoice_data: None,
    })
}

fn read_mode(fields: &mut Fields) -> Result<Mode, ApiError> {
    let mode = fields.choice("mode", &["payment", "setup", "subscription"])?;
    // Stripe renamed the value; both mean the page at `url`.
    fields.choice("ui_mode", &["hosted", "hosted_page"])?;
    match mode.as_deref() {
        None => Err(fields.missing("mode")),
        Some("payment") => Ok(Mode::Payment),
        Some("setup") => Ok(Mode::Setup),
        Some(other) => Err(ApiError::invalid(format!(
            "The sandbox has no `{other}` mode, only `payment` and `setup`."
        ))
        .about("mode")),
    }
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

/// `name[enabled]`.
fn read_switch(fields: &mut Fields, name: &str) -> Result<bool, ApiError> {
    let Some(mut switch) = fields.branch(name)? else {
        return Ok(false);
    };
    let enabled = switch.boolean("enabled")?.unwrap_or(false);
    switch.finish()?;
    Ok(enabled)
}

fn read_invoice_data(fields: &mut Fields) -> Result<Option<InvoiceData>, ApiError> {
    let Some(mut creation) = fields.branch("invoice_creation")? else {
        return Ok(None);
    };
    let enabled = creation
        .boolean("enabled")?
        .ok_or_else(|| creation.missing("enabled"))?;
    let mut found = InvoiceData::default();
    if let Some(mut data) = creation.branch("invoice_data")? {
        found.description = data.text_up_to("description", 1_500)?;
        found.footer = data.text_up_to("footer", 5_000)?;
        found.metadata = metadata::read_new(&mut data, "metadata")?;
        data.finish()?;
    }
    creation.finish()?;
    Ok(enabled.then_some(found))
}

fn read_setup_intent(
    fields: &mut Fields,
    work: &Work<'_>,
    session: &Session,
) -> Result<SetupIntent, ApiError> {
    let mut intent = SetupIntent::new(work.now);
    intent.session = Some(session.id.clone());
    intent.customer.clone_from(&session.customer);
    if let Some(mut data) = fields.branch("setup_intent_data")? {
        intent.description = data.text_up_to("description", 1_000)?;
        intent.metadata = metadata::read_new(&mut data, "metadata")?;
        data.finish()?;
    }
    Ok(intent)
}
