//! Early fraud warnings: told once, and actionable until something was done.

use serde_json::json;

use crate::support::TestSandbox;

#[tokio::test]
async fn a_warning_is_actionable_until_all_is_refunded() {
    let sandbox = TestSandbox::start().await;
    let paid = sandbox.paid_by("pm_card_visa").await;
    let order = json!({ "payment_intent": paid["id"] });
    let warning = sandbox.order("/early_fraud_warnings", order.clone()).await;
    assert_eq!(
        (&warning["actionable"], &warning["payment_intent"]),
        (&json!(true), &paid["id"])
    );
    assert_eq!(
        sandbox.event_types().await.last().unwrap(),
        "radar.early_fraud_warning.created"
    );
    let again = sandbox.order("/early_fraud_warnings", order).await;
    assert_eq!(again["id"], warning["id"]);
    sandbox.refund(&paid, &[("amount", "1")]).await;
    let intent = paid["id"].as_str().unwrap();
    let list = format!("/v1/radar/early_fraud_warnings?payment_intent={intent}");
    assert_eq!(sandbox.fetch(&list).await["data"][0]["actionable"], true);
    sandbox.refund(&paid, &[]).await;
    assert_eq!(sandbox.fetch(&list).await["data"][0]["actionable"], false);
    assert_eq!(
        sandbox.event_types().await.last().unwrap(),
        "radar.early_fraud_warning.updated"
    );
}

#[tokio::test]
async fn a_test_card_is_warned_of_by_itself() {
    let sandbox = TestSandbox::start().await;
    let paid = sandbox.paid_by("pm_card_createIssuerFraudRecord").await;
    sandbox.advance(60).await;
    let intent = paid["id"].as_str().unwrap();
    let found = sandbox
        .fetch(&format!(
            "/v1/radar/early_fraud_warnings?payment_intent={intent}"
        ))
        .await;
    assert_eq!(found["data"][0]["charge"], paid["latest_charge"]["id"]);
    assert_eq!(sandbox.charge_of(&paid).await["disputed"], false);
}
