//! The lines of a session: read from a request, and listed on their own.

use serde_json::{Value, json};

use crate::objects::line_item::LineItem;
use crate::objects::session::Session;
use crate::objects::tax::TaxBehavior;
use crate::objects::{Look, metadata, money, new_id};
use crate::store::load;
use crate::wire::error::ApiError;
use crate::wire::fields::Fields;

const MAX_LINES: usize = 100;

/// `line_items[…]` of a new session; every line has the same currency.
pub(super) fn read(fields: &mut Fields, now: i64) -> Result<Vec<LineItem>, ApiError> {
    let lines = fields.list("line_items")?;
    if lines.is_empty() {
        return Err(fields.missing("line_items"));
    }
    if lines.len() > MAX_LINES {
        return Err(
            ApiError::invalid(format!("At most {MAX_LINES} line items are allowed."))
                .about("line_items"),
        );
    }
    let items: Vec<LineItem> = lines
        .into_iter()
        .map(|line| read_line(line, now))
        .collect::<Result<_, _>>()?;
    if let Some(first) = items.first()
        && items.iter().any(|item| item.currency != first.currency)
    {
        return Err(ApiError::invalid(
            "All line items of a Checkout Session must have the same currency.",
        )
        .about("line_items"));
    }
    Ok(items)
}

fn read_line(mut line: Fields, now: i64) -> Result<LineItem, ApiError> {
    if let Some(price) = line.text("price")? {
        return Err(ApiError::no_such_reference(
            "price",
            &price,
            &line.path_of("price"),
        ));
    }
    let mut price = line
        .branch("price_data")?
        .ok_or_else(|| line.missing("price_data"))?;
    let currency = money::read_currency(&mut price)?;
    let unit_amount = price
        .integer_from("unit_amount", 0)?
        .ok_or_else(|| price.missing("unit_amount"))?;
    let tax_behavior = price.choice("tax_behavior", &["exclusive", "inclusive", "unspecified"])?;
    let tax_behavior = match tax_behavior.as_deref() {
        Some("inclusive") => TaxBehavior::Inclusive,
        _ => TaxBehavior::Exclusive,
    };
    if let Some(product) = price.text("product")? {
        return Err(ApiError::no_such_reference(
            "product",
            &product,
            &price.path_of("product"),
        ));
    }
    let mut product = price
        .branch("product_data")?
        .ok_or_else(|| price.missing("product_data"))?;
    let name = product
        .text_up_to("name", 5_000)?
        .ok_or_else(|| product.missing("name"))?;
    let description = product.text_up_to("description", 40_000)?;
    let product_metadata = metadata::read_new(&mut product, "metadata")?;
    product.texts("images")?;
    product.text("tax_code")?;
    product.text("unit_label")?;
    product.finish()?;
    price.finish()?;
    let metadata = metadata::read_new(&mut line, "metadata")?;
    let quantity = line
        .integer_from("quantity", 1)?
        .ok_or_else(|| line.missing("quantity"))?;
    let amount = unit_amount.checked_mul(quantity).ok_or_else(|| {
        ApiError::invalid("The line's amount is too large.")
            .coded("amount_too_large")
            .about(line.path_of("quantity"))
    })?;
    line.finish()?;
    Ok(LineItem {
        id: new_id("li_"),
        price_id: new_id("price_"),
        product_id: new_id("prod_"),
        created: now,
        name,
        description,
        metadata,
        product_metadata,
        currency,
        unit_amount,
        quantity,
        amount,
        tax_behavior,
        tax: 0,
    })
}

/// The page of a session's lines, in the order they were given.
pub(super) fn list(look: &Look<'_>, mut fields: Fields, session: &str) -> Result<Value, ApiError> {
    let limit = fields.integer_from("limit", 1)?.unwrap_or(10).min(100);
    let after = fields.text("starting_after")?;
    fields.finish()?;
    let found = load::<Session>(look.reads, session)?;
    let items = found
        .ok_or_else(|| ApiError::no_such("checkout.session", session, "session"))?
        .line_items;
    let start = match &after {
        None => 0,
        Some(id) => items
            .iter()
            .position(|item| &item.id == id)
            .ok_or_else(|| ApiError::no_such_reference("item", id, "starting_after"))?
            .saturating_add(1),
    };
    let limit = usize::try_from(limit).unwrap_or(10);
    let data: Vec<Value> = items
        .iter()
        .skip(start)
        .take(limit)
        .map(LineItem::view)
        .collect();
    Ok(json!({
        "object": "list",
        "url": format!("/v1/checkout/sessions/{session}/line_items"),
        "has_more": items.len() > start.saturating_add(data.len()),
        "data": data,
    }))
}
