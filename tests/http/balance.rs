//! What an account has, as of the moment it is asked.

use ledger::instant::Instant;
use serde_json::{Value, json};

use crate::support::app::TestApp;

fn members(value: &Value) -> Vec<String> {
    let mut names: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
    names.sort();
    names
}

async fn give_until(app: &TestApp, credits: &str, end: Instant) {
    let body = json!({"credits": credits, "reason": "r", "expires_at": end.to_string()});
    let path = "/v1/admin/accounts/user-1/adjustments";
    app.as_admin().post(path, &body).fresh_key().await.ok();
}

with_app! {
    async fn a_new_account_has_a_whole_balance_of_nothing(app: &mut TestApp) {
        app.clock.set("2026-12-31T23:59:59.999999Z".parse().unwrap());
        let balance = app.as_user("user-1").get("/v1/balance").await.ok();
        assert_eq!(balance, json!({
            "account_id": "user-1", "as_of": "2026-12-31T23:59:59.999999Z",
            "available": "0", "held": "0", "frozen": "0", "debt": "0", "pending": "0",
            "cycle": {"start": "2026-12-01T00:00:00Z", "end": "2027-01-01T00:00:00Z", "consumed": "0", "by_operation": []},
            "next_expiry": null,
            "expiring": {"within_7_days": "0", "within_30_days": "0", "within_90_days": "0"},
            "runway_days": null,
        }));
    }

    async fn credits_count_until_the_microsecond_they_end(app: &mut TestApp) {
        let end = app.clock.now().plus_seconds(3_600).unwrap();
        give_until(app, "+2.5", end).await;
        app.give("user-1", "+1").await;
        let user = app.as_user("user-1");
        app.set_clock(end.micros() - 1);
        let balance = user.get("/v1/balance").await.ok();
        assert_eq!(balance["available"], "3.5");
        assert_eq!(balance["next_expiry"], json!({"credits": "2.5", "expires_at": end.to_string()}));
        assert_eq!(user.get("/v1/lots").await.ok()["data"].as_array().unwrap().len(), 2);
        app.set_clock(end.micros());
        let balance = user.get("/v1/balance").await.ok();
        assert_eq!((&balance["available"], &balance["as_of"]), (&json!("1"), &json!(end.to_string())));
        assert_eq!(user.get("/v1/lots").await.ok()["data"].as_array().unwrap().len(), 1);
        // Nor can they be taken.
        let take = json!({"credits": "-1.000001", "reason": "r"});
        let path = "/v1/admin/accounts/user-1/adjustments";
        assert_eq!(app.as_admin().post(path, &take).fresh_key().await.status, 402);
        app.give("user-1", "-1").await;
        assert_eq!(app.available("user-1").await, "0");
    }

    async fn what_ends_soon_is_counted_in_each_window(app: &mut TestApp) {
        let now = app.clock.now();
        for (days, credits) in [(6, "+1"), (29, "+10"), (89, "+100"), (91, "+1000")] {
            give_until(app, credits, now.plus_days(days).unwrap()).await;
        }
        give_until(app, "+0.5", now.plus_days(6).unwrap()).await;
        let balance = app.as_user("user-1").get("/v1/balance").await.ok();
        assert_eq!(balance["expiring"], json!({"within_7_days": "1.5", "within_30_days": "11.5", "within_90_days": "111.5"}));
        let next = json!({"credits": "1.5", "expires_at": now.plus_days(6).unwrap().to_string()});
        assert_eq!(balance["next_expiry"], next, "lots that end together are one expiry");
        assert_eq!(balance["available"], "1111.5");
    }

    async fn the_members_are_those_that_clients_count_on(app: &mut TestApp) {
        app.give("user-1", "+1").await;
        let balance = app.as_user("user-1").get("/v1/balance").await.ok();
        assert_eq!(members(&balance), [
            "account_id", "as_of", "available", "cycle", "debt", "expiring", "frozen", "held", "next_expiry", "pending", "runway_days",
        ]);
        assert_eq!(members(&balance["next_expiry"]), ["credits", "expires_at"]);
    }

    async fn the_forfeiture_is_booked_with_the_next_entry_and_changes_no_balance_seen(app: &mut TestApp) {
        let end = app.clock.now().plus_seconds(60).unwrap();
        give_until(app, "+7", end).await;
        app.advance(61);
        assert_eq!(app.available("user-1").await, "0");
        app.give("user-1", "+1").await;
        let history = app.as_user("user-1").get("/v1/usage-history").await.ok();
        let lines: Vec<_> = history["data"].as_array().unwrap().iter()
            .map(|it| format!("{} {} {}", it["kind"].as_str().unwrap(), it["amount"].as_str().unwrap(), it["balance_after"].as_str().unwrap()))
            .collect();
        assert_eq!(lines, ["adjustment 1 1", "expiry -7 0", "adjustment 7 7"]);
    }
}
