//! What an administrator sets for an account, and how its limits stand.

use credits::http::error::ErrorCode;
use serde_json::{Value, json};

const PATH: &str = "/v1/admin/accounts/user-1";

fn settings(zone: &str, limits: Value) -> Value {
    json!({"time_zone": zone, "anchor_day": 15, "overdraft_limit": "50", "limits": limits})
}

with_app! {
    async fn an_account_is_shown_as_it_was_set(app: &mut TestApp) {
        app.clock.set("2026-11-23T12:00:00Z".parse().unwrap());
        let admin = app.as_admin();
        admin.get(PATH).await.problem(ErrorCode::NotFound);
        app.give("user-1", "+100").await;
        app.consume("user-1", "10", "backtesting", "run-1").await;
        app.set_aside("user-1", "5", "market_analysis", "job-1").await;
        app.advance(60);
        let limits = json!([{"window": "cycle", "credits": "200"}, {"operation": "backtesting", "window": "cycle", "credits": "8.5"}]);
        let set = admin.put(PATH, &settings("Asia/Kolkata", limits)).key("k").await.ok();
        assert_eq!(set, json!({
            "account_id": "user-1", "created_at": "2026-11-23T12:00:00Z",
            "time_zone": "Asia/Kolkata", "anchor_day": 15,
            // The running cycle keeps its beginning and goes on to the next boundary.
            "cycle": {"start": "2026-11-01T00:00:00Z", "end": "2026-12-14T18:30:00Z"},
            "overdraft_limit": "50", "debt": "0", "held": "5", "available": "85",
            "limits": [
                {"window": "cycle", "credits": "200", "used": "15", "room": "185", "resets_at": "2026-12-14T18:30:00Z"},
                {"operation": "backtesting", "window": "cycle", "credits": "8.5", "used": "10", "room": "0", "resets_at": "2026-12-14T18:30:00Z"},
            ],
        }));
        assert_eq!(admin.get(PATH).await.ok(), set, "what was answered is what is seen");
        let again = admin.put(PATH, &settings("UTC", json!([]))).fresh_key().await.ok();
        assert_eq!(again["limits"], json!([]), "what is not named is limited no more");
        let balance = app.as_user("user-1").get("/v1/balance").await.ok();
        assert_eq!(balance["cycle"]["end"], "2026-12-15T00:00:00Z");
    }

    async fn a_repeat_changes_nothing_and_gets_the_same_bytes(app: &mut TestApp) {
        let admin = app.as_admin();
        let first = admin.put(PATH, &settings("Asia/Kolkata", json!([]))).key("k").await;
        admin.put(PATH, &settings("UTC", json!([]))).fresh_key().await.ok();
        let repeat = admin.put(PATH, &settings("Asia/Kolkata", json!([]))).key("k").await;
        assert_eq!((repeat.is_replayed(), &repeat.text), (true, &first.text));
        assert_eq!(admin.get(PATH).await.ok()["time_zone"], "UTC");
        admin.put(PATH, &settings("UTC", json!([]))).key("k").await.problem(ErrorCode::IdempotencyKeyReused);
        admin.put(PATH, &settings("UTC", json!([]))).await.problem(ErrorCode::IdempotencyKeyMissing);
    }

    async fn settings_that_make_no_sense_are_refused(app: &mut TestApp) {
        let admin = app.as_admin();
        let day = json!({"window": "day", "credits": "1"});
        for (settings, detail) in [
            (settings("Mars/Olympus", json!([])), "time_zone"),
            (settings("UTC", json!([day, day])), "one limit for each window"),
            (settings("UTC", json!(vec![day; 21])), "at most 20 limits"),
            (settings("UTC", json!([{"operation": "alchemy", "window": "day", "credits": "1"}])), "alchemy"),
        ] {
            let problem = admin.put(PATH, &settings).fresh_key().await.problem(ErrorCode::InvalidSettings);
            assert!(problem["detail"].as_str().unwrap().contains(detail), "{problem}");
        }
        let with = |name: &str, value: Value| {
            let mut settings = settings("UTC", json!([]));
            settings[name] = value;
            settings
        };
        for wrong in [
            with("anchor_day", json!(0)), with("anchor_day", json!(32)), with("anchor_day", json!("1")),
            with("overdraft_limit", json!("-1")), with("overdraft_limit", json!(5)), with("overdraft_limit", json!("+1")),
            with("limits", json!([{"window": "day", "credits": "-1"}])),
            with("limits", json!([{"window": "hour", "credits": "1"}])),
            with("limits", json!([{"window": "day", "credits": "1", "operation": null}])),
            with("limits", Value::Null), with("colour", json!("red")), json!({}),
        ] {
            admin.put(PATH, &wrong).fresh_key().await.problem(ErrorCode::InvalidBody);
        }
        let kept = admin.get(PATH).await;
        assert!(kept.status == 404 || kept.ok()["time_zone"] == "UTC", "nothing was set");
    }
}
