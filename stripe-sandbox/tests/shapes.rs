//! Every object has exactly the fields of Stripe's own example, each of the same JSON type.
//!
//! The examples are read from `STRIPE_FIXTURES` (default: `../shared/stripe/fixtures.json` beside the workspace).
//! Stripe's examples fill in hashes that its schema lets be null; where the sandbox says null, the path must stand in
//! `NULLABLE`, which follows the optional fields of the generated client's types.

use serde_json::{Value, json};

use crate::support::TestSandbox;

/// Contents that depend on the case and are not compared: maps of the caller's, and hashes the example leaves open.
const OPEN: &[&str] = &[
    "charge.fraud_details",
    "charge.metadata",
    "charge.payment_method_details",
    "checkout.session.metadata",
    "checkout.session.payment_method_options",
    "customer.metadata",
    "dispute.metadata",
    "event.data",
    "payment_intent.last_payment_error",
    "payment_intent.metadata",
    "payment_intent.next_action",
    "payment_intent.payment_method_options",
    "payment_method.metadata",
    "refund.metadata",
];

/// Fields of Stripe's schema that are there only at times, or that its example leaves out.
const AT_TIMES: &[&str] = &[
    "charge.refunds",
    "radar.early_fraud_warning.payment_intent",
    "refund.failure_balance_transaction",
    "refund.failure_reason",
    "refund.instructions_email",
    "refund.next_action",
    "refund.pending_reason",
];

const NULLABLE: &[&str] = &[
    "charge.balance_transaction",
    "charge.billing_details.name",
    "charge.description",
    "charge.payment_method_details.card.installments",
    "charge.payment_method_details.card.three_d_secure",
    "charge.payment_method_details.card.wallet",
    "charge.receipt_url",
    "charge.shipping",
    "charge.source",
    "charge.transfer_data",
    "checkout.session.after_expiration",
    "checkout.session.automatic_tax.liability",
    "checkout.session.cancel_url",
    "checkout.session.collected_information.shipping_details",
    "checkout.session.consent",
    "checkout.session.consent_collection",
    "checkout.session.currency_conversion",
    "checkout.session.custom_text.after_submit",
    "checkout.session.custom_text.shipping_address",
    "checkout.session.custom_text.submit",
    "checkout.session.custom_text.terms_of_service_acceptance",
    "checkout.session.customer_details",
    "checkout.session.customer_details.email",
    "checkout.session.invoice_creation.invoice_data.issuer",
    "checkout.session.invoice_creation.invoice_data.rendering_options",
    "checkout.session.payment_intent",
    "checkout.session.payment_method_configuration_details",
    "checkout.session.permissions",
    "checkout.session.saved_payment_method_options",
    "checkout.session.shipping_address_collection",
    "checkout.session.shipping_cost",
    "checkout.session.url",
    "checkout.session.wallet_options",
    "customer.address",
    "customer.currency",
    "customer.discount",
    "customer.invoice_settings.rendering_options",
    "customer.shipping",
    "item.adjustable_quantity",
    "item.price.custom_unit_amount",
    "item.price.recurring",
    "item.price.transform_quantity",
    "payment_intent.automatic_payment_methods",
    "payment_intent.canceled_at",
    "payment_intent.last_payment_error",
    "payment_intent.managed_payments",
    "payment_intent.next_action",
    "payment_intent.payment_method_configuration_details",
    "payment_intent.processing",
    "payment_intent.shipping",
    "payment_intent.transfer_data",
    "payment_method.billing_details.address.city",
    "payment_method.billing_details.address.country",
    "payment_method.billing_details.address.line1",
    "payment_method.billing_details.address.postal_code",
    "payment_method.billing_details.address.state",
    "payment_method.billing_details.email",
    "payment_method.billing_details.phone",
    "payment_method.card.generated_from",
    "payment_method.card.wallet",
];

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

/// Tells every story once, so that each object is seen in each of its states.
async fn tell_stories(sandbox: &TestSandbox) {
    let more = [
        ("customer_creation", "always"),
        ("customer_email", "known@example.com"),
    ];
    let paid = sandbox.session(&more).await;
    sandbox.pay(&paid, "4000000000000002").await;
    sandbox.pay(&paid, "4000002500003155").await;
    sandbox
        .submit(&paid, &[("authentication", "approve")])
        .await;
    for outcome in ["succeeded", "failed"] {
        let delayed = sandbox.session(&[]).await;
        sandbox.submit(&delayed, &[("method", "delayed")]).await;
        let path = format!("/sessions/{}/settle", delayed["id"].as_str().unwrap());
        sandbox.order(&path, json!({ "outcome": outcome })).await;
    }
    let expired = sandbox.session(&[]).await;
    sandbox.pay(&expired, "4000000000000002").await;
    sandbox
        .post(
            &format!(
                "/v1/checkout/sessions/{}/expire",
                expired["id"].as_str().unwrap()
            ),
            &[],
        )
        .await;
    sandbox.session(&[("metadata[a]", "b")]).await;
    let address = [("address[city]", "Graz"), ("email", "a@b.co")];
    let customer = TestSandbox::assert_ok(&sandbox.post("/v1/customers", &address).await);
    sandbox
        .post(
            &format!("/v1/customers/{}", customer["id"].as_str().unwrap()),
            &[("name", "Ann")],
        )
        .await;
    for method in [
        "pm_card_visa",
        "pm_card_chargeDeclined",
        "pm_card_authenticationRequired",
    ] {
        let form = [
            ("amount", "2000"),
            ("currency", "usd"),
            ("payment_method", method),
            ("confirm", "true"),
        ];
        sandbox.post("/v1/payment_intents", &form).await;
    }
    tell_of_banks(sandbox).await;
}

/// Refunds, disputes and warnings, each to its end.
async fn tell_of_banks(sandbox: &TestSandbox) {
    for method in ["pm_card_pendingRefund", "pm_card_refundFail"] {
        let paid = sandbox.paid_by(method).await;
        sandbox.refund(&paid, &[]).await;
    }
    for (method, evidence) in [
        ("pm_card_createDispute", "winning_evidence"),
        ("pm_card_createDisputeInquiry", "escalate_inquiry_evidence"),
        ("pm_card_createIssuerFraudRecord", ""),
    ] {
        let paid = sandbox.paid_by(method).await;
        sandbox.advance(60).await;
        let intent = paid["id"].as_str().unwrap();
        let found = sandbox
            .fetch(&format!("/v1/disputes?payment_intent={intent}"))
            .await;
        if let Some(id) = found["data"][0]["id"].as_str() {
            let form = [("evidence[uncategorized_text]", evidence)];
            sandbox.post(&format!("/v1/disputes/{id}"), &form).await;
        } else {
            sandbox.refund(&paid, &[]).await;
        }
    }
    sandbox.advance(60).await;
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
    let mut kinds = std::collections::BTreeSet::new();
    for event in events["data"].as_array().unwrap() {
        kinds.insert(event["type"].as_str().unwrap());
        assert_shape(&event["data"]["object"], &fixtures);
    }
    assert_eq!(kinds.len(), 27, "{kinds:?}");
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
