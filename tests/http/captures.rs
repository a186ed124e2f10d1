//! A hold is charged for what its work really cost, once or in parts; and a hold ends once.

use credits::http::error::ErrorCode;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::client::Call;
use crate::support::work::{HOLDS, hold_of};

fn capture(app: &TestApp, hold: &Value, body: Value) -> Call {
    let path = format!("{HOLDS}/{}/capture", hold["id"].as_str().unwrap());
    app.as_service().post(&path, &body)
}

async fn hold(app: &TestApp, overage: &str) -> Value {
    let mut body = hold_of("user-1", "60", &format!("run-{overage}"));
    body["overage"] = json!(overage);
    app.as_service().post(HOLDS, &body).fresh_key().await.ok()
}

with_app! {
    async fn what_the_work_cost_less_returns_at_once(app: &mut TestApp) {
        app.give("user-1", "+100").await;
        let body = json!({"account_id": "user-1", "operation": "market_analysis", "quantities": {"reports": 3}, "reference": "run-1"});
        let hold = app.as_service().post(HOLDS, &body).fresh_key().await.ok();
        let first = capture(app, &hold, json!({"quantities": {"reports": 2}})).key("k").await;
        assert_eq!(first.status, 200);
        let captured = first.ok();
        assert_eq!((&captured["id"], &captured["status"], &captured["captured"], &captured["held"]),
            (&hold["id"], &json!("captured"), &json!("50"), &json!("0")));
        assert_eq!((&captured["charged"], &captured["uncovered"], &captured["balance"]), (&json!("50"), &json!("0"), &json!({"available": "50"})));
        let entry = &captured["entry"];
        assert_eq!((&entry["kind"], &entry["amount"], &entry["held_change"]), (&json!("capture"), &json!("-50"), &json!("-75")));
        let again = capture(app, &hold, json!({"quantities": {"reports": 2}})).key("k").await;
        assert_eq!((again.is_replayed(), &again.text), (true, &first.text));
        let late = capture(app, &hold, json!({"quantities": {"reports": 2}})).fresh_key().await;
        let problem = late.problem(ErrorCode::HoldEnded);
        assert_eq!((&problem["hold_status"], &problem["credits"], &problem["captured"]), (&json!("captured"), &json!("75"), &json!("50")));
        let debit = app.as_service().get(&format!("/v1/debits/{}", entry["id"].as_str().unwrap())).await.ok();
        assert_eq!((&debit["credits"], &debit["components"][0]["amount"]), (&json!("50"), &json!(2)));
    }

    async fn work_may_be_charged_in_parts_until_the_last(app: &mut TestApp) {
        app.give("user-1", "+100").await;
        let hold = app.hold("user-1", "60", "run-1").await;
        for (body, status, captured, held, available) in [
            (json!({"credits": "10", "final": false}), "active", "10", "50", "40"),
            (json!({"credits": "0", "final": false}), "active", "10", "50", "40"),
            (json!({"credits": "20.5", "final": false}), "active", "30.5", "29.5", "40"),
            (json!({"credits": "0", "final": true}), "captured", "30.5", "0", "69.5"),
        ] {
            let answer = capture(app, &hold, body).fresh_key().await.ok();
            assert_eq!((&answer["status"], &answer["captured"], &answer["held"]), (&json!(status), &json!(captured), &json!(held)));
            assert_eq!(answer["balance"]["available"], available);
        }
    }

    async fn what_it_cost_more_goes_by_the_overage_named(app: &mut TestApp) {
        app.give("user-1", "+90").await;
        let rejecting = hold(app, "reject").await;
        let refused = capture(app, &rejecting, json!({"credits": "60.5"})).key("k").await;
        let problem = refused.problem(ErrorCode::CaptureExceedsHold);
        assert_eq!((&problem["required"], &problem["held"]), (&json!("60.5"), &json!("60")));
        assert!(capture(app, &rejecting, json!({"credits": "60.5"})).key("k").await.is_replayed());
        capture(app, &rejecting, json!({"credits": "10"})).fresh_key().await.ok();

        let capping = hold(app, "cap").await;
        let capped = capture(app, &capping, json!({"credits": "70"})).fresh_key().await.ok();
        assert_eq!((&capped["charged"], &capped["uncovered"], &capped["balance"]["available"]), (&json!("60"), &json!("10"), &json!("20")));

        app.give("user-1", "+40").await;
        app.configure("user-1", "5", Vec::new()).await;
        let covering = hold(app, "cover").await;
        // 60 are held; the balance has nothing else, the overdraft limit 5.
        let covered = capture(app, &covering, json!({"credits": "70"})).fresh_key().await;
        let covered = covered.ok();
        assert_eq!((&covered["charged"], &covered["uncovered"], &covered["balance"]["available"]), (&json!("65"), &json!("5"), &json!("0")));
        let balance = app.as_user("user-1").get("/v1/balance").await.ok();
        assert_eq!((&balance["debt"], &balance["held"]), (&json!("5"), &json!("0")));
    }

    async fn a_capture_says_what_the_work_cost_in_one_way(app: &mut TestApp) {
        app.give("user-1", "+100").await;
        let unnamed = app.hold("user-1", "10", "run-1").await;
        capture(app, &unnamed, json!({})).fresh_key().await.problem(ErrorCode::InvalidChoice);
        capture(app, &unnamed, json!({"quantities": {"reports": 1}})).fresh_key().await.problem(ErrorCode::InvalidChoice);
        let mut body = hold_of("user-1", "10", "run-2");
        body["operation"] = json!("market_analysis");
        let named = app.as_service().post(HOLDS, &body).fresh_key().await.ok();
        capture(app, &named, json!({"credits": "1", "quantities": {"reports": 1}})).fresh_key().await.problem(ErrorCode::InvalidChoice);
        capture(app, &named, json!({"quantities": {"pages": 1}})).fresh_key().await.problem(ErrorCode::InvalidQuantities);
        for body in [json!({"credits": "-1"}), json!({"credits": 1}), json!({"credits": "1", "final": "no"}),
            json!({"credits": "1", "final": null}), json!({"credits": "1", "more": true}), json!({"quantities": {"reports": -1}})] {
            capture(app, &named, body).fresh_key().await.problem(ErrorCode::InvalidBody);
        }
        let captured = capture(app, &named, json!({"quantities": {"reports": 0.2}})).fresh_key().await.ok();
        assert_eq!(captured["charged"], "5", "by the rate in effect, as the hold names none");
        // Nothing was used in the end.
        let nothing = capture(app, &unnamed, json!({"credits": "0"})).fresh_key().await.ok();
        assert_eq!((&nothing["status"], &nothing["balance"]["available"]), (&json!("captured"), &json!("95")));
    }

    async fn of_fifty_captures_at_once_one_is_the_last(app: &mut TestApp) {
        app.give("user-1", "+100").await;
        let hold = app.hold("user-1", "60", "run-1").await;
        let calls = (0..50).map(|_| capture(app, &hold, json!({"credits": "45"})).fresh_key().into_future());
        let answers = join_all(calls).await;
        assert_eq!(answers.iter().filter(|it| it.status == 200).count(), 1);
        for refused in answers.iter().filter(|it| it.status != 200) {
            assert_eq!(refused.problem(ErrorCode::HoldEnded)["captured"], "45");
        }
        assert_eq!(app.available("user-1").await, "55");
    }

    async fn captures_and_releases_at_once_end_a_hold_one_way(app: &mut TestApp) {
        app.give("user-1", "+100").await;
        let hold = app.hold("user-1", "60", "run-1").await;
        let release = format!("{HOLDS}/{}/release", hold["id"].as_str().unwrap());
        let calls = (0..40).map(|number| match number % 2 {
            0 => capture(app, &hold, json!({"credits": "45"})).fresh_key().into_future(),
            _ => app.as_service().post(&release, &json!({})).fresh_key().into_future(),
        });
        let answers = join_all(calls).await;
        let ended: Vec<_> = answers.iter().filter(|it| it.status == 200).collect();
        assert_eq!(ended.len(), 1);
        let left = if ended[0].ok()["status"] == "captured" { "55" } else { "100" };
        assert_eq!(app.available("user-1").await, left);
    }

    async fn parts_at_once_never_take_more_than_a_rejecting_hold_has(app: &mut TestApp) {
        app.give("user-1", "+100").await;
        let hold = hold(app, "reject").await;
        let calls = (0..20).map(|_| capture(app, &hold, json!({"credits": "7", "final": false})).fresh_key().into_future());
        let answers = join_all(calls).await;
        assert_eq!(answers.iter().filter(|it| it.status == 200).count(), 8);
        for refused in answers.iter().filter(|it| it.status != 200) {
            assert_eq!(refused.problem(ErrorCode::CaptureExceedsHold)["held"], "4");
        }
    }
}
