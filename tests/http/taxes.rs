//! Tax computed by Stripe: it changes what is paid, and never what is granted.

use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::polling::until;
use crate::support::purchases::GOOD_CARD;

async fn pay_from(app: &TestApp, session: &Value, country: &str) {
    let form = [
        ("card_number", GOOD_CARD),
        ("exp", "12/34"),
        ("cvc", "123"),
        ("email", "payer@example.com"),
        ("country", country),
    ];
    app.submit(session["url"].as_str().unwrap(), &form).await;
}

with_app! {
    async fn tax_on_top_is_paid_beside_the_price(app: &mut TestApp) {
        app.restart(&["--stripe-tax=on"]).await;
        for (account, country, total, tax) in [("user-1", "DE", 1190, 190), ("user-2", "US", 1000, 0)] {
            let session = app.starter(account).await;
            assert_eq!(session["price"]["amount"], 1000);
            pay_from(app, &session, country).await;
            let purchase = app.until_status(account, &session, "paid").await;
            let charged = app.stripe_session(&session).await;
            assert_eq!((&charged["amount_total"], &charged["amount_subtotal"]), (&json!(total), &json!(1000)));
            assert_eq!(charged["automatic_tax"]["enabled"], true);
            assert_eq!(purchase["price"], json!({"amount": 1000, "currency": "usd"}));
            assert_eq!(purchase["tax"], json!({"amount": tax, "currency": "usd"}));
            assert_eq!(app.available(account).await, "1000");
        }
    }

    async fn a_refund_is_a_part_of_all_that_was_paid_its_tax_included(app: &mut TestApp) {
        app.restart(&["--stripe-tax=on"]).await;
        let session = app.starter("user-1").await;
        pay_from(app, &session, "DE").await;
        app.until_status("user-1", &session, "paid").await;
        let path = format!("/v1/admin/purchases/{}/refund", session["purchase_id"].as_str().unwrap());
        let half = json!({"amount": 595, "reason": "half of it"});
        app.as_admin().post(&path, &half).fresh_key().await.ok();
        until("half of the credits are gone", || async {
            (app.available("user-1").await == "500").then_some(())
        }).await;
        app.as_admin().post(&path, &json!({"reason": "the rest"})).fresh_key().await.ok();
        app.until_status("user-1", &session, "refunded").await;
        assert_eq!(app.available("user-1").await, "0");
    }

    async fn tax_in_the_price_changes_no_total(app: &mut TestApp) {
        app.restart(&["--stripe-tax=included"]).await;
        let session = app.starter("user-1").await;
        pay_from(app, &session, "DE").await;
        let purchase = app.until_status("user-1", &session, "paid").await;
        assert_eq!(app.stripe_session(&session).await["amount_total"], 1000);
        assert_eq!(purchase["tax"], json!({"amount": 160, "currency": "usd"}));
        assert_eq!(app.available("user-1").await, "1000");
    }

    async fn without_it_nothing_is_said_of_tax(app: &mut TestApp) {
        let session = app.starter("user-1").await;
        assert_eq!(app.stripe_session(&session).await["automatic_tax"]["enabled"], false);
        app.pay(&session, GOOD_CARD).await;
        let purchase = app.until_status("user-1", &session, "paid").await;
        assert!(purchase.get("tax").is_none());
    }

    async fn an_open_purchase_keeps_the_tax_that_it_was_opened_with(app: &mut TestApp) {
        let before = app.starter("user-1").await;
        app.restart(&["--stripe-tax=on"]).await;
        // The same package is another offer now.
        let after = app.starter("user-1").await;
        assert_ne!(before["id"], after["id"]);
        app.pay(&before, GOOD_CARD).await;
        pay_from(app, &after, "DE").await;
        app.until_status("user-1", &before, "paid").await;
        app.until_status("user-1", &after, "paid").await;
        assert_eq!(app.available("user-1").await, "2000");
    }
}
