//! Stripe fails, the connection breaks, the process dies: at whatever step, the purchase has one
//! session, and the payment is granted once.

use credits::http::error::ErrorCode;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::purchases::{GOOD_CARD, SESSIONS};

/// Each way in which the call that makes the session can go wrong, and whether it takes effect.
fn faults() -> [(Value, bool); 4] {
    [
        (json!({"status": "close_before"}), false),
        (json!({"status": "close_after"}), true),
        (json!({"status": 429}), false),
        (json!({"status": 429, "when": "after"}), true),
    ]
}

async fn pay_and_check(app: &TestApp, account: &str, session: &Value) {
    assert_eq!(app.pay(session, GOOD_CARD).await.status, 303);
    app.until_status(account, session, "paid").await;
    assert_eq!(
        (
            app.available(account).await.as_str(),
            app.grants(account).await
        ),
        ("1000", 1)
    );
}

with_app! {
    async fn a_repeat_after_a_fault_of_stripe_makes_one_session(app: &mut TestApp) {
        let body = json!({"package_id": "starter"});
        for (number, (fault, takes_effect)) in faults().into_iter().enumerate() {
            let account = format!("user-{number}");
            let before = app.stripe_sessions().await;
            app.spoil_session(fault.clone()).await;
            let user = app.as_user(&account);
            user.post(SESSIONS, &body).key("k").await.problem(ErrorCode::StripeUnavailable);
            let made = app.stripe_sessions().await - before;
            assert_eq!(made, usize::from(takes_effect), "{fault}");
            let done = user.post(SESSIONS, &body).key("k").await;
            assert_eq!((done.status, done.is_replayed()), (201, false), "{fault}: {done:?}");
            assert_eq!(app.stripe_sessions().await - before, 1, "{fault}");
            let purchases = user.get("/v1/purchases").await.ok();
            assert_eq!(purchases["data"].as_array().unwrap().len(), 1, "{fault}");
            pay_and_check(app, &account, &done.json()).await;
        }
    }

    async fn a_500_of_stripe_is_asked_again_at_once(app: &mut TestApp) {
        app.spoil_session(json!({"status": 500})).await;
        let session = app.starter("user-1").await;
        assert_eq!(app.stripe_sessions().await, 1);
        pay_and_check(app, "user-1", &session).await;
    }

    async fn a_500_after_the_session_was_made_grants_once(app: &mut TestApp) {
        app.spoil_session(json!({"status": 500, "when": "after"})).await;
        let session = app.starter("user-1").await;
        let purchases = app.as_user("user-1").get("/v1/purchases").await.ok();
        assert_eq!(purchases["data"].as_array().unwrap().len(), 1);
        pay_and_check(app, "user-1", &session).await;
    }

    async fn a_repeat_after_a_restart_goes_on_where_it_stopped(app: &mut TestApp) {
        let body = json!({"package_id": "starter"});
        for (account, fault) in [("user-1", "close_before"), ("user-2", "close_after")] {
            app.spoil_session(json!({"status": fault})).await;
            let cut = app.as_user(account).post(SESSIONS, &body).key("k").await;
            cut.problem(ErrorCode::StripeUnavailable);
        }
        app.restart(&[]).await;
        for account in ["user-1", "user-2"] {
            let done = app.as_user(account).post(SESSIONS, &body).key("k").await;
            assert_eq!((done.status, done.is_replayed()), (201, false));
            pay_and_check(app, account, &done.json()).await;
        }
        assert_eq!(app.stripe_sessions().await, 2);
    }

    async fn a_request_that_nobody_repeats_gets_its_session_from_the_sweep(app: &mut TestApp) {
        let body = json!({"package_id": "starter"});
        for (account, fault) in [("user-1", "close_before"), ("user-2", "close_after")] {
            app.spoil_session(json!({"status": fault})).await;
            app.as_user(account).post(SESSIONS, &body).key("k").await.problem(ErrorCode::StripeUnavailable);
            let open = app.as_user(account).get("/v1/purchases").await.ok();
            assert!(open["data"][0].get("checkout_session_id").is_none());
        }
        app.stop().await;
        app.advance(61);
        app.start_again(&[]).await;
        for account in ["user-1", "user-2"] {
            let user = app.as_user(account);
            crate::support::polling::until("a session", || async {
                let list = user.get("/v1/purchases").await.ok();
                list["data"][0].get("checkout_session_id").map(drop)
            }).await;
            // And a late repeat is given that very session.
            let done = user.post(SESSIONS, &body).key("k").await;
            assert_eq!(done.status, 201, "{done:?}");
            pay_and_check(app, account, &done.json()).await;
        }
        assert_eq!(app.stripe_sessions().await, 2);
    }

    async fn an_event_that_comes_before_our_session_id_is_stored_is_applied(app: &mut TestApp) {
        let body = json!({"package_id": "starter"});
        app.spoil_session(json!({"status": "close_after"})).await;
        let user = app.as_user("user-1");
        user.post(SESSIONS, &body).key("k").await.problem(ErrorCode::StripeUnavailable);
        let made = app.stripe("/v1/checkout/sessions").await["data"][0].clone();
        let purchase = user.get("/v1/purchases").await.ok()["data"][0].clone();
        assert!(purchase.get("checkout_session_id").is_none());
        let known = json!({"url": made["url"], "purchase_id": purchase["id"]});
        pay_and_check(app, "user-1", &known).await;
        let late = user.post(SESSIONS, &body).key("k").await;
        assert!([201, 409].contains(&late.status), "{late:?}");
        assert_eq!((app.available("user-1").await.as_str(), app.grants("user-1").await), ("1000", 1));
        assert_eq!(app.stripe_sessions().await, 1);
    }

    async fn events_that_come_twice_late_or_backwards_grant_once(app: &mut TestApp) {
        for (number, behaviour) in [
            json!({"duplicate": 3}), json!({"reorder": true}), json!({"reorder": true, "duplicate": 2}), json!({"delay_ms": 300}),
        ].into_iter().enumerate() {
            app.order("/webhooks/behaviour", &behaviour).await;
            let account = format!("user-{number}");
            let session = app.starter(&account).await;
            pay_and_check(app, &account, &session).await;
        }
        // Long after, every event again.
        let events = app.stripe("/v1/events?limit=100").await;
        app.order("/webhooks/behaviour", &json!({})).await;
        for event in events["data"].as_array().unwrap() {
            app.deliver(event).await.ok();
        }
        for number in 0..4 {
            assert_eq!(app.grants(&format!("user-{number}")).await, 1);
        }
    }
}
