//! What a webhook says: the notice as the feed shows it, and whose it is. Each kind has its own members
//! and none but these, which the OpenAPI document describes kind by kind.

use ledger::ids::AccountId;
use ledger::notice::{Kind, Notice};
use serde_json::{Map, Value, json};

use crate::delivery::samples;
use crate::wire::{NotificationKind, NotificationView};

/// The body of a webhook.
pub fn text(account_id: &AccountId, notice: &Notice) -> String {
    event(account_id, notice).to_string()
}

fn event(account_id: &AccountId, notice: &Notice) -> Value {
    let view = NotificationView::unread(account_id, notice);
    let mut data = serde_json::to_value(&view).unwrap_or_default();
    let timestamp = data["created_at"].clone();
    if let Some(members) = data.as_object_mut() {
        // What the owner has read is the feed's to say; the rest stands beside the data.
        for elsewhere in ["read_at", "kind", "created_at"] {
            members.remove(elsewhere);
        }
        members.insert("account_id".to_owned(), json!(account_id.as_str()));
    }
    let name = NotificationKind::from(notice.news.kind()).as_str();
    json!({"type": name, "timestamp": timestamp, "data": data})
}

/// Members of every kind's data.
const COMMON: [&str; 3] = ["account_id", "id", "number"];

/// Those that a kind has beside them: first what it always has, then what it may have.
fn members(kind: Kind) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        Kind::PurchasePaid
        | Kind::PaymentReversed
        | Kind::ReversalUndone
        | Kind::PaymentDisputed
        | Kind::DisputeEnded => (&["credits", "purchase_id", "entry_sequence"], &[]),
        Kind::CreditsGiven | Kind::CreditsTaken => (&["credits", "entry_sequence"], &[]),
        Kind::CreditsExpiring => (&["credits", "days", "expires_at"], &[]),
        Kind::CreditsExpired => (&["credits", "lot_id", "entry_sequence"], &[]),
        Kind::BalanceLow | Kind::BalanceRecovered => (&["credits", "threshold"], &[]),
        Kind::LimitReached => (&["credits", "window", "resets_at"], &["operation"]),
        Kind::DebtIncurred => (&["credits", "debt", "entry_sequence"], &[]),
        Kind::RechargeFailed => (&["purchase_id", "decline_code"], &[]),
        Kind::RechargeSuspended => (&["suspended_because"], &[]),
        Kind::RechargeNeedsAuthentication => (&["purchase_id"], &[]),
        Kind::RechargeCap => (&["percent"], &[]),
        Kind::EndpointDisabled => (&["endpoint_id", "url"], &[]),
    }
}

/// Puts every webhook, and a schema for each, into the document: their members are those of
/// `Notification`, which is there already.
pub fn describe(document: &mut Value) {
    let known = document["components"]["schemas"]["Notification"]["properties"].clone();
    let kinds = document["components"]["schemas"]["NotificationKind"].clone();
    let mut webhooks = Map::new();
    for kind in Kind::ALL {
        let name = NotificationKind::from(kind).as_str();
        let schema = schema_name(name);
        webhooks.insert(name.to_owned(), webhook(kind, &schema, &kinds));
        document["components"]["schemas"][&schema] = event_schema(kind, &known);
    }
    document["webhooks"] = Value::Object(webhooks);
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

fn webhook(kind: Kind, schema: &str, kinds: &Value) -> Value {
    let name = NotificationKind::from(kind).as_str();
    let summary = summary_of(name, kinds);
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

/// The first sentence of what the kind's own documentation says.
fn summary_of(name: &str, kinds: &Value) -> String {
    let text = kinds["description"].as_str().unwrap_or_default();
    let line = text.lines().find_map(|line| {
        let (kind, said) = line.trim_start_matches(['*', '-', ' ']).split_once(": ")?;
        (kind.trim_matches('`') == name).then_some(said)
    });
    line.unwrap_or(name).trim_end_matches('.').to_owned()
}

fn event_schema(kind: Kind, known: &Value) -> Value {
    let name = NotificationKind::from(kind).as_str();
    let (always, sometimes) = members(kind);
    let mut properties = Map::new();
    for member in COMMON.iter().chain(always).chain(sometimes) {
        let schema = match *member {
            "account_id" => json!({"type": "string", "examples": ["user-1"]}),
            member => known[member].clone(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_the_members_that_the_document_says_and_none_but_these() {
        let account = samples::account().unwrap();
        let mut kinds = Vec::new();
        for notice in samples::notices() {
            let kind = notice.news.kind();
            kinds.push(kind);
            let (always, sometimes) = members(kind);
            let body: Value = serde_json::from_str(&text(&account, &notice)).unwrap();
            let data = body["data"].as_object().unwrap();
            for member in COMMON.iter().chain(always) {
                assert!(
                    data.contains_key(*member),
                    "{kind:?} says no {member}: {body}"
                );
            }
            for member in data.keys() {
                let known = [COMMON.as_slice(), always, sometimes].concat();
                assert!(
                    known.contains(&member.as_str()),
                    "{kind:?} says {member}: {body}"
                );
            }
            assert_eq!(body["type"], NotificationKind::from(kind).as_str());
            assert_eq!(body["timestamp"], "2026-11-24T09:02:00Z");
        }
        assert!(Kind::ALL.iter().all(|kind| kinds.contains(kind)));
    }
}
