//! Checkout sessions: what they look like when made, and how they end unpaid.

use serde_json::json;

use crate::support::TestSandbox;

#[tokio::test]
async fn a_new_session_is_open_and_has_no_payment_intent() {
    let sandbox = TestSandbox::start().await;
    let session = sandbox
        .session(&[
            ("client_reference_id", "purchase-1"),
            ("metadata[purchase_id]", "purchase-1"),
            ("customer_email", "known@example.com"),
            ("payment_intent_data[metadata][purchase_id]", "purchase-1"),
            ("expand[]", "line_items"),
        ])
        .await;
    assert_eq!(session["status"], "open");
    assert_eq!(session["payment_status"], "unpaid");
    assert_eq!(session["payment_intent"], json!(null));
    assert_eq!(session["amount_total"], 2_500);
    assert_eq!(session["currency"], "usd");
    assert_eq!(session["client_reference_id"], "purchase-1");
    assert_eq!(session["metadata"], json!({ "purchase_id": "purchase-1" }));
    assert_eq!(session["customer_details"]["email"], "known@example.com");
    assert_eq!(
        session["line_items"]["data"][0]["description"],
        "500 <b>credits</b>"
    );
    assert_eq!(session["line_items"]["data"][0]["amount_total"], 2_500);
    let id = session["id"].as_str().unwrap();
    assert!(id.starts_with("cs_test_"));
    assert_eq!(session["url"], format!("{}/c/pay/{id}", sandbox.url));
    let lifetime = session["expires_at"].as_i64().unwrap() - session["created"].as_i64().unwrap();
    assert_eq!(lifetime, 24 * 60 * 60);
    assert_eq!(
        sandbox.fetch(&format!("/v1/checkout/sessions/{id}")).await["id"],
        session["id"]
    );
    let lines = sandbox
        .fetch(&format!("/v1/checkout/sessions/{id}/line_items"))
        .await;
    assert_eq!(lines["data"][0]["quantity"], 2);
    assert!(
        sandbox.event_types().await.is_empty(),
        "making a session is no event at Stripe"
    );
}

#[tokio::test]
async fn expiring_ends_an_open_session_once() {
    let sandbox = TestSandbox::start().await;
    let session = sandbox.session(&[]).await;
    let path = format!(
        "/v1/checkout/sessions/{}/expire",
        session["id"].as_str().unwrap()
    );
    let expired = TestSandbox::assert_ok(&sandbox.post(&path, &[]).await);
    assert_eq!(expired["status"], "expired");
    assert_eq!(expired["url"], json!(null));
    assert_eq!(sandbox.event_types().await, ["checkout.session.expired"]);
    let error = sandbox.post(&path, &[]).await.refused(400);
    assert_eq!(error["type"], "invalid_request_error");
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("status of `expired`"),
        "{error}"
    );
}

#[tokio::test]
async fn time_expires_a_session_and_the_intent_of_its_failed_attempt() {
    let sandbox = TestSandbox::start().await;
    let session = sandbox.session(&[]).await;
    assert_eq!(sandbox.pay(&session, "4000000000000002").await.status, 402);
    sandbox
        .order("/clock/advance", json!({ "seconds": 24 * 60 * 60 - 60 }))
        .await;
    let path = format!("/v1/checkout/sessions/{}", session["id"].as_str().unwrap());
    assert_eq!(sandbox.fetch(&path).await["status"], "open");
    sandbox
        .order("/clock/advance", json!({ "seconds": 60 }))
        .await;
    assert_eq!(sandbox.fetch(&path).await["status"], "expired");
    let types = sandbox.event_types().await;
    assert_eq!(
        types[3..],
        ["payment_intent.canceled", "checkout.session.expired"]
    );
    assert_eq!(sandbox.pay(&session, "4242424242424242").await.status, 410);
}

#[tokio::test]
async fn the_expiry_must_lie_between_half_an_hour_and_a_day() {
    let sandbox = TestSandbox::start().await;
    let now = sandbox.fetch("/_sandbox/state").await["now"]
        .as_i64()
        .unwrap();
    for (away, accepted) in [
        (1_700, false),
        (1_860, true),
        (86_340, true),
        (86_500, false),
    ] {
        let at = (now + away).to_string();
        let form: Vec<(&str, &str)> = crate::support::SESSION
            .iter()
            .copied()
            .chain([("expires_at", at.as_str())])
            .collect();
        let reply = sandbox.post("/v1/checkout/sessions", &form).await;
        assert_eq!(reply.status == 200, accepted, "{away}: {}", reply.text);
        if !accepted {
            assert_eq!(reply.refused(400)["param"], "expires_at");
        }
    }
}

#[tokio::test]
async fn without_a_choice_the_currency_decides_the_delayed_method() {
    let sandbox = TestSandbox::start().await;
    assert_eq!(
        sandbox.session(&[]).await["payment_method_types"],
        json!(["card", "us_bank_account"])
    );
    let cards = sandbox.session(&[("payment_method_types[]", "card")]).await;
    assert_eq!(cards["payment_method_types"], json!(["card"]));
}
