//! What to buy, if anything: the forecast itself is tried in the ledger; here it is fed with what is
//! stored.

use serde_json::{Value, json};

use crate::support::app::TestApp;

async fn advice(app: &TestApp) -> Value {
    app.as_user("user-1").get("/v1/purchase-advice").await.ok()
}

with_app! {
    async fn without_a_history_nothing_is_advised(app: &mut TestApp) {
        let now = app.clock.now();
        assert_eq!(advice(app).await, json!({
            "as_of": now.to_string(), "ends_at": now.one_calendar_year_later().unwrap().to_string(),
            "forecast": null, "package_id": null, "reason": "history_is_too_short",
        }));
    }

    async fn steady_use_is_advised_what_it_will_use_up(app: &mut TestApp) {
        app.give("user-1", "+600").await;
        for day in 0..70 {
            app.consume("user-1", "8", "market_analysis", &format!("report-{day}")).await;
            app.advance(86_400);
        }
        let advice = advice(app).await;
        assert_eq!(advice["reason"], Value::Null, "{advice}");
        // 365 times 8 less the 40 that are left, and no package above what is surely needed.
        let needed = advice["forecast"]["needed"]["low"].as_str().unwrap().parse::<f64>().unwrap();
        assert!((1_000.0..=2_880.0).contains(&needed), "{advice}");
        assert_eq!(advice["package_id"], "starter", "{advice}");
        let balance = app.as_user("user-1").get("/v1/balance").await.ok();
        assert_eq!((&balance["available"], &balance["runway_days"]), (&json!("40"), &json!(5.0)));
    }

    async fn who_has_enough_is_advised_nothing(app: &mut TestApp) {
        app.give("user-1", "+100000").await;
        for day in 0..40 {
            app.consume("user-1", "8", "market_analysis", &format!("report-{day}")).await;
            app.advance(86_400);
        }
        let advice = advice(app).await;
        assert_eq!((&advice["package_id"], &advice["reason"]), (&Value::Null, &json!("holdings_will_do")));
    }
}
