//! Buying, from the request to the credits: the ways that end well, and those that end otherwise.

use serde_json::json;

use crate::support::polling::until;
use crate::support::purchases::{DECLINED_CARD, GOOD_CARD, SESSIONS};

with_app! {
    async fn a_paid_session_becomes_credits_once(app: &mut TestApp) {
        let session = app.starter("user-1").await;
        assert_eq!((&session["status"], &session["credits"]), (&json!("open"), &json!("1000")));
        assert_eq!(session["price"], json!({"amount": 1000, "currency": "usd"}));
        let shown = app.stripe_session(&session).await;
        assert_eq!(shown["client_reference_id"], session["purchase_id"]);
        assert_eq!(shown["metadata"], json!({"purchase_id": session["purchase_id"], "account_id": "user-1"}));
        let paid = app.pay(&session, GOOD_CARD).await;
        assert_eq!(paid.status, 303);
        assert!(paid.header("location").unwrap().contains("/checkout/return?session_id=cs_"));
        app.until_status("user-1", &session, "paid").await;
        assert_eq!((app.available("user-1").await.as_str(), app.grants("user-1").await), ("1000", 1));
        let path = format!("{SESSIONS}/{}", session["id"].as_str().unwrap());
        let after = app.as_user("user-1").get(&path).await.ok();
        assert_eq!((&after["status"], &after["url"]), (&json!("paid"), &json!(null)));
        let page = app.anonymous().get("/checkout/return?session_id=cs_test_1").await;
        assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    }

    async fn a_declined_card_leaves_the_session_open_for_a_good_one(app: &mut TestApp) {
        let session = app.starter("user-1").await;
        let declined = app.pay(&session, DECLINED_CARD).await;
        assert_eq!(declined.status, 402);
        assert!(declined.text.contains("declined"));
        let failed = until("the event of the failed attempt", || async {
            let query = "SELECT kind AS line FROM stripe_inbox WHERE kind = 'payment_intent.payment_failed' AND status = 1";
            app.db.lines(query).await.pop()
        });
        failed.await;
        let open = app.purchase("user-1", &session).await;
        assert_eq!((&open["status"], app.available("user-1").await.as_str()), (&json!("open"), "0"));
        app.pay(&session, GOOD_CARD).await;
        app.until_status("user-1", &session, "paid").await;
        assert_eq!((app.available("user-1").await.as_str(), app.grants("user-1").await), ("1000", 1));
    }

    async fn the_same_open_request_is_the_same_session(app: &mut TestApp) {
        let first = app.starter("user-1").await;
        assert_eq!(app.starter("user-1").await, first);
        let with_urls = json!({"package_id": "starter", "success_url": "https://a.example/"});
        assert_ne!(app.checkout("user-1", &with_urls).await["id"], first["id"]);
        assert_ne!(app.starter("user-2").await["id"], first["id"]);
        app.pay(&first, GOOD_CARD).await;
        app.until_status("user-1", &first, "paid").await;
        assert_ne!(app.starter("user-1").await["id"], first["id"], "a paid one is not handed out");
    }

    async fn a_session_that_is_not_paid_expires(app: &mut TestApp) {
        let session = app.starter("user-1").await;
        app.order("/clock/advance", &json!({"seconds": 3 * 3_600 + 60})).await;
        app.until_status("user-1", &session, "expired").await;
        assert_eq!(app.available("user-1").await, "0");
        assert_eq!(app.pay(&session, GOOD_CARD).await.status, 410);
    }

    async fn a_bank_debit_is_pending_until_it_succeeds(app: &mut TestApp) {
        let session = app.starter("user-1").await;
        assert_eq!(app.pay_by_debit(&session).await.status, 303);
        app.until_status("user-1", &session, "awaiting_funds").await;
        let balance = app.as_user("user-1").get("/v1/balance").await.ok();
        assert_eq!((&balance["pending"], &balance["available"]), (&json!("1000"), &json!("0")));
        let settle = format!("/sessions/{}/settle", session["id"].as_str().unwrap());
        app.order(&settle, &json!({"outcome": "succeeded"})).await;
        app.until_status("user-1", &session, "paid").await;
        let balance = app.as_user("user-1").get("/v1/balance").await.ok();
        assert_eq!((&balance["pending"], &balance["available"]), (&json!("0"), &json!("1000")));
    }

    async fn a_bank_debit_that_fails_gives_nothing(app: &mut TestApp) {
        let session = app.starter("user-1").await;
        app.pay_by_debit(&session).await;
        app.until_status("user-1", &session, "awaiting_funds").await;
        let settle = format!("/sessions/{}/settle", session["id"].as_str().unwrap());
        app.order(&settle, &json!({"outcome": "failed"})).await;
        app.until_status("user-1", &session, "failed").await;
        let balance = app.as_user("user-1").get("/v1/balance").await.ok();
        assert_eq!((&balance["pending"], &balance["available"]), (&json!("0"), &json!("0")));
    }

    async fn with_every_event_lost_the_return_page_finds_the_payment(app: &mut TestApp) {
        app.lose_events().await;
        let session = app.starter("user-1").await;
        app.pay(&session, GOOD_CARD).await;
        let path = format!("{SESSIONS}/{}", session["id"].as_str().unwrap());
        let user = app.as_user("user-1");
        assert_eq!(user.get(&path).await.ok()["status"], "open", "Stripe is not asked more often than every two seconds");
        app.advance(2);
        assert_eq!(user.get(&path).await.ok()["status"], "paid");
        assert_eq!((app.available("user-1").await.as_str(), app.grants("user-1").await), ("1000", 1));
        app.advance(2);
        user.get(&path).await.ok();
        assert_eq!(app.grants("user-1").await, 1);
    }

    async fn with_every_event_lost_the_sweep_finds_the_payment_in_a_quarter_of_an_hour(app: &mut TestApp) {
        app.lose_events().await;
        let session = app.starter("user-1").await;
        app.pay(&session, GOOD_CARD).await;
        app.stop().await;
        app.advance(14 * 60);
        // The sweep looks once as soon as a process starts.
        app.start_again(&[]).await;
        app.until_status("user-1", &session, "paid").await;
        assert_eq!((app.available("user-1").await.as_str(), app.grants("user-1").await), ("1000", 1));
    }
}
