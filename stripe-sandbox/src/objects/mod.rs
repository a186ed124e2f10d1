//! The records the sandbox keeps and the Stripe objects they are shown as; nothing here changes state.
//!
//! A record holds what was decided; its `view` is the whole object as Stripe shows it, with every field of Stripe's
//! own example and none more, but for those of its schema that the example leaves out.

pub(crate) mod address;
pub(crate) mod balance_transaction;
pub(crate) mod card;
pub(crate) mod charge;
pub(crate) mod customer;
pub(crate) mod dispute;
mod dispute_view;
pub(crate) mod early_fraud_warning;
pub(crate) mod event;
pub(crate) mod invoice;
pub(crate) mod line_item;
pub(crate) mod metadata;
pub(crate) mod money;
pub(crate) mod payment_intent;
pub(crate) mod payment_method;
pub(crate) mod refund;
pub(crate) mod session;
mod session_view;
pub(crate) mod setup_intent;
pub(crate) mod tax;
pub(crate) mod test_cards;
pub(crate) mod test_clock;

use serde_json::{Value, json};

use crate::store::{Reads, StoreError, load};
use charge::Charge;
use customer::Customer;
use dispute::Dispute;
use invoice::Invoice;
use payment_intent::PaymentIntent;
use payment_method::PaymentMethod;
use refund::Refund;
use session::Session;
use setup_intent::SetupIntent;

/// Reading access, with what a view needs beside the records.
#[derive(Clone, Copy)]
pub(crate) struct Look<'a> {
    pub(crate) reads: &'a dyn Reads,
    pub(crate) public_url: &'a str,
}

/// A new id: the prefix, then letters and digits that sort by time.
pub(crate) fn new_id(prefix: &str) -> String {
    format!("{prefix}{}", uuid::Uuid::now_v7().simple())
}

/// The object with this id, whatever its kind.
pub(crate) fn view_by_id(look: &Look<'_>, id: &str) -> Result<Option<Value>, StoreError> {
    let kind = id.split('_').next().unwrap_or_default();
    Ok(match kind {
        "cs" => load::<Session>(look.reads, id)?.map(|found| found.view(look.public_url)),
        "pi" => load::<PaymentIntent>(look.reads, id)?.map(|found| found.view(look.public_url)),
        "ch" | "py" => load::<Charge>(look.reads, id)?.map(|found| found.view(look.public_url)),
        "cus" => load::<Customer>(look.reads, id)?.map(|found| found.shown()),
        "seti" => load::<SetupIntent>(look.reads, id)?.map(|found| found.view(look.public_url)),
        "in" => load::<Invoice>(look.reads, id)?.map(|found| found.view(look.public_url)),
        "pm" => load::<PaymentMethod>(look.reads, id)?.map(|found| found.view()),
        "re" | "pyr" => load::<Refund>(look.reads, id)?.map(|found| found.view()),
        "dp" | "du" => load::<Dispute>(look.reads, id)?.map(|found| found.view()),
        _ => None,
    })
}

/// The line items of a session as the list an expanded session carries.
pub(crate) fn line_items_of(look: &Look<'_>, session: &str) -> Result<Value, StoreError> {
    let items =
        load::<Session>(look.reads, session)?.map_or_else(Vec::new, |found| found.line_items);
    let data: Vec<Value> = items.iter().map(line_item::LineItem::view).collect();
    Ok(json!({
        "object": "list",
        "url": format!("/v1/checkout/sessions/{session}/line_items"),
        "has_more": false,
        "data": data,
    }))
}

/// The refunds of a charge as the list an expanded charge carries.
pub(crate) fn refunds_of(look: &Look<'_>, charge: &str) -> Result<Value, StoreError> {
    let ids = load::<Charge>(look.reads, charge)?.map_or_else(Vec::new, |found| found.refunds);
    let mut data = Vec::new();
    for id in ids.iter().take(10) {
        data.extend(load::<Refund>(look.reads, id)?.map(|found| found.view()));
    }
    Ok(json!({
        "object": "list",
        "url": format!("/v1/charges/{charge}/refunds"),
        "has_more": ids.len() > data.len(),
        "data": data,
    }))
}
