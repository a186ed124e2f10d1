//! A write is done once however often it is asked for: the same key gets the same bytes, and a key
//! stands for one caller, one route and one request.

use credits::http::error::ErrorCode;
use serde_json::json;

use crate::support::raw;

const ADJUST: &str = "/v1/admin/accounts/user-1/adjustments";
const BODY: &str = r#"{"credits":"+1","reason":"r"}"#;

with_app! {
    async fn a_repeat_gets_the_same_bytes_and_no_second_effect(app: &mut TestApp) {
        let admin = app.as_admin();
        let first = admin.post_text(ADJUST, BODY).key("k").await;
        assert_eq!((first.status, first.is_replayed()), (201, false));
        for _ in 0..5 {
            app.advance(3_600);
            let again = admin.post_text(ADJUST, BODY).key("k").await;
            assert_eq!((again.status, again.is_replayed()), (201, true));
            assert_eq!(again.text, first.text);
            assert_eq!(again.header("content-type"), first.header("content-type"));
        }
        assert_eq!(app.available("user-1").await, "1");
    }

    async fn fifty_at_once_are_one(app: &mut TestApp) {
        let admin = app.as_admin();
        let calls = (0..50).map(|_| admin.post_text(ADJUST, BODY).key("k").into_future());
        let answers = futures_util::future::join_all(calls).await;
        let firsts = answers.iter().filter(|it| it.status == 201 && !it.is_replayed()).count();
        assert_eq!(firsts, 1);
        for answer in &answers {
            match answer.status {
                201 => assert_eq!(answer.text, answers[0].text),
                _ => drop(answer.problem(ErrorCode::RequestInProgress)),
            }
        }
        assert_eq!(app.available("user-1").await, "1");
    }

    async fn a_restart_forgets_no_answer(app: &mut TestApp) {
        let first = app.as_admin().post_text(ADJUST, BODY).key("k").await;
        app.restart(&[]).await;
        let again = app.as_admin().post_text(ADJUST, BODY).key("k").await;
        assert_eq!((again.is_replayed(), &again.text), (true, &first.text));
        assert_eq!(app.available("user-1").await, "1");
    }

    async fn a_key_is_needed_once_and_plain(app: &mut TestApp) {
        let admin = app.as_admin();
        admin.post_text(ADJUST, BODY).await.problem(ErrorCode::IdempotencyKeyMissing);
        let buyer = app.as_user("user-1");
        buyer.post_text("/v1/checkout-sessions", r#"{"package_id":"starter"}"#).await.problem(ErrorCode::IdempotencyKeyMissing);
        for key in ["", " ", "a b", &"k".repeat(256), "a\tb"] {
            admin.post_text(ADJUST, BODY).key(key).await.problem(ErrorCode::IdempotencyKeyInvalid);
        }
        let twice = admin.post_text(ADJUST, BODY).key("k").key("k").await;
        twice.problem(ErrorCode::IdempotencyKeyInvalid);
        let authorization = format!("Authorization: Bearer {}", admin.token.clone().unwrap());
        let headers = [authorization.as_str(), "Content-Type: application/json", "Content-Length: 29", "Idempotency-Key: schl\u{fc}ssel"];
        let answer = raw::send(app, &format!("POST {ADJUST}"), &headers, BODY.as_bytes()).await;
        assert_eq!(answer.status, 400, "{}", answer.body);
        assert_eq!(app.available("user-1").await, "0");
        admin.post_text(ADJUST, BODY).key(&"k".repeat(255)).await.ok();
    }

    async fn another_request_with_the_key_is_refused_and_the_first_stands(app: &mut TestApp) {
        let admin = app.as_admin();
        let first = admin.post_text(ADJUST, BODY).key("k").await;
        let elsewhere = "/v1/admin/accounts/user-2/adjustments";
        for (path, body) in [
            (ADJUST, r#"{"credits":"+2","reason":"r"}"#), (ADJUST, r#"{"credits":"+1","reason":"s"}"#),
            (ADJUST, r#"{"credits":"+1","reason":"r","expires_at":"2099-01-01T00:00:00Z"}"#),
            (elsewhere, BODY), ("/v1/admin/accounts/user-1/adjustments?x=1", BODY),
        ] {
            let refused = admin.post_text(path, body).key("k").await;
            refused.problem(ErrorCode::IdempotencyKeyReused);
        }
        let again = admin.post_text(ADJUST, BODY).key("k").await;
        assert_eq!((again.is_replayed(), &again.text), (true, &first.text));
        assert_eq!((app.available("user-1").await, app.available("user-2").await), ("1".to_owned(), "0".to_owned()));
    }

    async fn order_of_members_and_white_space_make_no_other_request(app: &mut TestApp) {
        let admin = app.as_admin();
        let first = admin.post_text(ADJUST, BODY).key("k").await;
        for same in [r#"{"reason":"r","credits":"+1"}"#, "\n{ \"credits\" : \"+1\",\t\"reason\":\"r\" }\n", r#"{"credits":"\u002b1","reason":"r"}"#] {
            let again = admin.post_text(ADJUST, same).key("k").await;
            assert_eq!((again.is_replayed(), &again.text), (true, &first.text), "{same}");
        }
    }

    async fn the_same_key_of_somebody_else_or_elsewhere_is_another_key(app: &mut TestApp) {
        let admin = app.as_admin();
        admin.post_text(ADJUST, BODY).key("k").await.ok();
        let other = app.with_scope("admin-2", "credits:admin").post_text(ADJUST, BODY).key("k").await;
        assert_eq!((other.status, other.is_replayed()), (201, false));
        // One account, two people.
        let mut claims = app.claims("admin-1", "credits:admin credits:purchase");
        let buy = app.with_claims(&claims).post("/v1/checkout-sessions", &json!({"package_id": "starter"})).key("k").await;
        assert_eq!((buy.status, buy.is_replayed()), (201, false));
        claims["sub"] = json!("admin-3");
        let third = app.with_claims(&claims).post_text(ADJUST, BODY).key("k").await;
        assert_eq!((third.status, third.is_replayed()), (201, false));
        assert_eq!(app.available("user-1").await, "3");
    }

    async fn a_refusal_for_lack_of_credits_is_kept(app: &mut TestApp) {
        let admin = app.as_admin();
        let take = r#"{"credits":"-5","reason":"r"}"#;
        let refused = admin.post_text(ADJUST, take).key("k").await;
        refused.problem(ErrorCode::InsufficientCredits);
        app.give("user-1", "+5").await;
        let again = admin.post_text(ADJUST, take).key("k").await;
        again.problem(ErrorCode::InsufficientCredits);
        assert_eq!((again.is_replayed(), &again.text), (true, &refused.text));
        admin.post_text(ADJUST, take).key("new").await.ok();
        assert_eq!(app.available("user-1").await, "0");
    }

    async fn what_was_not_carried_out_is_not_kept(app: &mut TestApp) {
        let admin = app.as_admin();
        admin.post_text(ADJUST, "{").key("k").await.problem(ErrorCode::InvalidBody);
        admin.post_text(ADJUST, r#"{"credits":"0","reason":"r"}"#).key("k").await.problem(ErrorCode::AdjustmentOutOfRange);
        admin.post_text(ADJUST, r#"{"credits":"+1","reason":"r","expires_at":"2001-01-01T00:00:00Z"}"#).key("k").await
            .problem(ErrorCode::InvalidExpiry);
        admin.post_text(ADJUST, " ".repeat(70_000)).key("k").await.problem(ErrorCode::BodyTooLarge);
        app.anonymous().post_text(ADJUST, BODY).key("k").await.problem(ErrorCode::Unauthorized);
        app.with_scope("admin-1", "credits:read").post_text(ADJUST, BODY).key("k").await.problem(ErrorCode::InsufficientScope);
        let done = admin.post_text(ADJUST, BODY).key("k").await;
        assert_eq!((done.status, done.is_replayed()), (201, false));
    }

    async fn a_repeat_after_the_lots_own_end_gets_the_first_answer(app: &mut TestApp) {
        let end = app.clock.now().plus_seconds(60).unwrap();
        let body = json!({"credits": "+1", "reason": "r", "expires_at": end.to_string()});
        let first = app.as_admin().post(ADJUST, &body).key("k").await;
        assert_eq!(first.status, 201);
        app.advance(120);
        let again = app.as_admin().post(ADJUST, &body).key("k").await;
        assert_eq!((again.status, again.is_replayed()), (201, true), "{again:?}");
        assert_eq!(again.text, first.text);
    }
}
