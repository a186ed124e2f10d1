//! Saving a card without paying: setup intents, and sessions in mode `setup`.

use serde_json::{Value, json};

use crate::support::{Form, TestSandbox, read};

async fn customer(sandbox: &TestSandbox) -> Value {
    TestSandbox::assert_ok(&sandbox.post("/v1/customers", &[]).await)["id"].clone()
}

async fn setup_session(sandbox: &TestSandbox, more: Form<'_>) -> Value {
    let form = [
        ("mode", "setup"),
        ("currency", "usd"),
        ("success_url", "https://shop.test/ok"),
        ("cancel_url", "https://shop.test/back"),
        ("setup_intent_data[metadata][account]", "a1"),
    ];
    let form: Vec<(&str, &str)> = form.iter().chain(more).copied().collect();
    TestSandbox::assert_ok(&sandbox.post("/v1/checkout/sessions", &form).await)
}

async fn intent_of(sandbox: &TestSandbox, session: &Value) -> Value {
    let id = session["setup_intent"].as_str().unwrap();
    sandbox.fetch(&format!("/v1/setup_intents/{id}")).await
}

#[tokio::test]
async fn a_session_saves_the_card_and_charges_nothing() {
    let sandbox = TestSandbox::start().await;
    let customer = customer(&sandbox).await;
    let session = setup_session(&sandbox, &[("customer", customer.as_str().unwrap())]).await;
    assert_eq!(
        (
            &session["mode"],
            &session["amount_total"],
            &session["payment_status"]
        ),
        (&json!("setup"), &json!(null), &json!("no_payment_required"))
    );
    let page = read(sandbox.http.get(session["url"].as_str().unwrap())).await;
    assert!(page.text.contains("Save card") && !page.text.contains("Pay "));
    assert_eq!(sandbox.pay(&session, "4000000000000002").await.status, 402);
    let failed = intent_of(&sandbox, &session).await;
    assert_eq!(failed["status"], "requires_payment_method");
    assert_eq!(
        failed["last_setup_error"]["decline_code"],
        "generic_decline"
    );
    assert_eq!(sandbox.pay(&session, "4242424242424242").await.status, 303);
    let intent = intent_of(&sandbox, &session).await;
    assert_eq!(
        (
            &intent["status"],
            &intent["usage"],
            &intent["metadata"]["account"]
        ),
        (&json!("succeeded"), &json!("off_session"), &json!("a1"))
    );
    let path = format!(
        "/v1/payment_methods/{}",
        intent["payment_method"].as_str().unwrap()
    );
    assert_eq!(sandbox.fetch(&path).await["customer"], customer);
    assert_eq!(
        sandbox.event_types().await,
        [
            "customer.created",
            "setup_intent.created",
            "setup_intent.setup_failed",
            "payment_method.attached",
            "setup_intent.succeeded",
            "checkout.session.completed",
        ]
    );
    assert_eq!(sandbox.fetch("/v1/charges").await["data"], json!([]));
}

#[tokio::test]
async fn a_card_that_needs_authentication_is_saved_when_its_payer_approves() {
    let sandbox = TestSandbox::start().await;
    let customer = customer(&sandbox).await;
    let session = setup_session(&sandbox, &[("customer", customer.as_str().unwrap())]).await;
    sandbox.pay(&session, "4000002500003155").await;
    assert_eq!(
        intent_of(&sandbox, &session).await["status"],
        "requires_action"
    );
    let refuse = [("authentication", "refuse")];
    assert_eq!(sandbox.submit(&session, &refuse).await.status, 402);
    assert_eq!(
        intent_of(&sandbox, &session).await["last_setup_error"]["code"],
        "setup_intent_authentication_failure"
    );
    sandbox.pay(&session, "4000002500003155").await;
    let approve = [("authentication", "approve")];
    assert_eq!(sandbox.submit(&session, &approve).await.status, 303);
    assert_eq!(intent_of(&sandbox, &session).await["status"], "succeeded");
}

#[tokio::test]
async fn an_expired_session_takes_its_intent_with_it() {
    let sandbox = TestSandbox::start().await;
    let session = setup_session(&sandbox, &[]).await;
    sandbox.advance(24 * 60 * 60).await;
    assert_eq!(intent_of(&sandbox, &session).await["status"], "canceled");
    assert_eq!(sandbox.pay(&session, "4242424242424242").await.status, 410);
}

#[tokio::test]
async fn a_setup_intent_is_confirmed_at_once_or_later_and_only_once() {
    let sandbox = TestSandbox::start().await;
    let customer = customer(&sandbox).await;
    let form = [
        ("customer", customer.as_str().unwrap()),
        ("payment_method", "pm_card_visa"),
        ("confirm", "true"),
    ];
    let at_once = TestSandbox::assert_ok(&sandbox.post("/v1/setup_intents", &form).await);
    assert_eq!(at_once["status"], "succeeded");
    let later = TestSandbox::assert_ok(&sandbox.post("/v1/setup_intents", &form[..1]).await);
    assert_eq!(later["status"], "requires_payment_method");
    let path = format!("/v1/setup_intents/{}", later["id"].as_str().unwrap());
    let declined = [("payment_method", "pm_card_visa_chargeDeclined")];
    let error = sandbox
        .post(&format!("{path}/confirm"), &declined)
        .await
        .refused(402);
    assert_eq!(error["setup_intent"]["status"], "requires_payment_method");
    let asks = [
        ("payment_method", "pm_card_authenticationRequired"),
        ("return_url", "https://shop.test/back"),
    ];
    let waiting = sandbox.post(&format!("{path}/confirm"), &asks).await;
    let waiting = TestSandbox::assert_ok(&waiting);
    let url = waiting["next_action"]["redirect_to_url"]["url"]
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
    assert!(
        reply
            .header("location")
            .unwrap()
            .contains("?setup_intent=seti_")
    );
    assert_eq!(sandbox.fetch(&path).await["status"], "succeeded");
    for verb in ["confirm", "cancel"] {
        let error = sandbox
            .post(&format!("{path}/{verb}"), &[])
            .await
            .refused(400);
        assert_eq!(error["code"], "setup_intent_unexpected_state");
    }
    let list = format!("/v1/setup_intents?customer={}", customer.as_str().unwrap());
    assert_eq!(
        sandbox.fetch(&list).await["data"].as_array().unwrap().len(),
        2
    );
}
