//! Auto-recharge, from the card that is saved to the credits that come by themselves, and what it
//! says when they do not.

use credits::http::error::ErrorCode;
use serde_json::json;

use crate::support::cards::{AUTO_RECHARGE, CARD_SESSIONS, recharge_below};
use crate::support::purchases::GOOD_CARD;

with_app! {
    async fn it_is_off_until_it_is_set(app: &mut TestApp) {
        let off = app.recharge("user-1").await;
        assert_eq!((&off["status"], &off["settings"], &off["payment_method"]), (&json!("off"), &json!(null), &json!(null)));
        let set = app.set_recharge("user-1", &recharge_below("100", "500")).await;
        assert_eq!(set, recharge_below("100", "500"));
        let without_card = app.recharge("user-1").await;
        assert_eq!((&without_card["status"], &without_card["settings"]), (&json!("no_payment_method"), &set));
        assert_eq!(without_card["spent"], json!({"amount": 0, "currency": "usd"}));
    }

    async fn an_account_that_runs_low_buys_with_its_saved_card(app: &mut TestApp) {
        app.give("user-1", "+120").await;
        let card = app.save_card("user-1", GOOD_CARD).await;
        app.set_recharge("user-1", &recharge_below("100", "500")).await;
        let active = app.recharge("user-1").await;
        assert_eq!((&active["status"], &active["attempts"]), (&json!("active"), &json!(0)));
        assert_eq!(active["payment_method"]["id"], card.as_str());
        assert_eq!(active["payment_method"]["last4"], "4242");
        app.debit("user-1", "5", "r-1").await;
        app.debit("user-1", "25", "r-2").await;
        let paid = app.until_recharge("user-1", "active", 1).await;
        assert_eq!((app.available("user-1").await.as_str(), app.grants("user-1").await), ("590", 1));
        let price = app.as_user("user-1").get("/v1/packages/custom-price?credits=500").await.ok();
        assert_eq!(paid["spent"], price["price"]);
        let purchases = app.as_user("user-1").get("/v1/purchases").await.ok();
        let purchase = &purchases["data"][0];
        assert_eq!((&purchase["status"], &purchase["credits"]), (&json!("paid"), &json!("500")));
        assert!(purchase["receipt_url"].is_string());
    }

    async fn it_pays_in_the_currency_of_its_cap(app: &mut TestApp) {
        app.sell_in_more_currencies().await;
        app.save_card("user-1", GOOD_CARD).await;
        let mut settings = recharge_below("100", "500");
        settings["monthly_cap"] = json!({"amount": 10_000, "currency": "jpy"});
        app.set_recharge("user-1", &settings).await;
        let paid = app.until_recharge("user-1", "active", 1).await;
        let user = app.as_user("user-1");
        let price = user.get("/v1/packages/custom-price?credits=500&currency=jpy").await.ok()["price"].clone();
        assert_eq!((&paid["spent"], &price["currency"]), (&price, &json!("jpy")));
        assert_eq!(user.get("/v1/purchases").await.ok()["data"][0]["price"], price);
    }

    async fn a_payment_that_was_taken_back_is_not_made_again(app: &mut TestApp) {
        let card = app.save_card("user-1", GOOD_CARD).await;
        app.set_recharge("user-1", &recharge_below("100", "500")).await;
        app.until_recharge("user-1", "active", 1).await;
        let purchase = app.as_user("user-1").get("/v1/purchases").await.ok()["data"][0]["id"].clone();
        let path = format!("/v1/admin/purchases/{}/refund", purchase.as_str().unwrap());
        let refund = json!({"reason": "not wanted"});
        app.as_admin().post(&path, &refund).fresh_key().await.ok();
        let suspended = app.until_recharge("user-1", "suspended", 1).await;
        assert_eq!((&suspended["suspended_because"], &suspended["payment_method"]["id"]), (&json!("payment_reversed"), &json!(card)));
        assert_eq!(app.available("user-1").await, "0");
    }

    async fn a_declined_card_says_why_and_when_it_is_tried_again(app: &mut TestApp) {
        let card = app.save_card("user-1", GOOD_CARD).await;
        app.card_behaves(&card, "pm_card_visa_chargeDeclinedInsufficientFunds").await;
        app.set_recharge("user-1", &recharge_below("100", "500")).await;
        let pausing = app.until_recharge("user-1", "pausing", 1).await;
        assert_eq!((&pausing["failures"], &pausing["last_failure"]["code"]), (&json!(1), &json!("insufficient_funds")));
        assert!(pausing["next_attempt_at"].is_string());
        app.advance(3_600);
        app.until_recharge("user-1", "pausing", 2).await;
        app.advance(24 * 3_600);
        let suspended = app.until_recharge("user-1", "suspended", 3).await;
        assert_eq!(suspended["suspended_because"], "too_many_failures");
        let other = app.save_card("user-1", GOOD_CARD).await;
        let active = app.until_recharge("user-1", "active", 4).await;
        assert_eq!((&active["payment_method"]["id"], &active["failures"]), (&json!(other), &json!(0)));
        assert_eq!(app.available("user-1").await, "500");
    }

    async fn what_has_to_be_confirmed_has_a_link_that_pays(app: &mut TestApp) {
        let card = app.save_card("user-1", GOOD_CARD).await;
        app.card_behaves(&card, "pm_card_authenticationRequired").await;
        app.set_recharge("user-1", &recharge_below("100", "500")).await;
        let waiting = crate::support::polling::until("a link", || async {
            let recharge = app.recharge("user-1").await;
            recharge["authentication"]["url"].is_string().then_some(recharge)
        }).await;
        assert_eq!(waiting["status"], "needs_authentication");
        assert!(waiting["attempt"]["purchase_id"].is_string());
        app.pay(&waiting["authentication"], GOOD_CARD).await;
        let active = app.until_recharge("user-1", "active", 1).await;
        assert_eq!((&active["authentication"], &active["failures"]), (&json!(null), &json!(0)));
        assert_eq!(app.available("user-1").await, "500");
    }

    async fn the_cap_stops_it_and_is_told(app: &mut TestApp) {
        app.save_card("user-1", GOOD_CARD).await;
        let price = app.as_user("user-1").get("/v1/packages/custom-price?credits=500").await.ok();
        let cap = price["price"]["amount"].as_i64().unwrap();
        let mut settings = recharge_below("1000", "500");
        settings["monthly_cap"]["amount"] = json!(cap);
        app.set_recharge("user-1", &settings).await;
        let capped = app.until_recharge("user-1", "cap_reached", 1).await;
        assert_eq!((&capped["cap_notice"], &capped["spent"]["amount"]), (&json!(100), &json!(cap)));
        assert_eq!(app.available("user-1").await, "500");
    }

    async fn a_card_that_was_let_go_is_charged_no_more(app: &mut TestApp) {
        let card = app.save_card("user-1", GOOD_CARD).await;
        app.give("user-1", "+120").await;
        app.set_recharge("user-1", &recharge_below("100", "500")).await;
        let path = format!("/v1/payment-methods/{card}");
        let user = app.as_user("user-1");
        assert_eq!(user.call("DELETE", &path).await.status, 204);
        user.call("DELETE", &path).await.problem(ErrorCode::NotFound);
        let shown = app.stripe(&format!("/v1/payment_methods/{card}")).await;
        assert_eq!(shown["customer"], json!(null));
        let gone = app.recharge("user-1").await;
        assert_eq!((&gone["status"], &gone["suspended_because"]), (&json!("suspended"), &json!("card_removed")));
        assert_eq!(gone["payment_method"], json!(null));
    }

    async fn settings_that_cannot_be_are_refused(app: &mut TestApp) {
        let user = app.as_user("user-1");
        let refused = async |change: serde_json::Value, code: ErrorCode| {
            let mut settings = recharge_below("100", "500");
            for (name, value) in change.as_object().unwrap() {
                settings[name.as_str()] = value.clone();
            }
            user.put(AUTO_RECHARGE, &settings).fresh_key().await.problem(code);
        };
        refused(json!({"threshold": "0"}), ErrorCode::InvalidSettings).await;
        refused(json!({"threshold": "-1"}), ErrorCode::InvalidBody).await;
        refused(json!({"credits": "1.5"}), ErrorCode::InvalidBody).await;
        refused(json!({"credits": "1"}), ErrorCode::CreditsOutOfRange).await;
        refused(json!({"up_to": "500"}), ErrorCode::InvalidBody).await;
        refused(json!({"monthly_cap": {"amount": 0, "currency": "usd"}}), ErrorCode::InvalidSettings).await;
        refused(json!({"monthly_cap": {"amount": 100, "currency": "eur"}}), ErrorCode::UnknownCurrency).await;
        refused(json!({"monthly_cap": {"amount": 2_000_000_000_i64, "currency": "usd"}}), ErrorCode::InvalidBody).await;
        refused(json!({"more": 1}), ErrorCode::InvalidBody).await;
        user.put(AUTO_RECHARGE, &recharge_below("100", "500")).await.problem(ErrorCode::IdempotencyKeyMissing);
        let both_ways = json!({"enabled": false, "threshold": "100", "up_to": "99.5",
                               "monthly_cap": {"amount": 100, "currency": "usd"}});
        user.put(AUTO_RECHARGE, &both_ways).fresh_key().await.problem(ErrorCode::InvalidSettings);
        assert_eq!(app.recharge("user-1").await["settings"], json!(null));
    }

    async fn the_same_request_is_the_same_page(app: &mut TestApp) {
        let user = app.as_user("user-1");
        let first = user.post(CARD_SESSIONS, &json!({})).key("k-1").await;
        assert_eq!(first.status, 201);
        let again = user.post(CARD_SESSIONS, &json!({})).key("k-1").await;
        assert!(again.is_replayed());
        assert_eq!(again.text, first.text);
        let other = json!({"cancel_url": "https://a.example/"});
        user.post(CARD_SESSIONS, &other).key("k-1").await.problem(ErrorCode::IdempotencyKeyReused);
        let second = user.post(CARD_SESSIONS, &json!({})).key("k-2").await;
        assert_ne!(second.json()["id"], first.json()["id"]);
        let session = app.stripe_session(&second.json()).await;
        assert_eq!(session["customer"], app.stripe_session(&first.json()).await["customer"]);
        assert_eq!(session["metadata"], json!({"account_id": "user-1"}));
    }
}
