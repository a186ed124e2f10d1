//! Every object has exactly the fields of Stripe's own example, each of the same JSON type.
//!
//! The examples are read from `STRIPE_FIXTURES` (default: `../shared/stripe/fixtures.json` beside the workspace).
//! Stripe's examples fill in hashes that its schema lets be null; where the sandbox says null, the path must stand in
//! `NULLABLE`, which follows the optional fields of the generated client's types.

mod allowed;
mod stories;

use serde_json::Value;

use crate::support::TestSandbox;
use allowed::{AT_TIMES, NULLABLE, OPEN};
use stories::tell_stories;

fn fixtures() -> Value {
    let default = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/stripe/fixtures.json"
    );
    let path = std::env::var("STRIPE_FIXTURES").unwrap_or_else(|_| default.to_owned());
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!("Stripe's example objects are needed at {path} ({error}); set STRIPE_FIXTURES to their file")
    });
    serde_json::from_str(&text).unwrap()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Appends every difference of shape, by path.
fn compare(path: &str, ours: &Value, example: &Value, differences: &mut Vec<String>) {
    if ours.is_null() {
        if !example.is_null() && !NULLABLE.contains(&path) {
            differences.push(format!(
                "{path} is null, the example has a {}",
                kind(example)
            ));
        }
        return;
    }
    if !example.is_null() && kind(ours) != kind(example) {
        differences.push(format!(
            "{path} is a {}, the example has a {}",
            kind(ours),
            kind(example)
        ));
        return;
    }
    match (ours, example) {
        (Value::Object(ours), Value::Object(example)) if !OPEN.contains(&path) => {
            let at_times = |name: &str| AT_TIMES.contains(&format!("{path}.{name}").as_str());
            for name in example.keys() {
                if !ours.contains_key(name) && !at_times(name) {
                    differences.push(format!("{path}.{name} is missing"));
                }
            }
            for (name, value) in ours {
                match example.get(name) {
                    Some(example) => {
                        compare(&format!("{path}.{name}"), value, example, differences)
                    }
                    None if at_times(name) => {}
                    None => differences.push(format!("{path}.{name} is not Stripe's")),
                }
            }
        }
        (Value::Array(ours), Value::Array(example)) => {
            for value in ours {
                if let Some(example) = example.first() {
                    compare(&format!("{path}[]"), value, example, differences);
                }
            }
        }
        _ => {}
    }
}

#[track_caller]
fn assert_shape(object: &Value, fixtures: &Value) {
    let name = object["object"].as_str().unwrap();
    let example = fixtures
        .get(name)
        .unwrap_or_else(|| panic!("no example of a {name}"));
    let mut differences = Vec::new();
    compare(name, object, example, &mut differences);
    let (ours, theirs) = (
        &object["payment_method_details"],
        &example["payment_method_details"],
    );
    if name == "charge" && ours["type"] == "card" {
        compare(
            "charge.payment_method_details.card",
            &ours["card"],
            &theirs["card"],
            &mut differences,
        );
    }
    assert!(differences.is_empty(), "{differences:#?}");
}

#[tokio::test]
async fn every_object_in_every_state_has_the_shape_of_stripes_example() {
    let fixtures = fixtures();
    let sandbox = TestSandbox::start().await;
    tell_stories(&sandbox).await;
    for (path, least) in [
        ("/v1/checkout/sessions", 5),
        ("/v1/payment_intents", 7),
        ("/v1/customers", 2),
        ("/v1/refunds", 3),
        ("/v1/disputes", 2),
        ("/v1/radar/early_fraud_warnings", 1),
        ("/v1/charges", 10),
        ("/v1/setup_intents", 1),
        ("/v1/invoices", 1),
        ("/v1/test_helpers/test_clocks", 1),
        ("/v1/events", 30),
    ] {
        let list = sandbox.fetch(&format!("{path}?limit=100")).await;
        let objects = list["data"].as_array().unwrap();
        assert!(objects.len() >= least, "{path}: {}", objects.len());
        objects
            .iter()
            .for_each(|object| assert_shape(object, &fixtures));
    }
}

#[tokio::test]
async fn every_object_inside_an_event_has_the_shape_of_stripes_example() {
    let fixtures = fixtures();
    let sandbox = TestSandbox::start().await;
    tell_stories(&sandbox).await;
    let events = sandbox.fetch("/v1/events?limit=100").await;
    assert_eq!(events["has_more"], false, "every event is looked at");
    let mut kinds = std::collections::BTreeSet::new();
    for event in events["data"].as_array().unwrap() {
        kinds.insert(event["type"].as_str().unwrap());
        assert_shape(&event["data"]["object"], &fixtures);
    }
    assert_eq!(kinds.len(), 38, "{kinds:?}");
}

#[tokio::test]
async fn charges_lines_and_payment_methods_have_the_shape_of_stripes_example() {
    let fixtures = fixtures();
    let sandbox = TestSandbox::start().await;
    tell_stories(&sandbox).await;
    let intents = sandbox.fetch("/v1/payment_intents?limit=100&expand[]=data.latest_charge&expand[]=data.payment_method").await;
    for intent in intents["data"].as_array().unwrap() {
        for part in [
            &intent["latest_charge"],
            &intent["payment_method"],
            &intent["last_payment_error"]["payment_method"],
        ] {
            // A debit's own hash has no example.
            if part.is_object() && part["type"] != "us_bank_account" {
                assert_shape(part, &fixtures);
            }
        }
    }
    let sessions = sandbox
        .fetch("/v1/checkout/sessions?limit=1&expand[]=data.line_items")
        .await;
    assert_shape(&sessions["data"][0]["line_items"]["data"][0], &fixtures);
}
