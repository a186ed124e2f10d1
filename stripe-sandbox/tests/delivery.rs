//! Webhooks: signed over the very bytes, sent until taken, and misbehaving only on request.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;

use crate::support::TestSandbox;
use crate::support::receiver::{Received, Receiver, SECRET};

fn types(received: &[Received]) -> Vec<String> {
    received
        .iter()
        .map(|one| one.event()["type"].as_str().unwrap().to_owned())
        .collect()
}

const PAID: [&str; 4] = [
    "payment_intent.created",
    "payment_intent.succeeded",
    "charge.succeeded",
    "checkout.session.completed",
];

async fn paid(sandbox: &TestSandbox) {
    let session = sandbox.session(&[]).await;
    assert_eq!(sandbox.pay(&session, "4242424242424242").await.status, 303);
}

#[tokio::test]
async fn events_arrive_in_order_signed_with_the_whole_secret() {
    let receiver = Receiver::start(&[]);
    let sandbox = TestSandbox::with_webhooks(vec![receiver.target()]).await;
    paid(&sandbox).await;
    let received = receiver.wait_for(4).await;
    assert_eq!(types(&received), PAID);
    for one in &received {
        let (time, signature) = one
            .signature
            .strip_prefix("t=")
            .unwrap()
            .split_once(",v1=")
            .unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
        mac.update(format!("{time}.{}", one.body).as_bytes());
        let expected: String = mac
            .finalize()
            .into_bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(signature, expected);
        let event = one.event();
        assert_eq!(event["api_version"], "2026-09-30.endive");
        assert_eq!(event["pending_webhooks"], 1);
        assert_eq!(
            event["request"],
            json!({ "id": null, "idempotency_key": null })
        );
    }
}

#[tokio::test]
async fn an_event_of_an_api_call_names_the_request_and_its_key() {
    let receiver = Receiver::start(&[]);
    let sandbox = TestSandbox::with_webhooks(vec![receiver.target()]).await;
    let reply = sandbox.post_keyed("/v1/customers", "key-1", &[]).await;
    let event = receiver.wait_for(1).await[0].event();
    assert_eq!(event["request"]["id"], reply.header("request-id").unwrap());
    assert_eq!(event["request"]["idempotency_key"], "key-1");
}

#[tokio::test]
async fn an_event_is_sent_again_until_it_is_taken() {
    let receiver = Receiver::start(&[500, 302]);
    let sandbox = TestSandbox::with_webhooks(vec![receiver.target()]).await;
    sandbox.post("/v1/customers", &[]).await;
    let received = receiver.wait_for(3).await;
    assert_eq!(received[0].event()["id"], received[2].event()["id"]);
    loop {
        let state = sandbox.fetch("/_sandbox/state").await;
        if state["webhooks"]["finished"]["count"] == 1 {
            assert_eq!(state["webhooks"]["finished"]["newest"][0]["attempts"], 3);
            break;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn each_target_gets_its_own_delivery() {
    let (one, two) = (Receiver::start(&[]), Receiver::start(&[]));
    let sandbox = TestSandbox::with_webhooks(vec![one.target(), two.target()]).await;
    paid(&sandbox).await;
    assert_eq!(types(&one.wait_for(4).await), types(&two.wait_for(4).await));
}

#[tokio::test]
async fn undelivered_events_are_delivered_after_a_restart_even_at_a_new_address() {
    let gone = Receiver::start(&[]);
    let target = gone.target();
    gone.stop().await;
    let mut sandbox = TestSandbox::with_webhooks(vec![target]).await;
    paid(&sandbox).await;
    let receiver = Receiver::start(&[]);
    sandbox.set_webhooks(vec![receiver.target()]);
    sandbox.restart().await;
    let mut received = types(&receiver.wait_for(4).await);
    received.sort();
    let mut expected = PAID.map(str::to_owned);
    expected.sort();
    assert_eq!(received, expected);
}

#[tokio::test]
async fn duplicates_and_lost_events_come_as_ordered() {
    let receiver = Receiver::start(&[]);
    let sandbox = TestSandbox::with_webhooks(vec![receiver.target()]).await;
    sandbox
        .order(
            "/webhooks/behaviour",
            json!({ "duplicate": 2, "drop_next": 3 }),
        )
        .await;
    paid(&sandbox).await;
    let received = receiver.wait_for(3).await;
    assert_eq!(types(&received), ["checkout.session.completed"; 3]);
    assert_eq!(received[0].event()["id"], received[2].event()["id"]);
    sandbox
        .order("/webhooks/behaviour", json!({ "drop": true }))
        .await;
    let lost = sandbox.post("/v1/customers", &[]).await.json();
    sandbox.order("/webhooks/behaviour", json!({})).await;
    sandbox.post("/v1/customers", &[]).await;
    let received = receiver.wait_for(4).await;
    assert_ne!(received[3].event()["data"]["object"]["id"], lost["id"]);
    let events = sandbox.fetch("/v1/events?type=customer.created").await;
    let event = events["data"][1]["id"].as_str().unwrap();
    sandbox
        .order(&format!("/events/{event}/resend"), json!({}))
        .await;
    let received = receiver.wait_for(5).await;
    assert_eq!(received[4].event()["data"]["object"]["id"], lost["id"]);
}

#[tokio::test]
async fn reordered_events_arrive_backwards() {
    let receiver = Receiver::start(&[]);
    let sandbox = TestSandbox::with_webhooks(vec![receiver.target()]).await;
    sandbox
        .order(
            "/webhooks/behaviour",
            json!({ "reorder": true, "delay_ms": 50 }),
        )
        .await;
    paid(&sandbox).await;
    let mut expected = PAID;
    expected.reverse();
    assert_eq!(types(&receiver.wait_for(4).await), expected);
}

#[tokio::test]
async fn what_banks_do_is_duplicated_lost_and_reordered_like_everything_else() {
    let receiver = Receiver::start(&[]);
    let sandbox = TestSandbox::with_webhooks(vec![receiver.target()]).await;
    let paid = sandbox.paid_by("pm_card_visa").await;
    receiver.wait_for(3).await;
    let order = json!({ "duplicate": 1, "drop_next": 1, "reorder": true, "delay_ms": 50 });
    sandbox.order("/webhooks/behaviour", order).await;
    let dispute = json!({ "payment_intent": paid["id"], "inquiry": true });
    let dispute = sandbox.order("/disputes", dispute).await;
    let path = format!("/disputes/{}/move", dispute["id"].as_str().unwrap());
    sandbox
        .order(&path, json!({ "status": "needs_response" }))
        .await;
    let received = types(&receiver.wait_for(7).await);
    let expected = [
        "charge.dispute.funds_withdrawn",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.updated",
        "charge.dispute.updated",
    ];
    assert_eq!(
        received[3..],
        expected,
        "the first, of its opening, is lost"
    );
}
