//! What can be bought: larger is cheaper for each credit, more never costs less, and the price shown
//! is the price charged.

use bigdecimal::BigDecimal;
use serde_json::{Value, json};

use crate::support::purchases::GOOD_CARD;

fn decimal(value: &Value) -> BigDecimal {
    value.as_str().unwrap().parse().unwrap()
}

with_app! {
    async fn larger_packages_are_cheaper_for_each_credit(app: &mut TestApp) {
        let list = app.as_user("user-1").get("/v1/packages").await.ok();
        let packages = list["data"].as_array().unwrap();
        assert!(packages.len() > 1);
        assert_eq!(packages[0], json!({
            "id": "starter", "name": "Starter", "credits": "1000", "bonus_credits": "0",
            "price": {"amount": 1000, "currency": "usd"}, "price_per_credit": "1", "saving_percent": 0,
        }));
        for pair in packages.windows(2) {
            assert!(decimal(&pair[1]["credits"]) > decimal(&pair[0]["credits"]));
            assert!(decimal(&pair[1]["price_per_credit"]) < decimal(&pair[0]["price_per_credit"]));
            assert!(pair[1]["saving_percent"].as_i64() > pair[0]["saving_percent"].as_i64());
        }
        let custom = &list["custom"];
        assert_eq!((&custom["min_credits"], &custom["max_credits"]), (&json!("100"), &json!("1000000")));
        let slabs = custom["slabs"].as_array().unwrap();
        assert_eq!(slabs[0], json!({"from_credits": "1", "price_per_credit": "1"}));
        assert!(slabs.windows(2).all(|pair| decimal(&pair[1]["price_per_credit"]) < decimal(&pair[0]["price_per_credit"])));
    }

    async fn the_custom_price_is_what_the_checkout_charges(app: &mut TestApp) {
        let user = app.as_user("user-1");
        let mut before = 0;
        for credits in [100, 999, 1_000, 1_001, 2_500, 5_000, 5_001, 20_000, 20_001, 1_000_000] {
            let credits = credits.to_string();
            let price = user.get(&format!("/v1/packages/custom-price?credits={credits}")).await.ok();
            assert_eq!(price["credits"], credits);
            let session = app.checkout("user-1", &json!({"credits": credits})).await;
            assert_eq!((&session["price"], &session["credits"]), (&price["price"], &json!(credits)));
            let charged = app.stripe_session(&session).await;
            assert_eq!((&charged["amount_total"], &charged["currency"]), (&price["price"]["amount"], &json!("usd")));
            let amount = price["price"]["amount"].as_i64().unwrap();
            assert!(amount > before, "more credits never cost less");
            before = amount;
        }
    }

    async fn a_package_costs_what_the_same_amount_would(app: &mut TestApp) {
        let user = app.as_user("user-1");
        let list = user.get("/v1/packages").await.ok();
        for package in list["data"].as_array().unwrap() {
            let path = format!("/v1/packages/custom-price?credits={}", package["credits"].as_str().unwrap());
            let custom = user.get(&path).await.ok();
            assert_eq!((&custom["price"], &custom["saving_percent"]), (&package["price"], &package["saving_percent"]));
            let session = app.checkout("user-1", &json!({"package_id": package["id"]})).await;
            assert_eq!(app.stripe_session(&session).await["amount_total"], package["price"]["amount"]);
        }
    }

    async fn a_bonus_comes_as_a_lot_of_its_own_in_the_same_entry(app: &mut TestApp) {
        app.db.sql("INSERT INTO packages (package_id, name, credits, bonus_credits, position, active) \
                    SELECT 'gift', 'Gift', 2000000000, 500000000, 5, active FROM packages WHERE package_id = 'starter'; \
                    INSERT INTO package_prices (package_id, currency, price) VALUES ('gift', 'usd', 2000)").await;
        let list = app.as_user("user-1").get("/v1/packages").await.ok();
        let gift = list["data"].as_array().unwrap().iter().find(|it| it["id"] == "gift").unwrap().clone();
        assert_eq!((&gift["bonus_credits"], &gift["price_per_credit"], &gift["saving_percent"]), (&json!("500"), &json!("0.8"), &json!(20)));
        let session = app.checkout("user-1", &json!({"package_id": "gift"})).await;
        assert_eq!(session["bonus_credits"], "500");
        app.pay(&session, GOOD_CARD).await;
        app.until_status("user-1", &session, "paid").await;
        let user = app.as_user("user-1");
        let history = user.get("/v1/usage-history").await.ok();
        assert_eq!(history["data"].as_array().unwrap().len(), 1);
        assert_eq!((&history["data"][0]["kind"], &history["data"][0]["amount"]), (&json!("grant"), &json!("2500")));
        assert_eq!(history["data"][0]["lots"].as_array().unwrap().len(), 2);
        let lots = user.get("/v1/lots").await.ok();
        let mut found: Vec<_> = lots["data"].as_array().unwrap().iter()
            .map(|lot| (lot["source"].as_str().unwrap().to_owned(), lot["granted"].as_str().unwrap().to_owned(), lot["expires_at"].clone()))
            .collect();
        found.sort_by(|one, two| one.0.cmp(&two.0));
        assert_eq!((found[0].0.as_str(), found[0].1.as_str()), ("bonus", "500"));
        assert_eq!((found[1].0.as_str(), found[1].1.as_str()), ("purchase", "2000"));
        assert_eq!(found[0].2, found[1].2, "a bonus ends with what it came with");
    }
}
