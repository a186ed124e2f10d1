//! Refunds: what a charge counts as refunded, in parts, while pending, and after a failure.

use serde_json::{Value, json};

use crate::support::TestSandbox;

const REFUNDED: [&str; 2] = ["refund.created", "charge.refunded"];

async fn settle(sandbox: &TestSandbox, refund: &Value, outcome: &str) -> Value {
    let path = format!("/refunds/{}/settle", refund["id"].as_str().unwrap());
    sandbox.order(&path, json!({ "outcome": outcome })).await
}

async fn begin(sandbox: &TestSandbox, status: &str) {
    sandbox
        .order("/refunds/behaviour", json!({ "begin": status }))
        .await;
}

#[tokio::test]
async fn refunds_begin_as_ordered_until_the_order_is_taken_back() {
    let sandbox = TestSandbox::start().await;
    begin(&sandbox, "pending").await;
    let paid = sandbox.paid_by("pm_card_visa").await;
    assert_eq!(
        sandbox.refund(&paid, &[("amount", "1")]).await["status"],
        "pending"
    );
    sandbox
        .order("/refunds/behaviour", json!({ "begin": null }))
        .await;
    assert_eq!(sandbox.refund(&paid, &[]).await["status"], "succeeded");
}

#[tokio::test]
async fn parts_add_up_until_all_is_refunded() {
    let sandbox = TestSandbox::start().await;
    let paid = sandbox.paid_by("pm_card_visa").await;
    let before = sandbox.event_types().await.len();
    let part = sandbox
        .refund(&paid, &[("amount", "500"), ("metadata[a]", "b")])
        .await;
    assert_eq!(part["status"], "succeeded");
    assert_eq!(part["metadata"]["a"], "b");
    let charge = sandbox.charge_of(&paid).await;
    assert_eq!(
        (&charge["amount_refunded"], &charge["refunded"]),
        (&json!(500), &json!(false))
    );
    let rest = sandbox
        .refund(&paid, &[("reason", "requested_by_customer")])
        .await;
    assert_eq!(rest["amount"], 1_500);
    let charge = sandbox.charge_of(&paid).await;
    assert_eq!(
        (&charge["amount_refunded"], &charge["refunded"]),
        (&json!(2_000), &json!(true))
    );
    assert_eq!(charge["refunds"]["data"][0]["id"], rest["id"]);
    assert_eq!(charge["refunds"]["data"][1]["id"], part["id"]);
    assert_eq!(
        sandbox.events_since(before).await,
        [REFUNDED, REFUNDED].concat()
    );
    let events = sandbox.fetch("/v1/events?type=charge.refunded").await;
    assert_eq!(
        events["data"][0]["data"]["previous_attributes"],
        json!({ "amount_refunded": 500, "refunded": false })
    );
}

#[tokio::test]
async fn more_than_is_left_cannot_be_refunded() {
    let sandbox = TestSandbox::start().await;
    let paid = sandbox.paid_by("pm_card_visa").await;
    let intent = ("payment_intent", paid["id"].as_str().unwrap());
    sandbox.refund(&paid, &[("amount", "1500")]).await;
    let error = sandbox
        .post("/v1/refunds", &[intent, ("amount", "501")])
        .await
        .refused(400);
    assert_eq!(error["param"], "amount");
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("($5.01) is greater than unrefunded")
    );
    sandbox.refund(&paid, &[]).await;
    let error = sandbox.post("/v1/refunds", &[intent]).await.refused(400);
    assert_eq!(error["code"], "charge_already_refunded");
    let error = sandbox.post("/v1/refunds", &[]).await.refused(400);
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("payment_intent or charge")
    );
    let error = sandbox
        .post("/v1/refunds", &[("charge", "ch_no")])
        .await
        .refused(404);
    assert_eq!(error["code"], "resource_missing");
}

#[tokio::test]
async fn what_was_never_paid_cannot_be_refunded() {
    let sandbox = TestSandbox::start().await;
    let form = [("amount", "2000"), ("currency", "usd")];
    let open = TestSandbox::assert_ok(&sandbox.post("/v1/payment_intents", &form).await);
    let intent = ("payment_intent", open["id"].as_str().unwrap());
    let error = sandbox.post("/v1/refunds", &[intent]).await.refused(400);
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("successful charge")
    );
}

#[tokio::test]
async fn a_slow_refund_is_pending_until_time_settles_it() {
    let sandbox = TestSandbox::start().await;
    let paid = sandbox.paid_by("pm_card_pendingRefund").await;
    let refund = sandbox.refund(&paid, &[]).await;
    assert_eq!(
        (&refund["status"], &refund["pending_reason"]),
        (&json!("pending"), &json!("processing"))
    );
    // The money is on its way already.
    assert_eq!(sandbox.charge_of(&paid).await["amount_refunded"], 2_000);
    let before = sandbox.event_types().await.len();
    sandbox.advance(60).await;
    assert_eq!(
        sandbox.events_since(before).await,
        ["refund.updated", "charge.refund.updated"]
    );
    let path = format!("/v1/refunds/{}", refund["id"].as_str().unwrap());
    let settled = sandbox.fetch(&path).await;
    assert_eq!(settled["status"], "succeeded");
    assert_eq!(settled["pending_reason"], json!(null));
}

