//! What administrators see of purchases and do about them.

use credits::http::error::ErrorCode;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::events::event;
use crate::support::polling::until;

const LIST: &str = "/v1/admin/purchases";

fn path(session: &Value, what: &str) -> String {
    format!("{LIST}/{}{what}", session["purchase_id"].as_str().unwrap())
}

/// A purchase whose payment is a cent short.
async fn under_review(app: &TestApp, account: &str) -> Value {
    let session = app.starter(account).await;
    let mut object = app.stripe_session(&session).await;
    object["status"] = json!("complete");
    object["payment_status"] = json!("paid");
    object["payment_intent"] = json!("pi_short");
    object["amount_total"] = json!(999);
    let told = event(
        &format!("evt_{account}"),
        "checkout.session.completed",
        &object,
    );
    app.deliver(&told).await.ok();
    app.until_status(account, &session, "review").await;
    session
}

fn ids(page: &Value) -> Vec<Value> {
    let data = page["data"].as_array().unwrap();
    data.iter().map(|it| it["purchase"]["id"].clone()).collect()
}

with_app! {
    async fn the_list_shows_all_accounts_and_what_waits_for_a_person(app: &mut TestApp) {
        let (paid, _) = app.paid_starter("user-1").await;
        let open = app.starter("user-2").await;
        let review = under_review(app, "user-3").await;
        let admin = app.as_admin();
        let all = admin.get(LIST).await.ok();
        let newest_first = [&review, &open, &paid].map(|it| it["purchase_id"].clone());
        assert_eq!(ids(&all), newest_first);
        assert_eq!(all["data"][0]["account_id"], "user-3");
        for (query, session) in [
            ("status=review", &review), ("status=paid", &paid), ("status=open", &open), ("account_id=user-1", &paid),
        ] {
            let page = admin.get(&format!("{LIST}?{query}")).await.ok();
            assert_eq!(ids(&page), [session["purchase_id"].clone()], "{query}");
        }
        let first = admin.get(&format!("{LIST}?limit=2")).await.ok();
        let next = format!("{LIST}?limit=2&cursor={}", first["next_cursor"].as_str().unwrap());
        assert_eq!(ids(&admin.get(&next).await.ok()), newest_first[2..]);
        for wrong in ["status=other", "limit=0", "account_id=", "other=1"] {
            admin.get(&format!("{LIST}?{wrong}")).await.problem(ErrorCode::InvalidQuery);
        }
        admin.get(&format!("{LIST}?cursor=x")).await.problem(ErrorCode::InvalidCursor);
    }

    async fn a_purchase_is_shown_with_its_facts_events_and_entries(app: &mut TestApp) {
        let (session, payment) = app.paid_starter("user-1").await;
        app.refund_at_stripe(&payment, 500).await;
        let detail = until("the refund", || async {
            let detail = app.as_admin().get(&path(&session, "")).await.ok();
            (detail["clawed_back"] == "500" && detail["entries"].as_array().unwrap().len() == 2).then_some(detail)
        }).await;
        assert_eq!((&detail["clawed_back"], &detail["clawed_as_debt"]), (&json!("500"), &json!("0")));
        let facts = detail["facts"].as_array().unwrap();
        let told: Vec<(&str, &str)> = facts.iter()
            .map(|it| (it["kind"].as_str().unwrap(), it["state"].as_str().unwrap())).collect();
        assert_eq!(told, [("session", "complete_paid"), ("payment_intent", "succeeded"), ("refund", "succeeded")]);
        assert_eq!(facts[2]["payment_intent_id"], json!(payment));
        let kinds: Vec<&str> = detail["entries"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["grant", "clawback"]);
        let events = detail["events"].as_array().unwrap();
        let completed = events.iter().find(|it| it["kind"] == "checkout.session.completed").unwrap();
        assert_eq!(completed["status"], "applied");
        assert!(events.iter().any(|it| it["kind"] == "refund.created"), "{events:?}");
    }

    async fn an_accepted_review_grants_once_what_was_agreed(app: &mut TestApp) {
        let session = under_review(app, "user-1").await;
        let admin = app.as_admin();
        let ruling = json!({"ruling": "accept", "reason": "a cent is a cent"});
        let first = admin.post(&path(&session, "/review"), &ruling).key("k-1").await;
        assert_eq!(first.ok()["purchase"]["status"], "paid");
        let again = admin.post(&path(&session, "/review"), &ruling).key("k-1").await;
        assert_eq!(again.text, first.text);
        assert_eq!(again.header("idempotent-replayed"), Some("true"));
        assert_eq!((app.available("user-1").await.as_str(), app.grants("user-1").await), ("1000", 1));
        let late = admin.post(&path(&session, "/review"), &ruling).fresh_key().await;
        assert_eq!(late.problem(ErrorCode::NotUnderReview)["purchase_status"], "paid");
        let detail = admin.get(&path(&session, "")).await.ok();
        let fact = detail["facts"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&fact["kind"], &fact["state"], &fact["reason"]), (&json!("ruling"), &json!("accepted"), &json!("a cent is a cent")));
    }

    async fn a_rejected_review_grants_nothing(app: &mut TestApp) {
        let session = under_review(app, "user-1").await;
        let ruling = json!({"ruling": "reject", "reason": "too little"});
        let answer = app.as_admin().post(&path(&session, "/review"), &ruling).fresh_key().await;
        assert_eq!(answer.ok()["purchase"]["status"], "failed");
        assert_eq!(app.available("user-1").await, "0");
    }

    async fn test_money_cannot_be_accepted(app: &mut TestApp) {
        let session = app.starter("user-1").await;
        let mut object = app.stripe_session(&session).await;
        object["status"] = json!("complete");
        object["payment_status"] = json!("paid");
        object["livemode"] = json!(true);
        app.deliver(&event("evt_live", "checkout.session.completed", &object)).await.ok();
        app.until_status("user-1", &session, "review").await;
        let ruling = json!({"ruling": "accept", "reason": "why not"});
        let refused = app.as_admin().post(&path(&session, "/review"), &ruling).fresh_key().await;
        assert_eq!(refused.problem(ErrorCode::ReviewNotAcceptable)["review"], "mode_mismatch");
        assert_eq!(app.available("user-1").await, "0");
    }

    async fn a_refund_sends_the_money_back_once_and_takes_the_credits(app: &mut TestApp) {
        let (session, payment) = app.paid_starter("user-1").await;
        let admin = app.as_admin();
        let part = json!({"amount": 400, "reason": "half of it was a mistake"});
        let first = admin.post(&path(&session, "/refund"), &part).key("k-1").await;
        assert_eq!(first.ok()["clawed_back"], "400");
        let again = admin.post(&path(&session, "/refund"), &part).key("k-1").await;
        assert_eq!(again.text, first.text);
        let refunds = format!("/v1/refunds?payment_intent={payment}");
        assert_eq!(app.stripe(&refunds).await["data"].as_array().unwrap().len(), 1);
        let other = json!({"amount": 500, "reason": "another request"});
        admin.post(&path(&session, "/refund"), &other).key("k-1").await.problem(ErrorCode::IdempotencyKeyReused);
        assert_eq!(app.stripe(&refunds).await["data"].as_array().unwrap().len(), 1);
        let rest = admin.post(&path(&session, "/refund"), &json!({"reason": "all of it"})).fresh_key().await;
        assert_eq!(rest.ok()["purchase"]["status"], "refunded");
        assert_eq!(app.available("user-1").await, "0");
        let too_much = admin.post(&path(&session, "/refund"), &json!({"amount": 1, "reason": "r"})).fresh_key().await;
        too_much.problem(ErrorCode::StripeRefused);
        for wrong in [json!({}), json!({"reason": ""}), json!({"reason": "r", "amount": 0}), json!({"reason": "r", "more": 1})] {
            admin.post(&path(&session, "/refund"), &wrong).fresh_key().await.problem(ErrorCode::InvalidBody);
        }
    }

    async fn only_a_payment_of_the_purchase_can_be_refunded(app: &mut TestApp) {
        let open = app.starter("user-1").await;
        let (_, payment) = app.paid_starter("user-2").await;
        let admin = app.as_admin();
        let body = json!({"reason": "r"});
        let refused = admin.post(&path(&open, "/refund"), &body).fresh_key().await;
        assert_eq!(refused.problem(ErrorCode::NothingToRefund)["purchase_status"], "open");
        let body = json!({"reason": "r", "payment_intent_id": payment});
        admin.post(&path(&open, "/refund"), &body).fresh_key().await.problem(ErrorCode::NothingToRefund);
        assert_eq!(app.available("user-2").await, "1000");
    }

    async fn a_purchase_is_asked_about_again_when_somebody_doubts_it(app: &mut TestApp) {
        let (session, payment) = app.paid_starter("user-1").await;
        app.lose_events().await;
        let dispute = app.dispute(&payment, false).await;
        app.move_dispute(&dispute, "lost").await;
        assert_eq!(app.available("user-1").await, "1000");
        let synced = app.as_admin().post(&path(&session, "/resync"), &json!({})).await.ok();
        assert_eq!((&synced["purchase"]["status"], &synced["clawed_back"]), (&json!("refunded"), &json!("1000")));
        assert_eq!(app.available("user-1").await, "0");
    }
}
