//! A quote says what work will cost before it runs, and whether the account can pay for it. It takes
//! nothing.

use credits::http::error::ErrorCode;
use serde_json::{Value, json};

use crate::support::work::QUOTES;

fn analysis(reports: u32) -> Value {
    json!({"operation": "market_analysis", "quantities": {"reports": reports}})
}

with_app! {
    async fn a_quote_says_what_each_part_of_the_work_costs(app: &mut TestApp) {
        app.give("user-1", "+1000").await;
        let ask = json!({"operation": "model_inference", "variant": "large",
            "quantities": {"output_tokens": 350, "input_tokens": 1200.5}});
        let answer = app.as_user("user-1").post(QUOTES, &ask).await;
        assert_eq!(answer.status, 201);
        let mut quote = answer.ok();
        let end = app.clock.now().plus_seconds(15 * 60).unwrap();
        assert_eq!(quote["expires_at"], end.to_string());
        for varying in ["id", "expires_at"] {
            quote[varying] = json!(null);
        }
        assert_eq!(quote, json!({
            "id": null, "account_id": "user-1", "operation": "model_inference", "variant": "large",
            "quantities": {"input_tokens": 1200.5, "output_tokens": 350}, "rate_version": 1, "credits": "1.7703",
            "components": [
                {"quantity": "input_tokens", "amount": 1200.5, "unit_price": "0.6", "per": 1000, "credits": "0.7203", "share": 0.40688},
                {"quantity": "output_tokens", "amount": 350, "unit_price": "3", "per": 1000, "credits": "1.05", "share": 0.593119},
            ],
            "affordable": true, "shortfall": "0", "suggested_package_id": null, "expires_at": null,
        }));
        assert_eq!(app.available("user-1").await, "1000");
    }

    async fn a_base_is_a_part_of_the_cost(app: &mut TestApp) {
        let ask = json!({"operation": "strategy_generation", "quantities": {"attempts": 3}});
        let quote = app.as_user("user-1").post(QUOTES, &ask).await.ok();
        assert_eq!((&quote["credits"], &quote["components"][0]["quantity"]), (&json!("20"), &json!("base")));
        assert_eq!(quote["components"][0]["share"], 0.1);
        let nothing = json!({"operation": "backtesting", "quantities": {"assets": 0, "bar_years": 0}});
        let quote = app.as_user("user-1").post(QUOTES, &nothing).await.ok();
        assert_eq!((&quote["credits"], &quote["affordable"]), (&json!("0"), &json!(true)));
        assert_eq!(quote["components"][0]["share"], 0.0);
    }

    async fn what_cannot_be_paid_comes_with_the_smallest_package_that_would_do(app: &mut TestApp) {
        app.give("user-1", "+500").await;
        let user = app.as_user("user-1");
        for (reports, shortfall, package) in [
            (20, "0", json!(null)), (21, "25", json!("starter")), (60, "1000", json!("starter")),
            (61, "1025", json!("plus")), (4020, "100000", json!("scale")), (4021, "100025", json!(null)),
        ] {
            let quote = user.post(QUOTES, &analysis(reports)).await.ok();
            assert_eq!(quote["affordable"], shortfall == "0", "{quote}");
            assert_eq!((&quote["shortfall"], &quote["suggested_package_id"]), (&json!(shortfall), &package), "{reports}");
        }
        app.hold("user-1", "100", "run-1").await;
        assert_eq!(user.post(QUOTES, &analysis(20)).await.ok()["shortfall"], "100");
        // A bonus counts, and a package that is withdrawn does not.
        app.db.sql("UPDATE packages SET bonus_credits = 25000000 WHERE package_id = 'starter'; \
            UPDATE packages SET active = false WHERE package_id = 'plus'").await;
        assert_eq!(user.post(QUOTES, &analysis(57)).await.ok()["suggested_package_id"], "starter");
        assert_eq!(user.post(QUOTES, &analysis(58)).await.ok()["suggested_package_id"], "pro");
    }

    async fn only_services_ask_for_others(app: &mut TestApp) {
        let mut named = analysis(1);
        named["account_id"] = json!("user-1");
        for asker in [app.as_user("user-1"), app.as_user("user-2"), app.as_admin()] {
            let problem = asker.post(QUOTES, &named).await.problem(ErrorCode::InsufficientScope);
            assert_eq!(problem["scope"], "credits:consume");
        }
        let quote = app.as_service().post(QUOTES, &named).await.ok();
        assert_eq!(quote["account_id"], "user-1");
        let problem = app.as_service().post(QUOTES, &analysis(1)).await.problem(ErrorCode::InsufficientScope);
        assert_eq!(problem["scope"], "credits:read");
        named["account_id"] = json!("no such\nname");
        app.as_service().post(QUOTES, &named).await.problem(ErrorCode::InvalidBody);
    }

    async fn only_what_has_a_rate_is_priced(app: &mut TestApp) {
        let user = app.as_user("user-1");
        let ask = |operation: &str, variant: Option<&str>, quantities: Value| {
            let mut ask = json!({"operation": operation, "quantities": quantities});
            if let Some(variant) = variant {
                ask["variant"] = json!(variant);
            }
            user.post(QUOTES, &ask)
        };
        let tokens = || json!({"input_tokens": 1, "output_tokens": 1});
        for (operation, variant) in [("dreaming", None), ("model_inference", None), ("model_inference", Some("huge")),
            ("market_analysis", Some("large")), ("", None), ("Model_Inference", Some("large"))] {
            ask(operation, variant, tokens()).await.problem(ErrorCode::UnknownOperation);
        }
        for quantities in [json!({}), json!({"input_tokens": 1}), json!({"input_tokens": 1, "output_tokens": 1, "reports": 1}),
            json!({"input_tokens": 1_000_000_000_000_i64, "output_tokens": 1_000_000_000_000_i64, "x": 1})] {
            ask("model_inference", Some("large"), quantities).await.problem(ErrorCode::InvalidQuantities);
        }
        let beyond = json!({"reports": 1_000_000_000_000_i64});
        ask("market_analysis", None, beyond).await.problem(ErrorCode::InvalidQuantities);
        let problem = ask("market_analysis", None, json!({"reports": 1, "pages": 2})).await.problem(ErrorCode::InvalidQuantities);
        assert_eq!(problem["detail"], "pages is no quantity of market_analysis, which takes reports.");
    }

    async fn only_plain_numbers_are_quantities(app: &mut TestApp) {
        let user = app.as_user("user-1");
        for number in ["-1", "1.0000001", "1e400", "1000000000001", "\"1\"", "null", "true", "[1]", "{}", "NaN", "01", "1.", "+1", "0x1"] {
            let body = format!(r#"{{"operation":"market_analysis","quantities":{{"reports":{number}}}}}"#);
            user.post_text(QUOTES, body).await.problem(ErrorCode::InvalidBody);
        }
        let twice = r#"{"operation":"market_analysis","quantities":{"reports":1,"reports":2}}"#;
        user.post_text(QUOTES, twice).await.problem(ErrorCode::InvalidBody);
        for (number, credits) in [("1e2", "2500"), ("0.000001", "0.000025"), ("1.500000", "37.5"), ("-0", "0")] {
            let body = format!(r#"{{"operation":"market_analysis","quantities":{{"reports":{number}}}}}"#);
            assert_eq!(user.post_text(QUOTES, body).await.ok()["credits"], credits, "{number}");
        }
    }
}
