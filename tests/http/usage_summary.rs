//! What was used, over ranges of the account's own dates.

use credits::http::error::ErrorCode;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::commands::configure;
use crate::support::decisions::account;

async fn summary(app: &TestApp, query: &str) -> Value {
    let path = format!("/v1/usage-summary?{query}");
    app.as_user("user-1").get(&path).await.ok()
}

async fn furnish(app: &TestApp) {
    app.clock.set("2026-11-20T18:00:00Z".parse().unwrap());
    app.carry_out(configure(&account("user-1"), "Asia/Kolkata", 1, Vec::new()))
        .await;
    app.give("user-1", "+100").await;
    app.consume("user-1", "10", "model_inference/large", "a")
        .await;
    // Half past midnight in Kolkata, on a Saturday.
    app.advance(3_600);
    app.consume("user-1", "4", "model_inference/small", "b")
        .await;
    app.consume("user-1", "6", "backtesting", "c").await;
    // On Monday.
    app.advance(2 * 86_400);
    let refunded = app.consume("user-1", "5", "backtesting", "d").await;
    app.refund("user-1", refunded.sequence, Some("2")).await;
}

with_app! {
    async fn sums_are_by_the_accounts_own_days(app: &mut TestApp) {
        furnish(app).await;
        let row = |date: &str, consumed: &str, refunded: &str, credits: &str, count: i64| json!({
            "date": date, "consumed": consumed, "refunded": refunded, "credits": credits, "count": count,
        });
        assert_eq!(summary(app, "by=day").await, json!({
            "from": "2026-11-01", "to": "2026-12-01", "time_zone": "Asia/Kolkata",
            "consumed": "25", "refunded": "2", "credits": "23", "count": 4,
            "data": [row("2026-11-20", "10", "0", "10", 1), row("2026-11-21", "10", "0", "10", 2), row("2026-11-23", "5", "2", "3", 1)],
        }));
        let weeks = summary(app, "by=week").await;
        assert_eq!(weeks["data"], json!([row("2026-11-16", "20", "0", "20", 3), row("2026-11-23", "5", "2", "3", 1)]));
        let months = summary(app, "by=month&from=2026-01-01&to=2027-01-01").await;
        assert_eq!(months["data"], json!([row("2026-11-01", "25", "2", "23", 4)]));
        let one = summary(app, "by=day&from=2026-11-21&to=2026-11-22").await;
        assert_eq!((&one["consumed"], one["data"].as_array().unwrap().len()), (&json!("10"), 1), "to is exclusive");
        let none = summary(app, "from=2026-11-21&to=2026-11-21").await;
        assert_eq!((&none["credits"], &none["data"]), (&json!("0"), &json!([])));
    }

    async fn sums_are_by_operation_and_by_variant(app: &mut TestApp) {
        furnish(app).await;
        assert_eq!(summary(app, "").await["data"], json!([
            {"operation": "backtesting", "consumed": "11", "refunded": "2", "credits": "9", "count": 2},
            {"operation": "model_inference", "consumed": "14", "refunded": "0", "credits": "14", "count": 2},
        ]));
        assert_eq!(summary(app, "by=variant").await["data"], json!([
            {"operation": "backtesting", "consumed": "11", "refunded": "2", "credits": "9", "count": 2},
            {"operation": "model_inference", "variant": "large", "consumed": "10", "refunded": "0", "credits": "10", "count": 1},
            {"operation": "model_inference", "variant": "small", "consumed": "4", "refunded": "0", "credits": "4", "count": 1},
        ]));
    }

    async fn the_balance_breaks_the_cycle_down_as_the_summary_does(app: &mut TestApp) {
        furnish(app).await;
        let balance = app.as_user("user-1").get("/v1/balance").await.ok();
        assert_eq!(balance["cycle"], json!({
            "start": "2026-11-01T00:00:00Z", "end": "2026-11-30T18:30:00Z", "consumed": "23",
            "by_operation": [
                {"operation": "model_inference", "credits": "14", "count": 2, "share": 0.608695},
                {"operation": "backtesting", "credits": "9", "count": 2, "share": 0.391304},
            ],
        }));
        assert_eq!((&balance["available"], &balance["held"], &balance["debt"]), (&json!("77"), &json!("0"), &json!("0")));
        // In the next cycle all that happens is that work of the last one is given back.
        app.clock.set("2026-12-02T00:00:00Z".parse().unwrap());
        app.refund("user-1", 2, None).await;
        let cycle = app.as_user("user-1").get("/v1/balance").await.ok()["cycle"].clone();
        assert_eq!(cycle["consumed"], "-10");
        assert_eq!(cycle["by_operation"], json!([{"operation": "model_inference", "credits": "-10", "count": 0, "share": 0.0}]));
    }

    async fn a_service_sees_what_the_owner_sees(app: &mut TestApp) {
        furnish(app).await;
        app.set_aside("user-1", "7", "backtesting", "run").await;
        let service = app.with_scope("service-1", "credits:consume");
        let seen = service.get("/v1/accounts/user-1/balance").await.ok();
        assert_eq!(seen, app.as_user("user-1").get("/v1/balance").await.ok());
        assert_eq!((&seen["held"], &seen["available"]), (&json!("7"), &json!("70")));
        let nobody = service.get("/v1/accounts/nobody/balance").await.ok();
        assert_eq!((&nobody["account_id"], &nobody["available"]), (&json!("nobody"), &json!("0")));
        service.get("/v1/accounts/caf%C3%A9/balance").await.problem(ErrorCode::NotFound);
    }

    async fn a_range_that_is_none_is_refused(app: &mut TestApp) {
        let user = app.as_user("user-1");
        for wrong in [
            "from=2026-01-01", "to=2026-01-01", "from=2026-02-30&to=2026-03-01", "from=2026-1-1&to=2026-02-01",
            "from=2026-02-01&to=2026-01-01", "from=2021-01-01&to=2026-12-31", "by=hour", "from=2026-01-01T00:00:00Z&to=2026-02-01",
            "from=0000-01-01&to=0000-01-02", "limit=5",
        ] {
            user.get(&format!("/v1/usage-summary?{wrong}")).await.problem(ErrorCode::InvalidQuery);
        }
        user.get("/v1/usage-summary?from=9999-12-01&to=9999-12-31").await.problem(ErrorCode::InvalidQuery);
    }
}
