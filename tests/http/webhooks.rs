//! Only Stripe's own words are taken in, and all of them: the signature is checked over the bytes
//! as they came, before anything is read.

use credits::http::error::ErrorCode;
use serde_json::json;

use crate::support::app::TestApp;
use crate::support::client::Answer;
use crate::support::events::{PATH, event, mac};

const OTHER: &str = "whsec_test_0123456789abcdef0123456789abcdef0123456789abcdef";

async fn post(app: &TestApp, body: &str, signature: Option<&str>) -> Answer {
    let call = app.anonymous().post_text(PATH, body);
    match signature {
        Some(signature) => call.header("stripe-signature", signature).await,
        None => call.await,
    }
}

async fn stored(app: &TestApp) -> usize {
    app.db
        .lines("SELECT event_id AS line FROM stripe_inbox")
        .await
        .len()
}

with_app! {
    async fn a_signature_that_does_not_vouch_for_the_bytes_is_refused(app: &mut TestApp) {
        let body = event("evt_1", "customer.created", &json!({"id": "cus_1", "object": "customer"})).to_string();
        let now = app.clock.now().unix_seconds();
        let good = mac(app.webhook_secret(), now, body.as_bytes());
        let pretty = serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(&body).unwrap()).unwrap();
        let many = format!("t={now}{}", ",v1=00".repeat(1_000));
        let refused = [
            String::new(), "x".to_owned(), format!("v1={good}"), format!("t={now}"), format!("t={now},v0={good}"),
            format!("t={now},v1={}", &good[..63]), format!("t={now},v1="), format!("t={now},v1={}", mac(OTHER, now, body.as_bytes())),
            format!("t={now},v1={}", mac(app.webhook_secret(), now, pretty.as_bytes())),
            format!("t=now,v1={good}"), format!("t=-{now},v1={good}"), format!("t=9223372036854775808,v1={good}"),
            format!("t={now},t={},v1={good}", now + 1), format!("t={},v1={good}", now - 1), many,
        ];
        for signature in refused {
            let shown: String = signature.chars().take(80).collect();
            let answer = post(app, &body, Some(&signature)).await;
            assert_eq!(answer.status, 400, "{shown}: {answer:?}");
            answer.problem(ErrorCode::InvalidSignature);
        }
        post(app, &body, None).await.problem(ErrorCode::InvalidSignature);
        let header = format!("t={now},v1={good}");
        let twice = app.anonymous().post_text(PATH, body.as_str()).header("stripe-signature", &header).header("stripe-signature", &header).await;
        twice.problem(ErrorCode::InvalidSignature);
        post(app, &body.replace("cus_1", "cus_2"), Some(&header)).await.problem(ErrorCode::InvalidSignature);
        post(app, "not json at all", Some(&header)).await.problem(ErrorCode::InvalidSignature);
        assert_eq!(stored(app).await, 0);
        post(app, &body, Some(&header)).await.ok();
        assert_eq!(stored(app).await, 1);
    }

    async fn a_signature_is_good_for_five_minutes_either_way(app: &mut TestApp) {
        let now = app.clock.now().unix_seconds();
        for (number, (offset, status)) in [(-299, 200), (-301, 400), (299, 200), (301, 400)].into_iter().enumerate() {
            let body = event(&format!("evt_{number}"), "customer.created", &json!({})).to_string();
            let at = now + offset;
            let signature = format!("t={at},v1={}", mac(app.webhook_secret(), at, body.as_bytes()));
            assert_eq!(post(app, &body, Some(&signature)).await.status, status, "{offset}");
        }
    }

    async fn any_pair_of_secret_and_signature_will_do(app: &mut TestApp) {
        let ours = app.webhook_secret().to_owned();
        let now = app.clock.now().unix_seconds();
        let third = "whsec_test_ffffffffffffffffffffffffffffffffffffffffffffffff";
        for (round, secrets) in [vec![ours.as_str()], vec![OTHER, ours.as_str()], vec![ours.as_str(), OTHER]].into_iter().enumerate() {
            app.restart(&[&format!("--stripe-webhook-secrets={}", secrets.join(","))]).await;
            for (number, pair) in [[ours.as_str(), third], [third, ours.as_str()], [OTHER, third], [third, third]].into_iter().enumerate() {
                let body = event(&format!("evt_{round}_{number}"), "customer.created", &json!({})).to_string();
                let items: Vec<String> = pair.iter().map(|secret| format!("v1={}", mac(secret, now, body.as_bytes()))).collect();
                let signature = format!("t={now},{}", items.join(","));
                let known = pair.iter().any(|secret| secrets.contains(secret));
                let status = if known { 200 } else { 400 };
                assert_eq!(post(app, &body, Some(&signature)).await.status, status, "{round} {number}");
            }
        }
    }

    async fn a_secret_is_rolled_without_losing_an_event(app: &mut TestApp) {
        let old = app.webhook_secret().to_owned();
        let status = async |app: &TestApp, secret: &str, number: u32| {
            let body = event(&format!("evt_{number}"), "customer.created", &json!({})).to_string();
            let now = app.clock.now().unix_seconds();
            let signature = format!("t={now},v1={}", mac(secret, now, body.as_bytes()));
            post(app, &body, Some(&signature)).await.status
        };
        assert_eq!((status(app, &old, 1).await, status(app, OTHER, 2).await), (200, 400));
        // Both are live, in either order, and each by itself will do.
        for (number, both) in [(10, format!("{old},{OTHER}")), (20, format!("{OTHER} , {old}"))] {
            app.restart(&[&format!("--stripe-webhook-secrets={both}")]).await;
            assert_eq!((status(app, &old, number).await, status(app, OTHER, number + 1).await), (200, 200));
            // A purchase goes through whichever of them signs.
            let buyer = format!("user-{number}");
            let session = app.starter(&buyer).await;
            app.pay(&session, crate::support::purchases::GOOD_CARD).await;
            app.until_status(&buyer, &session, "paid").await;
        }
        app.restart(&[&format!("--stripe-webhook-secrets={OTHER}")]).await;
        assert_eq!((status(app, &old, 30).await, status(app, OTHER, 31).await), (400, 200));
    }

    async fn what_is_signed_must_still_be_an_event_of_a_sane_size(app: &mut TestApp) {
        for body in ["", "{}", "[]", "null", "text", r#"{"id":1}"#, r#"{"id":"","type":"a","livemode":false,"created":1}"#,
            r#"{"id":"evt_1","type":"a","livemode":"no","created":1}"#, r#"{"id":"evt_1","type":"a b","livemode":false,"created":1}"#] {
            post(app, body, Some(&app.signature(body.as_bytes()))).await.problem(ErrorCode::InvalidEvent);
        }
        let mut large = event("evt_1", "customer.created", &json!({}));
        large["padding"] = json!("x".repeat(257 * 1024));
        app.deliver(&large).await.problem(ErrorCode::BodyTooLarge);
        let small = event("evt_2", "customer.created", &json!({})).to_string();
        let signature = app.signature(small.as_bytes());
        for (header, value) in [("content-encoding", "gzip"), ("content-encoding", "br")] {
            let call = app.anonymous().post_text(PATH, small.as_str()).header("stripe-signature", &signature);
            call.header(header, value).await.problem(ErrorCode::UnsupportedMediaType);
        }
        let text = app.anonymous().call("POST", PATH).header("content-type", "text/plain").header("stripe-signature", &signature);
        text.body(small.as_str()).await.problem(ErrorCode::UnsupportedMediaType);
        assert_eq!(stored(app).await, 0);
    }

    async fn events_that_mean_nothing_here_are_stored_and_ignored(app: &mut TestApp) {
        let thin = json!({"id": "evt_thin", "object": "v2.core.event", "type": "v1.billing.meter.error", "livemode": false,
            "created": "2026-11-23T09:00:00.000Z", "related_object": {"id": "mtr_1"}});
        app.deliver(&thin).await.ok();
        // PostgreSQL takes no NUL in a text.
        let nul = event("evt_nul", "checkout.session.completed", &json!({
            "id": "cs_1", "object": "checkout.session", "payment_status": "paid", "livemode": false, "status": "complete\u{0}",
            "metadata": {"purchase_id": "a\u{0}b", "account_id": "user-1"}, "client_reference_id": "\u{0}",
        }));
        app.deliver(&nul).await.ok();
        let twisted = event("evt_twisted", "checkout.session.completed", &json!({"object": "customer"}));
        app.deliver(&twisted).await.ok();
        for (id, status) in [("evt_thin", "2 "), ("evt_nul", "2 "), ("evt_twisted", "3 ")] {
            crate::support::polling::until(id, || async {
                let lines = app.inbox(id).await;
                lines[0].starts_with(status).then_some(())
            }).await;
        }
    }
}
