//! Several currencies: each with its own prices, never one computed from another, and never two in one
//! comparison.

use credits::http::error::ErrorCode;
use serde_json::{Value, json};

use crate::support::purchases::{GOOD_CARD, SESSIONS};

fn ids(list: &Value) -> Vec<&str> {
    let all = list["data"].as_array().unwrap().iter();
    all.map(|it| it["id"].as_str().unwrap()).collect()
}

with_app! {
    async fn prices_are_shown_in_the_currency_asked_for(app: &mut TestApp) {
        app.sell_in_more_currencies().await;
        let user = app.as_user("user-1");
        let dollars = user.get("/v1/packages").await.ok();
        assert_eq!((&dollars["currency"], &dollars["currencies"]), (&json!("usd"), &json!(["eur", "jpy", "kwd", "usd"])));
        let euros = user.get("/v1/packages?currency=EUR").await.ok();
        assert_eq!(euros["data"][1]["price"], json!({"amount": 4370, "currency": "eur"}));
        assert_eq!((&euros["data"][1]["price_per_credit"], &euros["data"][1]["saving_percent"]), (&json!("0.874"), &json!(8)));
        assert_eq!(euros["custom"]["slabs"][1]["price_per_credit"], "0.855");
        let yen = user.get("/v1/packages?currency=jpy").await.ok();
        assert_eq!(ids(&yen), ["starter", "plus", "pro"], "what has no price in it is not for sale in it");
        // Yen have no decimals: the amount is of whole yen.
        assert_eq!(yen["data"][0]["price"], json!({"amount": 1500, "currency": "jpy"}));
        assert_eq!((&yen["data"][2]["price_per_credit"], &yen["data"][2]["saving_percent"]), (&json!("1.245"), &json!(17)));
    }

    async fn what_is_shown_in_a_currency_is_charged_in_it(app: &mut TestApp) {
        app.sell_in_more_currencies().await;
        let user = app.as_user("user-1");
        let table = [
            (json!({"package_id": "plus", "currency": "eur"}), 4370, "eur"),
            (json!({"package_id": "plus", "currency": "JPY"}), 6900, "jpy"),
            (json!({"package_id": "plus"}), 4600, "usd"),
            (json!({"credits": "101", "currency": "jpy"}), 152, "jpy"),
        ];
        for (body, amount, currency) in table {
            let session = app.checkout("user-1", &body).await;
            assert_eq!(session["price"], json!({"amount": amount, "currency": currency}), "{body}");
            let charged = app.stripe_session(&session).await;
            assert_eq!((&charged["amount_total"], &charged["currency"]), (&json!(amount), &json!(currency)));
            if let Some(credits) = body["credits"].as_str() {
                let path = format!("/v1/packages/custom-price?credits={credits}&currency={currency}");
                assert_eq!(user.get(&path).await.ok()["price"], session["price"]);
            }
        }
        // Of a dinar's three decimals Stripe takes no third.
        let dinars = user.get("/v1/packages/custom-price?credits=101&currency=kwd").await.ok();
        assert_eq!(dinars["price"], json!({"amount": 310, "currency": "kwd"}));
        let session = app.checkout("user-1", &json!({"package_id": "starter", "currency": "jpy"})).await;
        app.pay(&session, GOOD_CARD).await;
        let purchase = app.until_status("user-1", &session, "paid").await;
        assert_eq!(purchase["price"], json!({"amount": 1500, "currency": "jpy"}));
        assert_eq!(app.available("user-1").await, "1000");
    }

    async fn a_currency_that_nothing_is_sold_in_is_refused_with_those_that_there_are(app: &mut TestApp) {
        app.sell_in_more_currencies().await;
        let user = app.as_user("user-1");
        let known = json!(["eur", "jpy", "kwd", "usd"]);
        for path in ["/v1/packages?currency=chf", "/v1/packages/custom-price?credits=500&currency=CHF"] {
            let problem = user.get(path).await.problem(ErrorCode::UnknownCurrency);
            assert_eq!((&problem["currencies"], &problem["detail"]), (&known, &json!("Nothing is sold in chf.")));
        }
        let body = json!({"package_id": "plus", "currency": "chf"});
        user.post(SESSIONS, &body).fresh_key().await.problem(ErrorCode::UnknownCurrency);
        for wrong in ["", "us", "dollar", "u$d"] {
            user.get(&format!("/v1/packages?currency={wrong}")).await.problem(ErrorCode::InvalidQuery);
            let body = json!({"package_id": "plus", "currency": wrong});
            user.post(SESSIONS, &body).fresh_key().await.problem(ErrorCode::InvalidBody);
        }
        let body = json!({"package_id": "scale", "currency": "jpy"});
        user.post(SESSIONS, &body).fresh_key().await.problem(ErrorCode::NotFound);
    }

    async fn a_code_lowers_a_price_in_the_currency_that_it_is_used_in(app: &mut TestApp) {
        app.sell_in_more_currencies().await;
        app.code(&json!({"code": "SPRING", "percent_off": 15})).await;
        let list = app.as_user("user-1").get("/v1/packages?currency=jpy&promotion_code=SPRING").await.ok();
        assert_eq!(list["data"][0]["with_promotion"]["price"], json!({"amount": 1275, "currency": "jpy"}));
        let session = app.checkout("user-1", &json!({"package_id": "starter", "currency": "jpy", "promotion_code": "SPRING"})).await;
        assert_eq!(app.stripe_session(&session).await["amount_total"], 1275);
    }

    async fn the_services_own_currency_is_configured(app: &mut TestApp) {
        app.sell_in_more_currencies().await;
        app.restart(&["--currency=EUR"]).await;
        let list = app.as_user("user-1").get("/v1/packages").await.ok();
        assert_eq!((&list["currency"], &list["data"][0]["price"]["amount"]), (&json!("eur"), &json!(950)));
        assert_eq!(app.starter("user-1").await["price"], json!({"amount": 950, "currency": "eur"}));
    }
}
