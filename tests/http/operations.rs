//! What work costs is data: versions take effect at their instant, and one that an operator adds
//! does so without a restart.

use ledger::instant::Instant;
use serde_json::{Value, json};

use crate::support::app::TestApp;

async fn operation(app: &TestApp, name: &str) -> Value {
    let list = app.as_user("user-1").get("/v1/operations").await.ok();
    let operations = list["data"].as_array().unwrap();
    operations
        .iter()
        .find(|it| it["operation"] == name)
        .unwrap()
        .clone()
}

/// Another version of what a market analysis costs, as an operator adds it.
async fn announce(app: &TestApp, version: i32, effective_at: Instant, price: &str) {
    let micros = effective_at.micros();
    app.db.sql(&format!(
        "INSERT INTO rates (operation, variant, version, effective_at, base) \
             VALUES ('market_analysis', '', {version}, {micros}, '1.50'); \
         INSERT INTO rate_components (operation, variant, version, quantity, position, unit, per, price) \
             VALUES ('market_analysis', '', {version}, 'reports', 1, 'report', 10, '{price}')"
    )).await;
}

async fn refresh(app: &TestApp) -> Result<(), credits::store::StoreError> {
    app.running().app.rates.refresh().await
}

with_app! {
    async fn operations_are_listed_with_their_rates(app: &mut TestApp) {
        let list = app.as_user("user-1").get("/v1/operations").await.ok();
        let names: Vec<_> = list["data"].as_array().unwrap().iter().map(|it| it["operation"].as_str().unwrap()).collect();
        assert_eq!(names, ["model_inference", "strategy_generation", "backtesting", "market_analysis"]);
        let inference = operation(app, "model_inference").await;
        let variants: Vec<_> = inference["rates"].as_array().unwrap().iter().map(|it| it["variant"].as_str().unwrap()).collect();
        assert_eq!(variants, ["large", "medium", "small"]);
        assert_eq!(inference["rates"][2], json!({
            "variant": "small", "version": 1, "effective_at": "2026-01-01T00:00:00Z", "base": "0",
            "components": [
                {"quantity": "input_tokens", "unit": "1000 tokens read", "per": 1000, "price": "0.0125"},
                {"quantity": "output_tokens", "unit": "1000 tokens written", "per": 1000, "price": "0.05"},
            ],
        }));
        let backtesting = operation(app, "backtesting").await;
        assert_eq!(backtesting["name"], "Backtesting");
        assert_eq!(backtesting["rates"].as_array().unwrap().len(), 1);
        assert_eq!(backtesting["rates"][0].get("variant"), None, "it has none");
        assert_eq!(backtesting["rates"][0]["components"][1]["quantity"], "bar_years");
    }

    async fn a_version_takes_effect_at_its_instant_without_a_restart(app: &mut TestApp) {
        let before = operation(app, "market_analysis").await["rates"][0].clone();
        let effective_at = app.clock.now().plus_seconds(3_600).unwrap();
        announce(app, 2, effective_at, "20.250").await;
        refresh(app).await.unwrap();
        let announced = operation(app, "market_analysis").await["rates"][0].clone();
        let next = json!({
            "version": 2, "effective_at": effective_at.to_string(), "base": "1.5",
            "components": [{"quantity": "reports", "unit": "report", "per": 10, "price": "20.25"}],
        });
        assert_eq!((&announced["version"], &announced["components"]), (&json!(1), &before["components"]));
        assert_eq!(announced["upcoming"], next);
        app.set_clock(effective_at.micros() - 1);
        assert_eq!(operation(app, "market_analysis").await["rates"][0], announced);
        app.set_clock(effective_at.micros());
        assert_eq!(operation(app, "market_analysis").await["rates"], json!([next]));
    }

    async fn rates_that_do_not_add_up_change_nothing(app: &mut TestApp) {
        let before = operation(app, "market_analysis").await;
        // Not after the version before it.
        announce(app, 2, Instant::from_micros(0), "20").await;
        let refused = refresh(app).await.unwrap_err().to_string();
        assert!(refused.contains("version 2 of market_analysis does not take effect after the one before it"), "{refused}");
        assert_eq!(operation(app, "market_analysis").await, before);
        app.db.sql("UPDATE rates SET effective_at = 1900000000000000, base = 'a lot' WHERE version = 2").await;
        let refused = refresh(app).await.unwrap_err().to_string();
        assert!(refused.contains("the rate market_analysis \"\" 2: the price \"a lot\""), "{refused}");
        app.db.sql("UPDATE rates SET base = '1' WHERE version = 2").await;
        refresh(app).await.unwrap();
        assert_eq!(operation(app, "market_analysis").await["rates"][0]["upcoming"]["base"], "1");
    }

    async fn an_operation_without_a_rate_in_effect_is_listed_without_rates(app: &mut TestApp) {
        app.db.sql("INSERT INTO operations (operation, name, description, position) VALUES ('alerts', 'Alerts', 'Soon.', 9); \
                    INSERT INTO rates (operation, variant, version, effective_at, base) VALUES ('alerts', '', 1, 4000000000000000, '1')").await;
        refresh(app).await.unwrap();
        assert_eq!(operation(app, "alerts").await["rates"], json!([]));
    }
}
