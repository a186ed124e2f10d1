//! The less usual ways through the hosted page: authentication, delayed payments, nothing to pay, paying again.

use serde_json::json;

use crate::pay_page::{fresh, show};
use crate::support::{TestSandbox, read};

#[tokio::test]
async fn a_card_that_needs_authentication_waits_for_the_payer() {
    let sandbox = TestSandbox::start().await;
    let session = sandbox.session(&[]).await;
    let reply = sandbox.pay(&session, "4000002500003155").await;
    assert_eq!(reply.status, 303);
    assert_eq!(
        reply.header("location").unwrap(),
        session["url"].as_str().unwrap()
    );
    assert!(show(&sandbox, &session).await.text.contains("Approve"));
    assert_eq!(fresh(&sandbox, &session).await["status"], "open");
    let refused = sandbox
        .submit(&session, &[("authentication", "refuse")])
        .await;
    assert_eq!(refused.status, 402);
    assert!(refused.text.contains("unable to authenticate"));
    sandbox.pay(&session, "4000002500003155").await;
    assert_eq!(
        sandbox
            .submit(&session, &[("authentication", "approve")])
            .await
            .status,
        303
    );
    assert_eq!(fresh(&sandbox, &session).await["payment_status"], "paid");
    assert_eq!(
        sandbox
            .submit(&session, &[("authentication", "approve")])
            .await
            .status,
        409
    );
}

#[tokio::test]
async fn a_delayed_payment_completes_unpaid_and_settles_later() {
    let sandbox = TestSandbox::start().await;
    for (outcome, last_event, payment_status, intent_status) in [
        (
            "succeeded",
            "checkout.session.async_payment_succeeded",
            "paid",
            "succeeded",
        ),
        (
            "failed",
            "checkout.session.async_payment_failed",
            "unpaid",
            "requires_payment_method",
        ),
    ] {
        let session = sandbox.session(&[]).await;
        let form = [("method", "delayed"), ("email", "payer@example.com")];
        assert_eq!(sandbox.submit(&session, &form).await.status, 303);
        let waiting = fresh(&sandbox, &session).await;
        assert_eq!(
            (&waiting["status"], &waiting["payment_status"]),
            (&json!("complete"), &json!("unpaid"))
        );
        assert_eq!(waiting["payment_intent"]["status"], "processing");
        assert_eq!(
            sandbox.event_types().await.last().unwrap(),
            "checkout.session.completed"
        );
        let path = format!("/sessions/{}/settle", session["id"].as_str().unwrap());
        sandbox.order(&path, json!({ "outcome": outcome })).await;
        let settled = fresh(&sandbox, &session).await;
        assert_eq!(settled["payment_status"], payment_status);
        assert_eq!(settled["payment_intent"]["status"], intent_status);
        assert_eq!(sandbox.event_types().await.last().unwrap(), last_event);
        let again = sandbox.request(reqwest::Method::POST, &format!("/_sandbox{path}"));
        read(again.json(&json!({ "outcome": "succeeded" })))
            .await
            .refused(400);
    }
    let cards_only = sandbox
        .session(&[("payment_method_types[0]", "card")])
        .await;
    assert_eq!(
        sandbox
            .submit(&cards_only, &[("method", "delayed")])
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn a_free_order_needs_no_payment() {
    let sandbox = TestSandbox::start().await;
    let free: Vec<(&str, &str)> = crate::support::SESSION
        .iter()
        .map(|(name, value)| {
            if name.contains("unit_amount") {
                (*name, "0")
            } else {
                (*name, *value)
            }
        })
        .collect();
    let session = TestSandbox::assert_ok(&sandbox.post("/v1/checkout/sessions", &free).await);
    assert!(
        show(&sandbox, &session)
            .await
            .text
            .contains("Complete order")
    );
    assert_eq!(
        sandbox
            .submit(&session, &[("email", "payer@example.com")])
            .await
            .status,
        303
    );
    let done = fresh(&sandbox, &session).await;
    assert_eq!(done["payment_status"], "no_payment_required");
    assert_eq!(done["payment_intent"], json!(null));
    assert_eq!(sandbox.event_types().await, ["checkout.session.completed"]);
}

#[tokio::test]
async fn a_customer_is_made_when_asked_for_and_may_pay_again_while_away() {
    let sandbox = TestSandbox::start().await;
    let more = [
        ("customer_creation", "always"),
        ("payment_intent_data[setup_future_usage]", "off_session"),
    ];
    let session = sandbox.session(&more).await;
    sandbox.pay(&session, "4242424242424242").await;
    let paid = fresh(&sandbox, &session).await;
    let customer = paid["customer"].as_str().unwrap();
    let method = paid["payment_intent"]["payment_method"].as_str().unwrap();
    let form = [
        ("amount", "900"),
        ("currency", "usd"),
        ("customer", customer),
        ("payment_method", method),
        ("off_session", "true"),
        ("confirm", "true"),
    ];
    let intent = TestSandbox::assert_ok(&sandbox.post("/v1/payment_intents", &form).await);
    assert_eq!(intent["status"], "succeeded");
    assert_eq!(intent["customer"], customer);
}
