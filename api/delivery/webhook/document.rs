//! The webhooks of the OpenAPI document: a schema and an example for each kind of event.

use ledger::notice::Kind;
use serde_json::{Map, Value, json};

use super::body::{COMMON, event, members};
use crate::delivery::samples;
use crate::wire::NotificationKind;

/// Puts every webhook, and a schema for each, into the document: their members are those of
/// `Notification`, which is there already.
pub fn describe(document: &mut Value) {
    let Some(document) = document.as_object_mut() else {
        return;
    };
    let schemas = document.get_mut("components");
    let schemas = schemas.and_then(|components| components.get_mut("schemas"));
    let Some(Value::Object(schemas)) = schemas else {
        return;
    };
    let notification = schemas.get("Notification");
    let known = notification.and_then(|schema| schema.get("properties"));
    let known = known.cloned().unwrap_or_default();
    let mut webhooks = Map::new();
    for kind in Kind::ALL {
        let name = NotificationKind::from(kind).as_str();
        let schema = schema_name(name);
        webhooks.insert(name.to_owned(), webhook(kind, &schema));
        schemas.insert(schema, event_schema(kind, &known));
    }
    document.insert("webhooks".to_owned(), Value::Object(webhooks));
}

/// `credits.expiring` is described by `CreditsExpiringEvent`.
fn schema_name(name: &str) -> String {
    let words = name.split(['.', '_']).map(|word| {
        let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        format!("{}{rest}", first.to_ascii_uppercase())
    });
    let words: String = words.collect();
    format!("{words}Event")
}

fn webhook(kind: Kind, schema: &str) -> Value {
    let kind_on_wire = NotificationKind::from(kind);
    let (name, summary) = (kind_on_wire.as_str(), kind_on_wire.says());
    let header = |name: &str, description: &str, example: &str| {
        json!({
            "name": name, "in": "header", "required": true, "description": description,
            "schema": {"type": "string"}, "example": example
        })
    };
    json!({"post": {
        "operationId": format!("receive_{}", name.replace('.', "_")),
        "summary": summary,
        "description": "Sent to every webhook endpoint that takes its kind, signed as Standard Webhooks says. It may come \
    more than once: `webhook-id` is the same then. Answer with a status of success within 15 seconds.",
        "tags": ["Notifications"],
        // It is the signature that vouches for it.
        "security": [],
        "parameters": [
            header("webhook-id", "The id of the notice, the same however often it is sent.",
                "019aaf11-0100-7a07-b1f3-0c1d2e3f4a5b"),
            header("webhook-timestamp", "When it was sent, in seconds since 1970 UTC. Refuse what is older than five minutes.",
                "1795597320"),
            header("webhook-signature", "`v1,` and the base64 of HMAC-SHA256 over id, timestamp and body, joined by dots; while a \
    secret is rotated, two of them with a space between.", "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=")
        ],
        "requestBody": {"required": true, "content": {"application/json": {
            "schema": {"$ref": format!("#/components/schemas/{schema}")},
            "example": example(kind)
        }}},
        "responses": {
            "2XX": {"description": "Received."},
            "410": {"description": "Nobody is here any more: the endpoint is disabled."},
            "default": {"description": "Not received: it is sent again, ten times over about three days."}
        }
    }})
}

fn example(kind: Kind) -> Value {
    let notices = samples::notices();
    let sample = notices.iter().find(|notice| notice.news.kind() == kind);
    let sample = samples::account().zip(sample);
    sample.map_or(Value::Null, |(account, notice)| event(&account, notice))
}

fn event_schema(kind: Kind, known: &Value) -> Value {
    let name = NotificationKind::from(kind).as_str();
    let (always, sometimes) = members(kind);
    let mut properties = Map::new();
    for member in COMMON.iter().chain(always).chain(sometimes) {
        let schema = match *member {
            "account_id" => json!({"type": "string", "examples": ["user-1"]}),
            member => known.get(member).cloned().unwrap_or_default(),
        };
        properties.insert((*member).to_owned(), schema);
    }
    let required: Vec<&str> = COMMON.iter().chain(always).copied().collect();
    json!({
        "type": "object",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"type": "string", "enum": [name]},
            "timestamp": {"type": "string", "format": "date-time", "description": "When it happened."},
            "data": {"type": "object", "required": required, "properties": properties}
        }
    })
}
