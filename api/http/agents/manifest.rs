//! `/.well-known/agent.json`: the capability manifest, version 1.4. Its intents are operations of the
//! document, its prices the rates in effect; nothing here repeats what stands elsewhere.

use serde_json::{Map, Value, json};
use url::Url;

use super::described::{self, Described, Input, one_line, resolved, text};
use super::tools::Tool;
use crate::app::App;
use crate::http::rates;

/// What somebody's own software does with somebody's own credits. Everything else is in the document.
pub const INTENTS: &[&str] = &[
    "get_balance",
    "list_lots",
    "list_usage_history",
    "get_usage_summary",
    "list_operations",
    "create_quote",
    "list_packages",
    "get_custom_price",
    "get_purchase_advice",
    "create_checkout_session",
    "get_checkout_session",
    "list_purchases",
];

/// The manifest has to name a wallet; this is the one that nobody has.
const NO_WALLET: &str = "0x0000000000000000000000000000000000000000";
/// The longest that the manifest allows.
const LONGEST_DESCRIPTION: usize = 500;
const LONGEST_REMARK: usize = 200;

pub fn manifest(document: &Value, app: &App) -> Value {
    let url = &app.public_url;
    let host = Url::parse(url).ok();
    let host = host.as_ref().and_then(Url::host_str);
    let intents = INTENTS
        .iter()
        .filter_map(|id| described::find(document, id));
    let intents: Vec<Value> = intents.map(|it| intent(document, &it, url)).collect();
    let head = document.pointer("/info").unwrap_or(&Value::Null);
    json!({
        "version": "1.4",
        "origin": host.unwrap_or_default(),
        "payout_address": NO_WALLET,
        "display_name": text(head, "title"),
        "description": brief(text(head, "description"), LONGEST_DESCRIPTION),
        "intents": intents,
        "extensions": {"credits": {
            "openapi": format!("{url}/openapi.json"),
            "llms": format!("{url}/llms.txt"),
            "mcp": format!("{url}/mcp"),
            "unit": "A credit. Amounts of credits are decimal strings with at most six decimals.",
            "payment": {
                "method": "stripe_checkout",
                "intent": Tool::CreateCheckoutSession.operation(),
                "description": "Credits are bought by a person, on a page of Stripe's that this intent \
                    answers the address of. Nothing is paid to a wallet: payout_address is the zero address.",
            },
            "work": rates::operations(app).data,
        }}
    })
}

fn intent(document: &Value, operation: &Described<'_>, url: &str) -> Value {
    let whole = format!("{}. {}", operation.summary(), operation.description());
    let parameters = operation.inputs().into_iter().map(|input| {
        let name = input.name.to_owned();
        (name, parameter(document, input))
    });
    let returns = operation.answer();
    let returns = returns.map(|(schema, says)| returned(document, schema, says));
    json!({
        "name": operation.id(),
        "description": brief(&whole, LONGEST_DESCRIPTION),
        "endpoint": format!("{url}{}", operation.path),
        "method": operation.method,
        "parameters": parameters.collect::<Map<_, _>>(),
        "returns": returns.unwrap_or_else(|| json!({})),
        "extensions": {"credits": {
            "price": "0",
            "required_scope": operation.scope(),
            "idempotency_key": operation.idempotency_key().is_some(),
        }}
    })
}

fn parameter(document: &Value, input: Input<'_>) -> Value {
    let schema = Value::Object(input.schema);
    let target = resolved(document, &schema);
    let said = |schema| one_line(text(schema, "description"));
    let mut parameter = Map::new();
    parameter.insert("type".to_owned(), json!(kind(document, &schema)));
    parameter.insert("required".to_owned(), json!(input.required));
    let description = Some(said(&schema)).filter(|it| !it.is_empty());
    let description = description.unwrap_or_else(|| said(target));
    if !description.is_empty() {
        let description = brief(&description, LONGEST_REMARK);
        parameter.insert("description".to_owned(), json!(description));
    }
    for member in ["enum", "default"] {
        if let Some(value) = target.get(member) {
            parameter.insert(member.to_owned(), value.clone());
        }
    }
    Value::Object(parameter)
}

fn returned(document: &Value, schema: &Value, says: &str) -> Value {
    let properties = resolved(document, schema).get("properties");
    let properties = properties.and_then(Value::as_object).into_iter().flatten();
    let properties = properties.map(|(name, schema)| {
        let mut property = Map::new();
        property.insert("type".to_owned(), json!(kind(document, schema)));
        let description = text(schema, "description");
        if !description.is_empty() {
            let description = one_line(description);
            property.insert("description".to_owned(), json!(description));
        }
        (name.clone(), Value::Object(property))
    });
    json!({
        "type": kind(document, schema),
        "description": brief(says, LONGEST_REMARK),
        "properties": properties.collect::<Map<_, _>>(),
    })
}

/// The one type that a schema allows beside null.
fn kind<'a>(document: &'a Value, schema: &'a Value) -> &'a str {
    let schema = resolved(document, schema);
    let one = |choices: &'a Value| {
        let kinds = choices.as_array().into_iter().flatten();
        let mut kinds = kinds.map(|it| it.as_str().unwrap_or_else(|| kind(document, it)));
        kinds.find(|it| *it != "null")
    };
    let named = schema.get("type").and_then(Value::as_str);
    let listed = || schema.get("type").and_then(one);
    let either = || schema.get("oneOf").and_then(one);
    named.or_else(listed).or_else(either).unwrap_or("object")
}

/// As many whole sentences of a text as `most` characters hold.
fn brief(whole: &str, most: usize) -> String {
    let mut brief = String::new();
    for sentence in one_line(whole).split_inclusive(". ") {
        let longer = format!("{brief}{sentence}");
        if longer.trim_end().chars().count() > most {
            break;
        }
        brief = longer;
    }
    brief.trim_end().to_owned()
}