#[tokio::test]
async fn a_refund_that_succeeded_fails_and_the_charge_counts_it_no_more() {
    let sandbox = TestSandbox::start().await;
    let paid = sandbox.paid_by("pm_card_refundFail").await;
    let refund = sandbox.refund(&paid, &[("amount", "700")]).await;
    assert_eq!(refund["status"], "succeeded");
    let before = sandbox.event_types().await.len();
    sandbox.advance(60).await;
    assert_eq!(
        sandbox.events_since(before).await,
        ["refund.updated", "charge.refund.updated", "refund.failed"]
    );
    let charge = sandbox.charge_of(&paid).await;
    assert_eq!(charge["amount_refunded"], 0);
    assert_eq!(charge["refunds"]["data"][0]["status"], "failed");
    assert_eq!(
        charge["refunds"]["data"][0]["failure_reason"],
        "expired_or_canceled_card"
    );
    let all = sandbox.refund(&paid, &[]).await;
    assert_eq!(all["amount"], 2_000, "what failed can be refunded again");
}

#[tokio::test]
async fn a_refund_goes_only_where_it_can() {
    let sandbox = TestSandbox::start().await;
    for (begins, ways) in [
        (
            "pending",
            vec!["requires_action", "pending", "succeeded", "failed"],
        ),
        ("requires_action", vec!["canceled"]),
        ("succeeded", vec!["failed"]),
    ] {
        begin(&sandbox, begins).await;
        let paid = sandbox.paid_by("pm_card_visa").await;
        let refund = sandbox.refund(&paid, &[]).await;
        assert_eq!(refund["status"], begins);
        for to in ways {
            assert_eq!(settle(&sandbox, &refund, to).await["status"], to);
        }
        for over in ["succeeded", "failed", "pending"] {
            let path = format!(
                "/_sandbox/refunds/{}/settle",
                refund["id"].as_str().unwrap()
            );
            let request = sandbox.request(reqwest::Method::POST, &path);
            let reply = crate::support::read(request.json(&json!({ "outcome": over }))).await;
            reply.refused(400);
        }
        assert_eq!(sandbox.charge_of(&paid).await["amount_refunded"], 0);
    }
}

#[tokio::test]
async fn a_refund_that_succeeded_can_only_fail() {
    let sandbox = TestSandbox::start().await;
    let paid = sandbox.paid_by("pm_card_visa").await;
    let refund = sandbox.refund(&paid, &[]).await;
    for to in ["pending", "requires_action", "canceled", "succeeded"] {
        let path = format!(
            "/_sandbox/refunds/{}/settle",
            refund["id"].as_str().unwrap()
        );
        let request = sandbox.request(reqwest::Method::POST, &path);
        let reply = crate::support::read(request.json(&json!({ "outcome": to }))).await;
        reply.refused(400);
    }
    assert_eq!(
        settle(&sandbox, &refund, "failed").await["status"],
        "failed"
    );
}

#[tokio::test]
async fn only_a_refund_that_waits_for_the_payer_can_be_cancelled() {
    let sandbox = TestSandbox::start().await;
    begin(&sandbox, "requires_action").await;
    let paid = sandbox.paid_by("pm_card_visa").await;
    let refund = sandbox
        .refund(&paid, &[("instructions_email", "payer@example.com")])
        .await;
    assert_eq!(
        refund["next_action"]["display_details"]["email_sent"]["email_sent_to"],
        "payer@example.com"
    );
    let path = format!("/v1/refunds/{}/cancel", refund["id"].as_str().unwrap());
    let cancelled = TestSandbox::assert_ok(&sandbox.post(&path, &[]).await);
    assert_eq!(
        (&cancelled["status"], &cancelled["failure_reason"]),
        (&json!("canceled"), &json!("merchant_request"))
    );
    assert_eq!(sandbox.charge_of(&paid).await["amount_refunded"], 0);
    sandbox.post(&path, &[]).await.refused(400);
}

#[tokio::test]
async fn a_refund_made_twice_with_one_key_is_made_once() {
    let sandbox = TestSandbox::start().await;
    let paid = sandbox.paid_by("pm_card_visa").await;
    let form = [
        ("payment_intent", paid["id"].as_str().unwrap()),
        ("amount", "500"),
    ];
    let first = sandbox.post_keyed("/v1/refunds", "key-1", &form).await;
    let again = sandbox.post_keyed("/v1/refunds", "key-1", &form).await;
    assert_eq!(first.text, again.text);
    assert_eq!(sandbox.charge_of(&paid).await["amount_refunded"], 500);
}

#[tokio::test]
async fn refunds_are_listed_by_payment_and_by_charge() {
    let sandbox = TestSandbox::start().await;
    let (one, two) = (
        sandbox.paid_by("pm_card_visa").await,
        sandbox.paid_by("pm_card_visa").await,
    );
    let mut mine = Vec::new();
    for _ in 0..3 {
        mine.insert(
            0,
            sandbox.refund(&one, &[("amount", "100")]).await["id"].clone(),
        );
        sandbox.refund(&two, &[("amount", "100")]).await;
    }
    for filter in [
        format!("payment_intent={}", one["id"].as_str().unwrap()),
        format!("charge={}", one["latest_charge"]["id"].as_str().unwrap()),
    ] {
        let first = sandbox
            .fetch(&format!("/v1/refunds?{filter}&limit=2"))
            .await;
        assert_eq!(first["has_more"], true);
        let last = first["data"][1]["id"].as_str().unwrap();
        let next = sandbox
            .fetch(&format!("/v1/refunds?{filter}&starting_after={last}"))
            .await;
        let listed: Vec<Value> = [&first, &next]
            .iter()
            .flat_map(|page| page["data"].as_array().unwrap())
            .map(|refund| refund["id"].clone())
            .collect();
        assert_eq!(listed, mine);
    }
    let path = format!("/v1/charges?payment_intent={}", one["id"].as_str().unwrap());
    let charges = sandbox.fetch(&path).await;
    assert_eq!(charges["data"].as_array().unwrap().len(), 1);
    assert_eq!(charges["data"][0]["amount_refunded"], 300);
}
