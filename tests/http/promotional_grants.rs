//! Credits that an administrator gives for a promotion.

use credits::http::error::ErrorCode;
use serde_json::json;

const PATH: &str = "/v1/admin/accounts/user-1/promotions";

with_app! {
    async fn each_grant_is_a_lot_of_its_own_and_told_in_the_history(app: &mut TestApp) {
        app.clock.set("2026-11-23T12:00:00Z".parse().unwrap());
        let admin = app.as_admin();
        let body = json!({"credits": "250", "reason": " Spring campaign ", "expires_at": "2027-03-31T00:00:00Z"});
        let given = admin.post(PATH, &body).key("k").await;
        assert_eq!(given.status, 201, "{}", given.text);
        let answer = given.json();
        assert_eq!((&answer["entry"]["kind"], &answer["entry"]["amount"]), (&json!("grant"), &json!("250")));
        assert_eq!(answer["balance"]["available"], "250");
        let again = admin.post(PATH, &body).key("k").await;
        assert_eq!((again.is_replayed(), &again.text), (true, &given.text));
        admin.post(PATH, &json!({"credits": "100", "reason": "another"})).fresh_key().await.ok();
        let user = app.as_user("user-1");
        let lots = user.get("/v1/lots").await.ok();
        let lots = lots["data"].as_array().unwrap();
        let shown: Vec<_> = lots.iter().map(|it| (it["source"].as_str().unwrap(), it["granted"].as_str().unwrap(), it["expires_at"].as_str().unwrap())).collect();
        assert_eq!(shown, [("promotion", "250", "2027-03-31T00:00:00Z"), ("promotion", "100", "2027-11-23T12:00:00Z")]);
        assert!(lots.iter().all(|it| it.get("purchase_id").is_none()));
        let history = user.get("/v1/usage-history?kind=grant").await.ok();
        assert_eq!(history["data"][1]["description"], "Spring campaign");
    }

    async fn a_lower_priority_is_used_first_though_it_ends_last(app: &mut TestApp) {
        let admin = app.as_admin();
        app.give("user-1", "+100").await;
        let late = json!({"credits": "50", "reason": "first to go", "expires_at": "2099-01-01T00:00:00Z", "priority": -5});
        admin.post(PATH, &late).fresh_key().await.ok();
        app.consume("user-1", "60", "backtesting", "run-1").await;
        let lots = app.as_user("user-1").get("/v1/lots").await.ok();
        let lots = lots["data"].as_array().unwrap();
        let left: Vec<_> = lots.iter().map(|it| (it["source"].as_str().unwrap(), it["remaining"].as_str().unwrap())).collect();
        assert_eq!(left, [("adjustment", "90")]);
    }

    async fn a_grant_that_makes_no_sense_is_refused(app: &mut TestApp) {
        let admin = app.as_admin();
        let table = [
            (json!({"credits": "0", "reason": "x"}), ErrorCode::AdjustmentOutOfRange),
            (json!({"credits": "10000000.1", "reason": "x"}), ErrorCode::AdjustmentOutOfRange),
            (json!({"credits": "-1", "reason": "x"}), ErrorCode::InvalidBody),
            (json!({"credits": "+1", "reason": "x"}), ErrorCode::InvalidBody),
            (json!({"credits": "1", "reason": "  "}), ErrorCode::InvalidBody),
            (json!({"credits": "1"}), ErrorCode::InvalidBody),
            (json!({"credits": "1", "reason": "x", "priority": 40000}), ErrorCode::InvalidBody),
            (json!({"credits": "1", "reason": "x", "expires_at": "2020-01-01T00:00:00Z"}), ErrorCode::InvalidExpiry),
        ];
        for (body, code) in table {
            admin.post(PATH, &body).fresh_key().await.problem(code);
        }
        assert_eq!(app.available("user-1").await, "0");
    }
}
