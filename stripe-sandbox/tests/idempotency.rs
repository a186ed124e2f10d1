//! Idempotency keys: one effect, the same bytes, and no memory of what never began.

use serde_json::json;

use crate::support::{SESSION, TestSandbox};

const SESSIONS: &str = "/v1/checkout/sessions";

#[tokio::test]
async fn the_same_key_gets_the_same_bytes_and_makes_one_session() {
    let sandbox = TestSandbox::start().await;
    let first = sandbox.post_keyed(SESSIONS, "key-1", &SESSION).await;
    let again = sandbox.post_keyed(SESSIONS, "key-1", &SESSION).await;
    assert_eq!(first.text, again.text);
    assert_eq!(first.header("idempotent-replayed"), None);
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(again.header("idempotency-key"), Some("key-1"));
    assert_eq!(again.header("original-request"), first.header("request-id"));
    assert_ne!(again.header("request-id"), first.header("request-id"));
    assert_eq!(
        sandbox.fetch(SESSIONS).await["data"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn the_order_of_the_parameters_does_not_matter() {
    let sandbox = TestSandbox::start().await;
    let reversed: Vec<_> = SESSION.iter().rev().copied().collect();
    let first = sandbox.post_keyed(SESSIONS, "key-1", &SESSION).await;
    assert_eq!(
        sandbox.post_keyed(SESSIONS, "key-1", &reversed).await.text,
        first.text
    );
}

#[tokio::test]
async fn another_request_under_the_same_key_is_refused() {
    let sandbox = TestSandbox::start().await;
    sandbox.post_keyed(SESSIONS, "key-1", &SESSION).await;
    let other: Vec<_> = SESSION
        .iter()
        .copied()
        .chain([("client_reference_id", "x")])
        .collect();
    let error = sandbox
        .post_keyed(SESSIONS, "key-1", &other)
        .await
        .refused(400);
    assert_eq!(error["type"], "idempotency_error");
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("same parameters")
    );
    let error = sandbox
        .post_keyed("/v1/customers", "key-1", &[])
        .await
        .refused(400);
    assert_eq!(error["type"], "idempotency_error");
    assert!(error["message"].as_str().unwrap().contains("same endpoint"));
}

#[tokio::test]
async fn a_declined_card_is_remembered_a_wrong_parameter_is_not() {
    let sandbox = TestSandbox::start().await;
    let declined = [
        ("amount", "2000"),
        ("currency", "usd"),
        ("payment_method", "pm_card_chargeDeclined"),
        ("confirm", "true"),
    ];
    let first = sandbox
        .post_keyed("/v1/payment_intents", "key-1", &declined)
        .await;
    assert_eq!(first.status, 402);
    assert_eq!(
        sandbox
            .post_keyed("/v1/payment_intents", "key-1", &declined)
            .await
            .text,
        first.text
    );
    assert_eq!(
        sandbox.fetch("/v1/payment_intents").await["data"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let wrong = [("amount", "many"), ("currency", "usd")];
    sandbox
        .post_keyed("/v1/payment_intents", "key-2", &wrong)
        .await
        .refused(400);
    let right = [("amount", "2000"), ("currency", "usd")];
    TestSandbox::assert_ok(
        &sandbox
            .post_keyed("/v1/payment_intents", "key-2", &right)
            .await,
    );
}

#[tokio::test]
async fn twenty_requests_at_once_make_one_session() {
    let sandbox = std::sync::Arc::new(TestSandbox::start().await);
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let sandbox = std::sync::Arc::clone(&sandbox);
        running.spawn(async move { sandbox.post_keyed(SESSIONS, "key-1", &SESSION).await });
    }
    let replies = running.join_all().await;
    for reply in &replies {
        match reply.status.as_u16() {
            200 => {}
            _ => assert_eq!(reply.refused(409)["code"], "idempotency_key_in_use"),
        }
    }
    assert!(replies.iter().any(|reply| reply.status == 200));
    assert_eq!(
        sandbox.fetch(SESSIONS).await["data"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_key_outlives_a_restart_and_is_forgotten_after_a_day() {
    let mut sandbox = TestSandbox::start().await;
    let first = sandbox.post_keyed(SESSIONS, "key-1", &SESSION).await;
    sandbox.restart().await;
    assert_eq!(
        sandbox.post_keyed(SESSIONS, "key-1", &SESSION).await.text,
        first.text
    );
    sandbox
        .order("/clock/advance", json!({ "seconds": 24 * 60 * 60 + 10 }))
        .await;
    assert_ne!(
        sandbox.post_keyed(SESSIONS, "key-1", &SESSION).await.text,
        first.text
    );
}
