//! What was answered is on disk: a restart changes nothing.

use serde_json::json;

use crate::support::TestSandbox;

#[tokio::test]
async fn everything_outlives_a_restart() {
    let mut sandbox = TestSandbox::start().await;
    let paid = sandbox.session(&[]).await;
    sandbox.pay(&paid, "4242424242424242").await;
    let open = sandbox.session(&[]).await;
    sandbox
        .order("/clock/advance", json!({ "seconds": 600 }))
        .await;
    sandbox
        .order("/webhooks/behaviour", json!({ "duplicate": 1 }))
        .await;
    let path = format!("/v1/checkout/sessions/{}", paid["id"].as_str().unwrap());
    let (before, events) = (sandbox.fetch(&path).await, sandbox.event_types().await);
    let now = sandbox.fetch("/_sandbox/state").await["now"]
        .as_i64()
        .unwrap();
    sandbox.restart().await;
    assert_eq!(sandbox.fetch(&path).await, before);
    assert_eq!(sandbox.event_types().await, events);
    let state = sandbox.fetch("/_sandbox/state").await;
    assert!(state["now"].as_i64().unwrap() >= now);
    assert_eq!(state["webhooks"]["behaviour"]["duplicate"], 1);
    assert_eq!(sandbox.pay(&open, "4242424242424242").await.status, 303);
    sandbox
        .order("/clock/advance", json!({ "seconds": 90_000 }))
        .await;
    assert_eq!(sandbox.fetch(&path).await["status"], "complete");
}
