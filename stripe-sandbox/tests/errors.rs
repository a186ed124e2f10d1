//! Refusals in Stripe's shape: type, code, the full path of the parameter.

use reqwest::Method;

use crate::support::{KEY, SESSION, TestSandbox, read};

/// Creates the usual session with one parameter changed, added or (without a value) left out.
async fn refused(sandbox: &TestSandbox, name: &str, value: Option<&str>) -> serde_json::Value {
    let mut form: Vec<(&str, &str)> = SESSION
        .iter()
        .copied()
        .filter(|(known, _)| *known != name)
        .collect();
    form.extend(value.map(|value| (name, value)));
    sandbox
        .post("/v1/checkout/sessions", &form)
        .await
        .refused(400)
}

#[tokio::test]
async fn a_wrong_parameter_is_named_with_its_path() {
    let sandbox = TestSandbox::start().await;
    for (name, value, code) in [
        ("colour", Some("red"), "parameter_unknown"),
        (
            "line_items[0][price_data][colour]",
            Some("red"),
            "parameter_unknown",
        ),
        (
            "payment_intent_data[colour]",
            Some("red"),
            "parameter_unknown",
        ),
        ("mode", None, "parameter_missing"),
        ("success_url", None, "parameter_missing"),
        ("line_items[0][quantity]", None, "parameter_missing"),
        (
            "line_items[0][price_data][currency]",
            None,
            "parameter_missing",
        ),
        (
            "line_items[0][price_data][product_data][name]",
            Some(""),
            "parameter_invalid_empty",
        ),
        (
            "line_items[0][quantity]",
            Some("two"),
            "parameter_invalid_integer",
        ),
        (
            "line_items[0][quantity]",
            Some("0"),
            "parameter_invalid_integer",
        ),
        (
            "line_items[0][price_data][unit_amount]",
            Some("-1"),
            "parameter_invalid_integer",
        ),
        (
            "line_items[0][price_data][unit_amount]",
            Some("12.5"),
            "parameter_invalid_integer",
        ),
        ("success_url", Some(""), "parameter_invalid_empty"),
        ("success_url", Some("javascript:alert(1)"), "url_invalid"),
        ("customer", Some("cus_nobody"), "resource_missing"),
    ] {
        let error = refused(&sandbox, name, value).await;
        assert_eq!(error["type"], "invalid_request_error", "{error}");
        assert_eq!(error["code"], code, "{name}: {error}");
        assert_eq!(error["param"], name, "{error}");
        assert!(
            error["doc_url"]
                .as_str()
                .unwrap()
                .ends_with(&code.replace('_', "-"))
        );
        assert!(error["request_log_url"].as_str().unwrap().contains("req_"));
    }
}

#[tokio::test]
async fn a_value_out_of_the_choices_or_limits_is_refused() {
    let sandbox = TestSandbox::start().await;
    let long = "x".repeat(501);
    for (name, value, param) in [
        ("mode", "gift", "mode"),
        ("mode", "subscription", "mode"),
        (
            "line_items[0][price_data][currency]",
            "xxx",
            "line_items[0][price_data][currency]",
        ),
        ("line_items[0][price_data][unit_amount]", "10", "line_items"),
        (
            "line_items[0][price_data][unit_amount]",
            "99999999",
            "line_items",
        ),
        (
            "line_items[0][quantity]",
            "9223372036854775807",
            "line_items[0][quantity]",
        ),
        ("metadata[note]", long.as_str(), "metadata[note]"),
        (
            "payment_method_types[0]",
            "sepa_debit",
            "payment_method_types[0]",
        ),
        ("expand[]", "secrets", "expand"),
    ] {
        assert_eq!(
            refused(&sandbox, name, Some(value)).await["param"],
            param,
            "{name}={value}"
        );
    }
}

#[tokio::test]
async fn only_form_encoded_bodies_of_sane_size_are_read() {
    let sandbox = TestSandbox::start().await;
    let post = || sandbox.request(Method::POST, "/v1/customers");
    let error = read(post().json(&serde_json::json!({ "email": "a@b.co" })))
        .await
        .refused(400);
    assert_eq!(error["type"], "invalid_request_error");
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("application/x-www-form-urlencoded")
    );
    let large = "a".repeat(1_100_000);
    read(post().form(&[("description", large.as_str())]))
        .await
        .refused(413);
    TestSandbox::assert_ok(&sandbox.post("/v1/customers", &[]).await);
}

#[tokio::test]
async fn nothing_is_answered_without_the_key() {
    let sandbox = TestSandbox::start().await;
    let url = format!("{}/v1/events", sandbox.url);
    let error = read(sandbox.http.get(&url)).await.refused(401);
    assert_eq!(error["type"], "invalid_request_error");
    let error = read(sandbox.http.get(&url).bearer_auth("sk_test_wrong_key_abcd"))
        .await
        .refused(401);
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .ends_with("sk_test_**********abcd"),
        "{error}"
    );
    assert_eq!(
        read(sandbox.http.get(&url).basic_auth(KEY, Some("")))
            .await
            .status,
        200
    );
    read(sandbox.http.get(format!("{}/_sandbox/state", sandbox.url)))
        .await
        .refused(401);
}

#[tokio::test]
async fn what_does_not_exist_is_404_in_stripes_shape() {
    let sandbox = TestSandbox::start().await;
    for (path, param) in [
        ("/v1/checkout/sessions/cs_test_no", "session"),
        ("/v1/payment_intents/pi_no", "intent"),
        ("/v1/customers/cus_no", "id"),
        ("/v1/charges/ch_no", "id"),
        ("/v1/events/evt_no", "id"),
    ] {
        let error = sandbox.get(path).await.refused(404);
        assert_eq!(
            (&error["code"], &error["param"]),
            (&"resource_missing".into(), &param.into())
        );
    }
    let error = sandbox.get("/v1/unicorns").await.refused(404);
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("GET: /v1/unicorns")
    );
    read(sandbox.request(Method::DELETE, "/v1/customers"))
        .await
        .refused(404);
}

#[tokio::test]
async fn every_answer_names_its_request_and_version() {
    let sandbox = TestSandbox::start().await;
    let reply = sandbox.get("/v1/events").await;
    assert!(reply.header("request-id").unwrap().starts_with("req_"));
    assert_eq!(reply.header("stripe-version"), Some("2026-09-30.endive"));
    let versioned = |version: &str| {
        sandbox
            .request(Method::GET, "/v1/events")
            .header("Stripe-Version", version)
    };
    assert_eq!(
        read(versioned("2025-01-27.acacia"))
            .await
            .header("stripe-version"),
        Some("2025-01-27.acacia")
    );
    read(versioned("tomorrow")).await.refused(400);
}
