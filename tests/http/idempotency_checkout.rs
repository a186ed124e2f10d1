//! A purchase is opened once however often it is asked for, with one session at Stripe.

use credits::http::error::ErrorCode;
use serde_json::json;

use crate::support::purchases::{GOOD_CARD, SESSIONS};

with_app! {
    async fn a_repeated_checkout_gets_the_same_bytes_and_one_session(app: &mut TestApp) {
        let user = app.as_user("user-1");
        let body = json!({"package_id": "plus"});
        let first = user.post(SESSIONS, &body).key("k").await;
        assert_eq!((first.status, first.is_replayed()), (201, false));
        app.restart(&[]).await;
        let user = app.as_user("user-1");
        let again = user.post(SESSIONS, &body).key("k").await;
        assert_eq!((again.status, again.is_replayed()), (201, true));
        assert_eq!(again.text, first.text);
        user.post(SESSIONS, &json!({"package_id": "starter"})).key("k").await.problem(ErrorCode::IdempotencyKeyReused);
        assert_eq!(app.stripe_sessions().await, 1);
        let other = app.as_user("user-2").post(SESSIONS, &body).key("k").await;
        assert_eq!((other.status, other.is_replayed()), (201, false));
    }

    async fn fifty_checkouts_with_one_key_are_one_purchase(app: &mut TestApp) {
        let user = app.as_user("user-1");
        let body = json!({"package_id": "starter"});
        let calls = (0..50).map(|_| user.post(SESSIONS, &body).key("k").into_future());
        let answers = futures_util::future::join_all(calls).await;
        let mut made = Vec::new();
        for answer in &answers {
            match answer.status {
                201 => made.push(answer),
                _ => drop(answer.problem(ErrorCode::RequestInProgress)),
            }
        }
        assert!(!made.is_empty());
        assert!(made.iter().all(|it| it.text == made[0].text));
        assert_eq!(made.iter().filter(|it| !it.is_replayed()).count(), 1);
        assert_eq!(app.stripe_sessions().await, 1);
        let purchases = user.get("/v1/purchases").await.ok();
        assert_eq!(purchases["data"].as_array().unwrap().len(), 1);
        let last = user.post(SESSIONS, &body).key("k").await;
        assert_eq!((last.is_replayed(), &last.text), (true, &made[0].text));
    }

    async fn the_answer_is_kept_as_it_was_when_the_purchase_is_long_paid(app: &mut TestApp) {
        let user = app.as_user("user-1");
        let body = json!({"package_id": "starter"});
        let first = user.post(SESSIONS, &body).key("k").await;
        app.pay(&first.json(), GOOD_CARD).await;
        app.until_status("user-1", &first.json(), "paid").await;
        let again = user.post(SESSIONS, &body).key("k").await;
        assert_eq!((again.is_replayed(), &again.text), (true, &first.text));
        let new = user.post(SESSIONS, &body).key("new").await;
        assert_ne!(new.ok()["purchase_id"], first.json()["purchase_id"]);
    }

    async fn a_repeat_after_the_package_was_withdrawn_goes_on_all_the_same(app: &mut TestApp) {
        let (user, other) = (app.as_user("user-1"), app.as_user("user-2"));
        let body = json!({"package_id": "starter"});
        let first = user.post(SESSIONS, &body).key("k").await;
        app.spoil_session(json!({"status": "close_after"})).await;
        other.post(SESSIONS, &body).key("k").await.problem(ErrorCode::StripeUnavailable);
        let (sqlite, postgres) = ("0", "false");
        let withdraw = |no: &str| format!("UPDATE packages SET active = {no} WHERE package_id = 'starter'");
        app.db.sql_in(&withdraw(sqlite), &withdraw(postgres)).await;
        user.post(SESSIONS, &body).key("new").await.problem(ErrorCode::NotFound);
        let again = user.post(SESSIONS, &body).key("k").await;
        assert_eq!((again.status, again.is_replayed()), (201, true), "{again:?}");
        assert_eq!(again.text, first.text);
        let unknown = json!({"package_id": "none"});
        user.post(SESSIONS, &unknown).key("k").await.problem(ErrorCode::IdempotencyKeyReused);
        // One that was cut off gets the session that was made for it.
        let done = other.post(SESSIONS, &body).key("k").await;
        assert_eq!((done.status, done.is_replayed()), (201, false), "{done:?}");
        assert_eq!(app.stripe_sessions().await, 2);
    }
}
