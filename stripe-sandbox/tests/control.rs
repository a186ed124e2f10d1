//! The control API: ordered failures, and strict bodies.

use reqwest::Method;
use serde_json::json;

use crate::support::{SESSION, TestSandbox, read};

#[tokio::test]
async fn ordered_failures_come_in_order_and_take_effect_only_when_told_to() {
    let sandbox = TestSandbox::start().await;
    let faults = json!({ "next": [{ "status": 500 }, { "status": 429 }, { "status": 500, "when": "after" }] });
    sandbox.order("/faults", faults).await;
    let create = || sandbox.post_keyed("/v1/checkout/sessions", "key-1", &SESSION);
    assert_eq!(create().await.refused(500)["type"], "api_error");
    assert_eq!(create().await.refused(429)["code"], "rate_limit");
    create().await.refused(500);
    let replayed = create().await;
    assert_eq!(
        replayed.header("idempotent-replayed"),
        Some("true"),
        "the third call took effect"
    );
    TestSandbox::assert_ok(&replayed);
}

#[tokio::test]
async fn a_closed_connection_leaves_the_effect_it_was_told_to() {
    let sandbox = TestSandbox::start().await;
    for (fault, sessions) in [("close_before", 0), ("close_after", 1)] {
        sandbox
            .order("/faults", json!({ "next": [{ "status": fault }] }))
            .await;
        let request = sandbox
            .request(Method::POST, "/v1/checkout/sessions")
            .form(&SESSION);
        assert!(request.send().await.is_err(), "no answer may come");
        let list = sandbox.fetch("/v1/checkout/sessions").await;
        assert_eq!(list["data"].as_array().unwrap().len(), sessions, "{fault}");
    }
}

#[tokio::test]
async fn a_timeout_keeps_the_caller_waiting() {
    let sandbox = TestSandbox::start().await;
    sandbox
        .order("/faults", json!({ "next": [{ "status": "timeout" }] }))
        .await;
    let request = sandbox
        .request(Method::GET, "/v1/events")
        .timeout(std::time::Duration::from_millis(300));
    assert!(request.send().await.unwrap_err().is_timeout());
    assert_eq!(sandbox.get("/v1/events").await.status, 200);
}

#[tokio::test]
async fn bodies_are_strict() {
    let sandbox = TestSandbox::start().await;
    for (path, body) in [
        ("/faults", json!({ "next": [{ "status": 404 }] })),
        (
            "/faults",
            json!({ "next": [{ "status": 500, "times": 2 }] }),
        ),
        ("/faults", json!({})),
        ("/clock/advance", json!({ "seconds": -1 })),
        ("/clock/advance", json!({ "seconds": 1, "minutes": 1 })),
        ("/webhooks/behaviour", json!({ "explode": true })),
        ("/webhooks/behaviour", json!({ "duplicate": 1000 })),
        (
            "/sessions/cs_test_no/settle",
            json!({ "outcome": "perhaps" }),
        ),
    ] {
        let request = sandbox
            .request(Method::POST, &format!("/_sandbox{path}"))
            .json(&body);
        read(request).await.refused(400);
    }
    let request = sandbox.request(Method::POST, "/_sandbox/events/evt_no/resend");
    read(request).await.refused(404);
    assert_eq!(
        read(sandbox.http.get(format!("{}/health", sandbox.url)))
            .await
            .status,
        200
    );
}
