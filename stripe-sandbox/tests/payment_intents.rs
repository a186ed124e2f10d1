//! Payment intents without a page: test payment methods, declines, authentication, cancelling.

use serde_json::json;

use crate::support::{Form, Reply, TestSandbox, read};

async fn pay(sandbox: &TestSandbox, method: &str, more: Form<'_>) -> Reply {
    let form = [
        ("amount", "2000"),
        ("currency", "usd"),
        ("payment_method", method),
        ("confirm", "true"),
    ];
    let form: Vec<(&str, &str)> = form.iter().chain(more).copied().collect();
    sandbox.post("/v1/payment_intents", &form).await
}

#[tokio::test]
async fn a_test_card_pays() {
    let sandbox = TestSandbox::start().await;
    let intent = TestSandbox::assert_ok(
        &pay(&sandbox, "pm_card_visa", &[("expand[0]", "latest_charge")]).await,
    );
    assert_eq!(intent["status"], "succeeded");
    assert_eq!(
        intent["latest_charge"]["payment_method_details"]["card"]["last4"],
        "4242"
    );
    let charge = intent["latest_charge"]["id"].as_str().unwrap();
    assert_eq!(
        sandbox.fetch(&format!("/v1/charges/{charge}")).await["payment_intent"],
        intent["id"]
    );
}

#[tokio::test]
async fn a_decline_is_a_card_error_with_everything_a_program_needs() {
    let sandbox = TestSandbox::start().await;
    for (method, code, decline_code) in [
        (
            "pm_card_chargeDeclined",
            "card_declined",
            json!("generic_decline"),
        ),
        (
            "pm_card_visa_chargeDeclinedInsufficientFunds",
            "card_declined",
            json!("insufficient_funds"),
        ),
        (
            "pm_card_chargeDeclinedExpiredCard",
            "expired_card",
            json!(null),
        ),
    ] {
        let error = pay(&sandbox, method, &[]).await.refused(402);
        assert_eq!(error["type"], "card_error");
        assert_eq!(error["code"], code);
        assert_eq!(error["decline_code"], decline_code);
        assert!(error["charge"].as_str().unwrap().starts_with("ch_"));
        assert_eq!(error["payment_intent"]["status"], "requires_payment_method");
        let id = error["payment_intent"]["id"].as_str().unwrap();
        let kept = sandbox.fetch(&format!("/v1/payment_intents/{id}")).await;
        assert_eq!(kept["last_payment_error"]["code"], code);
    }
}

#[tokio::test]
async fn an_absent_payer_cannot_authenticate() {
    let sandbox = TestSandbox::start().await;
    let error = pay(
        &sandbox,
        "pm_card_authenticationRequired",
        &[("off_session", "true")],
    )
    .await
    .refused(402);
    assert_eq!(error["code"], "authentication_required");
    assert_eq!(error["decline_code"], "authentication_required");
}

#[tokio::test]
async fn a_present_payer_is_sent_to_their_bank() {
    let sandbox = TestSandbox::start().await;
    let more = [("return_url", "https://shop.test/back?x=1")];
    let intent =
        TestSandbox::assert_ok(&pay(&sandbox, "pm_card_authenticationRequired", &more).await);
    assert_eq!(intent["status"], "requires_action");
    let url = intent["next_action"]["redirect_to_url"]["url"]
        .as_str()
        .unwrap();
    assert!(read(sandbox.http.get(url)).await.text.contains("Approve"));
    let reply = read(
        sandbox
            .http
            .post(url)
            .form(&[("authentication", "approve")]),
    )
    .await;
    assert_eq!(reply.status, 303);
    let to = reply.header("location").unwrap();
    assert!(
        to.starts_with("https://shop.test/back?x=1&payment_intent=pi_")
            && to.ends_with("=succeeded"),
        "{to}"
    );
    let id = intent["id"].as_str().unwrap();
    assert_eq!(
        sandbox.fetch(&format!("/v1/payment_intents/{id}")).await["status"],
        "succeeded"
    );
}

#[tokio::test]
async fn an_intent_is_confirmed_later_and_cancelled_only_before() {
    let sandbox = TestSandbox::start().await;
    let form = [("amount", "2000"), ("currency", "usd")];
    let intent = TestSandbox::assert_ok(&sandbox.post("/v1/payment_intents", &form).await);
    assert_eq!(intent["status"], "requires_payment_method");
    let path = format!("/v1/payment_intents/{}", intent["id"].as_str().unwrap());
    let confirmed = sandbox
        .post(
            &format!("{path}/confirm"),
            &[("payment_method", "pm_card_visa")],
        )
        .await;
    assert_eq!(TestSandbox::assert_ok(&confirmed)["status"], "succeeded");
    let error = sandbox
        .post(&format!("{path}/cancel"), &[])
        .await
        .refused(400);
    assert_eq!(error["code"], "payment_intent_unexpected_state");
    assert_eq!(error["payment_intent"]["status"], "succeeded");
    let other = TestSandbox::assert_ok(&sandbox.post("/v1/payment_intents", &form).await);
    let path = format!(
        "/v1/payment_intents/{}/cancel",
        other["id"].as_str().unwrap()
    );
    let cancelled = sandbox
        .post(&path, &[("cancellation_reason", "duplicate")])
        .await;
    assert_eq!(TestSandbox::assert_ok(&cancelled)["status"], "canceled");
    assert_eq!(
        sandbox.event_types().await.last().unwrap(),
        "payment_intent.canceled"
    );
}

#[tokio::test]
async fn amounts_below_the_banks_least_are_refused() {
    let sandbox = TestSandbox::start().await;
    let form = [("amount", "49"), ("currency", "usd")];
    let error = sandbox
        .post("/v1/payment_intents", &form)
        .await
        .refused(400);
    assert_eq!(
        (&error["code"], &error["param"]),
        (&json!("amount_too_small"), &json!("amount"))
    );
}
