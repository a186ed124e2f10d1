//! Events that are signed and do not match what was agreed: they grant nothing, and what is ours
//! goes to a person. Credits come only from our own snapshot.

use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::events::event;
use crate::support::polling::until;
use crate::support::purchases::GOOD_CARD;

/// The session as it would look once paid.
async fn paid_object(app: &TestApp, session: &Value) -> Value {
    let mut object = app.stripe_session(session).await;
    object["status"] = json!("complete");
    object["payment_status"] = json!("paid");
    object["payment_intent"] = json!("pi_1");
    object
}

async fn deliver(app: &TestApp, id: &str, kind: &str, object: &Value) -> String {
    app.deliver(&event(id, kind, object)).await.ok();
    until("the event is worked off", || async {
        let line = app.inbox(id).await.pop().unwrap();
        (!line.starts_with("0 ")).then_some(line)
    })
    .await
}

async fn assert_nothing(app: &TestApp, account: &str) {
    assert_eq!(
        (
            app.available(account).await.as_str(),
            app.grants(account).await
        ),
        ("0", 0)
    );
}

with_app! {
    async fn a_mismatch_goes_to_review_and_grants_nothing(app: &mut TestApp) {
        let cases: Vec<(&str, Value, &str)> = vec![
            ("amount_total", json!(999), "amount_mismatch"), ("amount_total", json!(1001), "amount_mismatch"),
            ("amount_total", json!(null), "amount_mismatch"), ("amount_total", json!(0), "amount_mismatch"),
            ("currency", json!("eur"), "currency_mismatch"), ("currency", json!("USD"), "currency_mismatch"), ("currency", json!(null), "currency_mismatch"),
            ("livemode", json!(true), "mode_mismatch"),
            ("payment_status", json!("no_payment_required"), "no_payment_required"),
            ("payment_status", json!("a_future_word"), "unknown_payment_status"),
            ("id", json!("cs_test_another"), "session_mismatch"),
        ];
        for (number, (member, value, reason)) in cases.into_iter().enumerate() {
            let account = format!("user-{number}");
            let session = app.starter(&account).await;
            let mut object = paid_object(app, &session).await;
            object[member] = value;
            deliver(app, &format!("evt_{number}"), "checkout.session.completed", &object).await;
            let purchase = app.until_status(&account, &session, "review").await;
            assert_eq!(purchase["review"], reason, "{member}");
            assert_nothing(app, &account).await;
        }
    }

    async fn an_event_that_names_somebody_else_gives_them_nothing(app: &mut TestApp) {
        let (mine, theirs) = (app.starter("mine").await, app.starter("theirs").await);
        // Our session, another's account in the metadata; then another's purchase as reference.
        let mut object = paid_object(app, &mine).await;
        object["metadata"]["account_id"] = json!("theirs");
        deliver_and_wait_or_leave(app, "evt_1", &object).await;
        let mut object = paid_object(app, &mine).await;
        object["client_reference_id"] = theirs["purchase_id"].clone();
        deliver_and_wait_or_leave(app, "evt_2", &object).await;
        let mut object = paid_object(app, &mine).await;
        object["metadata"]["credits"] = json!("1000000");
        object["metadata"]["purchase_id"] = theirs["purchase_id"].clone();
        deliver_and_wait_or_leave(app, "evt_3", &object).await;
        assert_nothing(app, "theirs").await;
        assert_nothing(app, "mine").await;
    }

    async fn credits_named_in_the_metadata_are_not_looked_at(app: &mut TestApp) {
        let session = app.starter("user-1").await;
        let mut object = paid_object(app, &session).await;
        object["metadata"]["credits"] = json!("1000000");
        deliver(app, "evt_1", "checkout.session.completed", &object).await;
        app.until_status("user-1", &session, "paid").await;
        assert_eq!(app.available("user-1").await, "1000", "credits come from our snapshot");
    }

    async fn events_of_the_other_mode_or_account_or_program_change_nothing(app: &mut TestApp) {
        let session = app.starter("user-1").await;
        let object = paid_object(app, &session).await;
        let mut live = event("evt_live", "checkout.session.completed", &object);
        live["livemode"] = json!(true);
        let mut connected = event("evt_connected", "checkout.session.completed", &object);
        connected["account"] = json!("acct_1");
        let mut foreign = object.clone();
        foreign["metadata"] = json!({});
        foreign["client_reference_id"] = json!("order 17");
        let foreign = event("evt_foreign", "checkout.session.completed", &foreign);
        let other = event("evt_other", "customer.created", &json!({"id": "cus_1", "object": "customer"}));
        for (event, note) in [(live, "livemode"), (connected, "connected_account"), (foreign, "foreign"), (other, "kind")] {
            app.deliver(&event).await.ok();
            let id = event["id"].as_str().unwrap();
            until("it is ignored", || async { (app.inbox(id).await == [format!("2 {note}")]).then_some(()) }).await;
        }
        assert_eq!(app.purchase("user-1", &session).await["status"], "open");
        assert_nothing(app, "user-1").await;
    }

    async fn an_event_of_an_unknown_purchase_is_kept_and_tried_again(app: &mut TestApp) {
        let session = app.starter("user-1").await;
        let mut object = paid_object(app, &session).await;
        let unknown = json!("019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9");
        object["client_reference_id"] = unknown.clone();
        object["metadata"]["purchase_id"] = unknown;
        app.deliver(&event("evt_1", "checkout.session.completed", &object)).await.ok();
        until("it waits", || async { (app.inbox("evt_1").await == ["0 no such purchase"]).then_some(()) }).await;
        app.advance(25 * 3_600);
        until("it is given up", || async { (app.inbox("evt_1").await == ["3 no such purchase"]).then_some(()) }).await;
        assert_nothing(app, "user-1").await;
    }

    async fn a_payment_alone_never_grants(app: &mut TestApp) {
        let session = app.starter("user-1").await;
        let metadata = json!({"purchase_id": session["purchase_id"], "account_id": "user-1"});
        let intent = json!({"id": "pi_1", "object": "payment_intent", "status": "succeeded", "amount": 1000,
            "amount_received": 1000, "currency": "usd", "last_payment_error": null, "metadata": metadata});
        let charge = json!({"id": "ch_1", "object": "charge", "status": "succeeded", "captured": true, "paid": true,
            "amount": 1000, "currency": "usd", "payment_intent": "pi_1", "metadata": metadata});
        deliver(app, "evt_1", "payment_intent.succeeded", &intent).await;
        deliver(app, "evt_2", "charge.succeeded", &charge).await;
        assert_nothing(app, "user-1").await;
        let object = paid_object(app, &session).await;
        deliver(app, "evt_3", "checkout.session.completed", &object).await;
        app.until_status("user-1", &session, "paid").await;
        deliver(app, "evt_4", "payment_intent.succeeded", &intent).await;
        deliver(app, "evt_5", "charge.succeeded", &charge).await;
        assert_eq!((app.available("user-1").await.as_str(), app.grants("user-1").await), ("1000", 1));
    }

    async fn money_that_comes_after_the_session_expired_is_granted(app: &mut TestApp) {
        let session = app.starter("user-1").await;
        let mut expired = app.stripe_session(&session).await;
        expired["status"] = json!("expired");
        deliver(app, "evt_1", "checkout.session.expired", &expired).await;
        app.until_status("user-1", &session, "expired").await;
        app.pay(&session, GOOD_CARD).await;
        app.until_status("user-1", &session, "paid").await;
        assert_eq!((app.available("user-1").await.as_str(), app.grants("user-1").await), ("1000", 1));
        deliver(app, "evt_2", "checkout.session.expired", &expired).await;
        assert_eq!(app.purchase("user-1", &session).await["status"], "paid");
    }

    async fn a_second_paid_session_of_a_purchase_goes_to_review_and_grants_no_more(app: &mut TestApp) {
        let session = app.starter("user-1").await;
        app.pay(&session, GOOD_CARD).await;
        app.until_status("user-1", &session, "paid").await;
        let mut second = paid_object(app, &session).await;
        second["id"] = json!("cs_test_second");
        deliver(app, "evt_1", "checkout.session.completed", &second).await;
        until("review", || async {
            let purchase = app.purchase("user-1", &session).await;
            (purchase["review"] == "duplicate_payment").then_some(())
        }).await;
        assert_eq!((app.available("user-1").await.as_str(), app.grants("user-1").await), ("1000", 1));
    }
}

/// It may be ignored, kept for later or applied: all that counts is what it grants.
async fn deliver_and_wait_or_leave(app: &TestApp, id: &str, object: &Value) {
    app.deliver(&event(id, "checkout.session.completed", object))
        .await
        .ok();
    until("the event was looked at", || async {
        (app.inbox(id).await != ["0 "]).then_some(())
    })
    .await;
}
