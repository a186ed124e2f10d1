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
        app.give("user-1", "+1440").await;
        for day in 0..70 {
            app.consume("user-1", "20", "market_analysis", &format!("report-{day}")).await;
            app.advance(86_400);
        }
        let advice = advice(app).await;
        assert_eq!(advice["reason"], Value::Null, "{advice}");
        // At the least the use of as many days as were seen, less the 40 that are left.
        assert_eq!(advice["forecast"]["needed"], json!({"low": "1360", "likely": "7260", "high": "7260"}));
        assert_eq!(advice["package_id"], "starter", "{advice}");
        let balance = app.as_user("user-1").get("/v1/balance").await.ok();
        assert_eq!((&balance["available"], &balance["runway_days"]), (&json!("40"), &json!(2.0)));
    }

    async fn who_has_enough_is_advised_nothing(app: &mut TestApp) {
        let end = app.clock.now().plus_days(800).unwrap().to_string();
        let gift = json!({"credits": "+100000", "reason": "r", "expires_at": end});
        app.as_admin().post("/v1/admin/accounts/user-1/adjustments", &gift).fresh_key().await.ok();
        for day in 0..40 {
            app.consume("user-1", "8", "market_analysis", &format!("report-{day}")).await;
            app.advance(86_400);
        }
        let advice = advice(app).await;
        assert_eq!((&advice["package_id"], &advice["reason"]), (&Value::Null, &json!("holdings_will_do")));
    }
}
