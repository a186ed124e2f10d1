//! Every story once, so that each object is seen in each of its states.

use serde_json::json;

use crate::support::TestSandbox;

/// Tells every story once, so that each object is seen in each of its states.
pub async fn tell_stories(sandbox: &TestSandbox) {
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
    tell_of_saved_cards(sandbox).await;
}

/// Cards saved, refused, and let go; an invoice; a test clock.
async fn tell_of_saved_cards(sandbox: &TestSandbox) {
    let form = [
        ("mode", "setup"),
        ("currency", "usd"),
        ("success_url", "https://shop.test/ok"),
        ("customer_creation", "always"),
    ];
    let session = TestSandbox::assert_ok(&sandbox.post("/v1/checkout/sessions", &form).await);
    sandbox.pay(&session, "4000000000000002").await;
    sandbox.pay(&session, "4000002500003155").await;
    sandbox
        .submit(&session, &[("authentication", "approve")])
        .await;
    let methods = sandbox
        .fetch("/v1/setup_intents?expand[]=data.payment_method")
        .await;
    let method = methods["data"][0]["payment_method"]["id"].as_str().unwrap();
    sandbox
        .post(&format!("/v1/payment_methods/{method}/detach"), &[])
        .await;
    let invoiced = [
        ("automatic_tax[enabled]", "true"),
        ("invoice_creation[enabled]", "true"),
    ];
    let session = sandbox.session(&invoiced).await;
    let form: Vec<(&str, &str)> = crate::support::card_form("4242424242424242")
        .into_iter()
        .chain([("country", "DE")])
        .collect();
    sandbox.submit(&session, &form).await;
    let clock = [("frozen_time", "1000000000")];
    sandbox.post("/v1/test_helpers/test_clocks", &clock).await;
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
