//! Disputes: through all states, with the money leaving and coming back.

use serde_json::{Value, json};

use crate::support::{TestSandbox, read};

async fn open(sandbox: &TestSandbox, paid: &Value, more: Value) -> Value {
    let mut order = json!({ "payment_intent": paid["id"] });
    order
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    sandbox.order("/disputes", order).await
}

async fn moved(sandbox: &TestSandbox, dispute: &Value, status: &str) -> Value {
    let path = format!("/disputes/{}/move", dispute["id"].as_str().unwrap());
    sandbox.order(&path, json!({ "status": status })).await
}

fn path(dispute: &Value) -> String {
    format!("/v1/disputes/{}", dispute["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_dispute_takes_the_money_and_gives_it_back_when_won() {
    let sandbox = TestSandbox::start().await;
    let paid = sandbox.paid_by("pm_card_visa").await;
    let before = sandbox.event_types().await.len();
    let dispute = open(&sandbox, &paid, json!({ "amount": 1_200 })).await;
    assert_eq!(dispute["status"], "needs_response");
    assert_eq!(dispute["amount"], 1_200);
    assert_eq!(dispute["balance_transactions"][0]["net"], -2_700);
    assert_eq!(dispute["is_charge_refundable"], false);
    assert_eq!(sandbox.charge_of(&paid).await["disputed"], true);
    let under_review = moved(&sandbox, &dispute, "under_review").await;
    assert_eq!(under_review["status"], "under_review");
    let won = moved(&sandbox, &dispute, "won").await;
    assert_eq!(won["balance_transactions"][1]["net"], 1_200);
    assert_eq!(
        sandbox.events_since(before).await,
        [
            "charge.dispute.created",
            "charge.dispute.funds_withdrawn",
            "charge.dispute.updated",
            "charge.dispute.closed",
            "charge.dispute.funds_reinstated",
        ]
    );
    let events = sandbox.fetch("/v1/events?type=charge.dispute.closed").await;
    let data = &events["data"][0]["data"];
    assert_eq!(data["object"]["status"], "won");
    assert_eq!(data["previous_attributes"]["status"], "under_review");
}

#[tokio::test]
async fn a_lost_dispute_keeps_the_money_unless_it_is_given_back_all_the_same() {
    let sandbox = TestSandbox::start().await;
    let paid = sandbox.paid_by("pm_card_visa").await;
    let dispute = open(&sandbox, &paid, json!({ "reason": "duplicate" })).await;
    let before = sandbox.event_types().await.len();
    moved(&sandbox, &dispute, "lost").await;
    assert_eq!(
        sandbox.events_since(before).await,
        ["charge.dispute.closed"]
    );
    let order = format!("/disputes/{}/reinstate", dispute["id"].as_str().unwrap());
    let reinstated = sandbox.order(&order, json!({})).await;
    assert_eq!(reinstated["status"], "lost");
    assert_eq!(
        sandbox.event_types().await.last().unwrap(),
        "charge.dispute.funds_reinstated"
    );
    let again = sandbox.request(reqwest::Method::POST, &format!("/_sandbox{order}"));
    read(again.json(&json!({}))).await.refused(400);
}

#[tokio::test]
async fn an_inquiry_moves_no_money_until_it_escalates() {
    let sandbox = TestSandbox::start().await;
    let paid = sandbox.paid_by("pm_card_visa").await;
    let before = sandbox.event_types().await.len();
    let inquiry = open(&sandbox, &paid, json!({ "inquiry": true })).await;
    assert_eq!(inquiry["status"], "warning_needs_response");
    assert_eq!(inquiry["balance_transactions"], json!([]));
    assert_eq!(inquiry["is_charge_refundable"], true);
    let card = &inquiry["payment_method_details"]["card"];
    assert_eq!(
        (&card["case_type"], &card["network_reason_code"]),
        (&json!("inquiry"), &json!("10"))
    );
    moved(&sandbox, &inquiry, "warning_under_review").await;
    moved(&sandbox, &inquiry, "warning_closed").await;
    assert_eq!(
        sandbox.events_since(before).await,
        [
            "charge.dispute.created",
            "charge.dispute.updated",
            "charge.dispute.closed"
        ]
    );
    let other = sandbox.paid_by("pm_card_visa").await;
    let inquiry = open(&sandbox, &other, json!({ "inquiry": true })).await;
    let before = sandbox.event_types().await.len();
    let escalated = moved(&sandbox, &inquiry, "needs_response").await;
    assert_eq!(
        escalated["payment_method_details"]["card"]["case_type"],
        "chargeback"
    );
    assert_eq!(
        sandbox.events_since(before).await,
        ["charge.dispute.updated", "charge.dispute.funds_withdrawn"]
    );
}

#[tokio::test]
async fn a_prevented_dispute_is_closed_and_withholds_nothing() {
    let sandbox = TestSandbox::start().await;
    let paid = sandbox.paid_by("pm_card_visa").await;
    let inquiry = open(&sandbox, &paid, json!({ "inquiry": true })).await;
    let prevented = moved(&sandbox, &inquiry, "prevented").await;
    assert_eq!(prevented["balance_transactions"], json!([]));
    assert_eq!(
        sandbox.event_types().await.last().unwrap(),
        "charge.dispute.closed"
    );
}

#[tokio::test]
async fn evidence_is_staged_then_submitted_and_time_decides() {
    let sandbox = TestSandbox::start().await;
    for (text, decided) in [("winning_evidence", "won"), ("losing_evidence", "lost")] {
        let paid = sandbox.paid_by("pm_card_visa").await;
        let dispute = open(&sandbox, &paid, json!({})).await;
        let form = [("evidence[uncategorized_text]", text), ("submit", "false")];
        let staged = TestSandbox::assert_ok(&sandbox.post(&path(&dispute), &form).await);
        assert_eq!(staged["status"], "needs_response");
        assert_eq!(staged["evidence"]["uncategorized_text"], text);
        assert_eq!(staged["evidence_details"]["submission_count"], 0);
        let handed = sandbox.post(&path(&dispute), &[("submit", "true")]).await;
        let handed = TestSandbox::assert_ok(&handed);
        assert_eq!(handed["status"], "under_review");
        assert_eq!(handed["evidence_details"]["submission_count"], 1);
        sandbox.advance(60).await;
        assert_eq!(sandbox.fetch(&path(&dispute)).await["status"], decided);
        sandbox.post(&path(&dispute), &form).await.refused(400);
    }
}

#[tokio::test]
async fn a_dispute_nobody_answers_in_time_is_lost_and_an_inquiry_stays_open() {
    let sandbox = TestSandbox::start().await;
    for (inquiry, left) in [(false, "lost"), (true, "warning_needs_response")] {
        let paid = sandbox.paid_by("pm_card_visa").await;
        let dispute = open(&sandbox, &paid, json!({ "inquiry": inquiry })).await;
        sandbox.advance(9 * 24 * 60 * 60).await;
        let over = sandbox.fetch(&path(&dispute)).await;
        assert_eq!(over["status"], left);
        assert_eq!(over["evidence_details"]["past_due"], true);
    }
}

#[tokio::test]
async fn an_account_that_gives_up_has_lost() {
    let sandbox = TestSandbox::start().await;
    let paid = sandbox.paid_by("pm_card_visa").await;
    let dispute = open(&sandbox, &paid, json!({})).await;
    let close = format!("{}/close", path(&dispute));
    let lost = TestSandbox::assert_ok(&sandbox.post(&close, &[]).await);
    assert_eq!(lost["status"], "lost");
    sandbox.post(&close, &[]).await.refused(400);
}

#[tokio::test]
async fn what_was_charged_back_cannot_be_refunded_too() {
    let sandbox = TestSandbox::start().await;
    let paid = sandbox.paid_by("pm_card_visa").await;
    let dispute = open(&sandbox, &paid, json!({ "inquiry": true })).await;
    sandbox.refund(&paid, &[("amount", "100")]).await;
    moved(&sandbox, &dispute, "needs_response").await;
    let form = [("payment_intent", paid["id"].as_str().unwrap())];
    let error = sandbox.post("/v1/refunds", &form).await.refused(400);
    assert_eq!(error["code"], "charge_disputed");
    moved(&sandbox, &dispute, "won").await;
    sandbox.refund(&paid, &[]).await;
}

#[tokio::test]
async fn test_cards_are_disputed_by_themselves() {
    let sandbox = TestSandbox::start().await;
    for (method, status, reason) in [
        ("pm_card_createDispute", "needs_response", "fraudulent"),
        (
            "pm_card_createDisputeInquiry",
            "warning_needs_response",
            "fraudulent",
        ),
        (
            "pm_card_createDisputeProductNotReceived",
            "needs_response",
            "product_not_received",
        ),
    ] {
        let paid = sandbox.paid_by(method).await;
        let list = format!(
            "/v1/disputes?payment_intent={}",
            paid["id"].as_str().unwrap()
        );
        assert_eq!(sandbox.fetch(&list).await["data"], json!([]));
        sandbox.advance(60).await;
        let found = sandbox.fetch(&list).await;
        assert_eq!(
            (&found["data"][0]["status"], &found["data"][0]["reason"]),
            (&json!(status), &json!(reason))
        );
        let charge = found["data"][0]["charge"].as_str().unwrap();
        let by_charge = sandbox
            .fetch(&format!(
                "/v1/disputes?charge={charge}&expand[]=data.charge"
            ))
            .await;
        assert_eq!(by_charge["data"].as_array().unwrap().len(), 1);
        assert_eq!(by_charge["data"][0]["charge"]["disputed"], true);
    }
}
