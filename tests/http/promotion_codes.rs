//! Promotion codes, as buyers use them: what is shown is what is charged, and what was agreed is what is
//! granted.

use credits::http::error::ErrorCode;
use serde_json::{Value, json};

use crate::support::promotions::CODES;
use crate::support::purchases::{GOOD_CARD, SESSIONS};

fn package<'a>(list: &'a Value, id: &str) -> &'a Value {
    let mut all = list["data"].as_array().unwrap().iter();
    all.find(|it| it["id"] == id).unwrap()
}

with_app! {
    async fn a_percentage_is_shown_charged_and_told(app: &mut TestApp) {
        app.code(&json!({"code": "spring15", "percent_off": 15, "package_ids": ["plus", "pro"]})).await;
        let user = app.as_user("user-1");
        let list = user.get("/v1/packages?promotion_code=Spring15").await.ok();
        assert_eq!(list["promotion"], json!({
            "code": "SPRING15", "percent_off": 15, "extra_credits": null, "expires_at": null,
        }));
        assert_eq!(package(&list, "plus")["with_promotion"], json!({
            "price": {"amount": 3910, "currency": "usd"}, "bonus_credits": "0",
            "price_per_credit": "0.782", "saving_percent": 21,
        }));
        assert_eq!(package(&list, "plus")["price"]["amount"], 4600, "the price without it stays");
        assert!(package(&list, "starter").get("with_promotion").is_none(), "the code is not for it");
        let session = app.checkout("user-1", &json!({"package_id": "plus", "promotion_code": "spring15"})).await;
        assert_eq!(session["price"], json!({"amount": 3910, "currency": "usd"}));
        assert_eq!(app.stripe_session(&session).await["amount_total"], 3910);
        app.pay(&session, GOOD_CARD).await;
        let purchase = app.until_status("user-1", &session, "paid").await;
        assert_eq!(purchase["promotion_code"], "SPRING15");
        assert_eq!(purchase["list_price"], json!({"amount": 4600, "currency": "usd"}));
        assert_eq!(purchase["title"], "Plus: 5000 credits (code SPRING15)");
        assert_eq!((app.available("user-1").await.as_str(), app.used("SPRING15").await), ("5000", 1));
    }

    async fn extra_credits_come_in_the_lot_of_the_bonus(app: &mut TestApp) {
        app.db.sql("UPDATE packages SET bonus_credits = 50000000 WHERE package_id = 'starter'").await;
        app.code(&json!({"code": "EXTRA", "extra_credits": "100.5"})).await;
        let list = app.as_user("user-1").get("/v1/packages?promotion_code=EXTRA").await.ok();
        assert_eq!(package(&list, "starter")["with_promotion"]["bonus_credits"], "150.5");
        let session = app.checkout("user-1", &json!({"package_id": "starter", "promotion_code": "EXTRA"})).await;
        assert_eq!((&session["price"]["amount"], &session["bonus_credits"]), (&json!(1000), &json!("150.5")));
        app.pay(&session, GOOD_CARD).await;
        app.until_status("user-1", &session, "paid").await;
        let lots = app.as_user("user-1").get("/v1/lots").await.ok();
        let bonus: Vec<&Value> = lots["data"].as_array().unwrap().iter().filter(|it| it["source"] == "bonus").collect();
        assert_eq!(bonus.len(), 1);
        assert_eq!((&bonus[0]["granted"], &bonus[0]["purchase_id"]), (&json!("150.5"), &session["purchase_id"]));
    }

    async fn what_a_code_added_goes_back_with_the_money(app: &mut TestApp) {
        app.code(&json!({"code": "EXTRA", "extra_credits": "100", "limits": {"per_account": 1}})).await;
        let body = json!({"package_id": "starter", "promotion_code": "EXTRA"});
        let session = app.checkout("user-1", &body).await;
        app.pay(&session, GOOD_CARD).await;
        app.until_status("user-1", &session, "paid").await;
        assert_eq!(app.available("user-1").await, "1100");
        let path = format!("/v1/admin/purchases/{}/refund", session["purchase_id"].as_str().unwrap());
        app.as_admin().post(&path, &json!({"reason": "all of it"})).fresh_key().await.ok();
        app.until_status("user-1", &session, "refunded").await;
        assert_eq!(app.available("user-1").await, "0");
        // The code stays used.
        let refused = app.as_user("user-1").post(SESSIONS, &body).fresh_key().await;
        assert_eq!(refused.problem(ErrorCode::PromotionCodeRefused)["reason"], "used_up_by_account");
    }

    async fn the_whole_price_off_needs_no_payment(app: &mut TestApp) {
        app.code(&json!({"code": "FREE", "percent_off": 100, "limits": {"in_total": 1}})).await;
        let session = app.checkout("user-1", &json!({"package_id": "starter", "promotion_code": "FREE"})).await;
        assert_eq!(session["price"]["amount"], 0);
        app.submit(session["url"].as_str().unwrap(), &[("email", "payer@example.com")]).await;
        app.until_status("user-1", &session, "paid").await;
        assert_eq!(app.available("user-1").await, "1000");
        let body = json!({"package_id": "starter", "promotion_code": "FREE"});
        let refused = app.as_user("user-2").post(SESSIONS, &body).fresh_key().await;
        assert_eq!(refused.problem(ErrorCode::PromotionCodeRefused)["reason"], "used_up");
    }

    async fn a_price_too_small_to_charge_is_refused_before_stripe_is_asked(app: &mut TestApp) {
        app.code(&json!({"code": "ALMOST", "percent_off": 96})).await;
        let body = json!({"package_id": "starter", "promotion_code": "ALMOST"});
        let refused = app.as_user("user-1").post(SESSIONS, &body).fresh_key().await;
        let problem = refused.problem(ErrorCode::PromotionCodeRefused);
        assert_eq!(problem["reason"], "price_too_small");
        assert_eq!((&problem["price"]["amount"], &problem["least_price"]["amount"]), (&json!(40), &json!(50)));
        assert_eq!(app.stripe_sessions().await, 0);
        let list = app.as_user("user-1").get("/v1/packages?promotion_code=ALMOST").await.ok();
        assert!(package(&list, "starter").get("with_promotion").is_none());
        assert_eq!(package(&list, "plus")["with_promotion"]["price"]["amount"], 184);
    }

    async fn a_code_that_cannot_be_used_says_why(app: &mut TestApp) {
        app.clock.set("2026-11-23T12:00:00Z".parse().unwrap());
        app.code(&json!({"code": "ENDED", "percent_off": 10, "expires_at": "2026-11-23T12:00:00Z"})).await;
        app.code(&json!({"code": "OFF", "percent_off": 10})).await;
        app.as_admin().put(&format!("{CODES}/OFF"), &json!({"active": false})).fresh_key().await.ok();
        app.code(&json!({"code": "PRO", "percent_off": 10, "package_ids": ["pro"]})).await;
        let user = app.as_user("user-1");
        let buy = |offer: Value, code: &str| {
            let mut body = offer;
            body["promotion_code"] = json!(code);
            user.post(SESSIONS, &body).fresh_key()
        };
        let plus = || json!({"package_id": "plus"});
        let refused = buy(plus(), "ended").await.problem(ErrorCode::PromotionCodeRefused);
        assert_eq!((&refused["reason"], &refused["ended_at"]), (&json!("ended"), &json!("2026-11-23T12:00:00Z")));
        for (offer, code, reason) in [
            (plus(), "OFF", "not_active"), (plus(), "PRO", "other_goods"), (json!({"credits": "500"}), "PRO", "other_goods"),
        ] {
            let refused = buy(offer, code).await.problem(ErrorCode::PromotionCodeRefused);
            assert_eq!(refused["reason"], reason, "{code}");
        }
        buy(plus(), "NOPE").await.problem(ErrorCode::NotFound);
        buy(plus(), "no code").await.problem(ErrorCode::InvalidBody);
        for (code, error) in [
            ("ENDED", ErrorCode::PromotionCodeRefused), ("OFF", ErrorCode::PromotionCodeRefused),
            ("NOPE", ErrorCode::NotFound), ("x", ErrorCode::InvalidQuery),
        ] {
            user.get(&format!("/v1/packages?promotion_code={code}")).await.problem(error);
        }
        user.get("/v1/packages?promotion_code=PRO").await.ok();
    }

    async fn a_repeat_goes_on_though_the_code_is_off_by_then(app: &mut TestApp) {
        app.code(&json!({"code": "SPRING", "percent_off": 10})).await;
        let body = json!({"package_id": "plus", "promotion_code": "SPRING"});
        let user = app.as_user("user-1");
        let first = user.post(SESSIONS, &body).key("k").await;
        app.as_admin().put(&format!("{CODES}/SPRING"), &json!({"active": false})).fresh_key().await.ok();
        let again = user.post(SESSIONS, &body).key("k").await;
        assert_eq!((again.status, &again.text), (201, &first.text));
        assert!(again.is_replayed());
        // What was agreed is charged and granted.
        app.pay(&first.json(), GOOD_CARD).await;
        app.until_status("user-1", &first.json(), "paid").await;
        assert_eq!(app.used("SPRING").await, 1);
    }
}
