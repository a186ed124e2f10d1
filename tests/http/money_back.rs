//! Money that goes back, and what becomes of the credits: refunds that operators and banks make at
//! Stripe, and disputes through all their states. The starter package is 1000 credits for 10 dollars.

use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::polling::until;

async fn balance(app: &TestApp, account: &str) -> Value {
    app.as_user(account).get("/v1/balance").await.ok()
}

/// Waits until the account's available, frozen and owed credits are these.
async fn until_balance(app: &TestApp, account: &str, available: &str, frozen: &str, debt: &str) {
    let wanted = json!([available, frozen, debt]);
    until(&format!("{wanted}"), || async {
        let it = balance(app, account).await;
        let told = json!([it["available"], it["frozen"], it["debt"]]);
        (told == wanted).then_some(())
    })
    .await;
}

async fn kinds(app: &TestApp, account: &str) -> Vec<String> {
    let page = app
        .as_user(account)
        .get("/v1/usage-history?limit=100")
        .await
        .ok();
    let entries = page["data"].as_array().unwrap().iter().rev();
    entries
        .map(|it| it["kind"].as_str().unwrap().to_owned())
        .collect()
}

with_app! {
    async fn refunds_at_stripe_take_their_share_of_the_credits(app: &mut TestApp) {
        let (session, payment) = app.paid_starter("user-1").await;
        app.refund_at_stripe(&payment, 300).await;
        until_balance(app, "user-1", "700", "0", "0").await;
        app.refund_at_stripe(&payment, 500).await;
        until_balance(app, "user-1", "200", "0", "0").await;
        assert_eq!(app.purchase("user-1", &session).await["status"], "paid");
        app.refund_at_stripe(&payment, 200).await;
        app.until_status("user-1", &session, "refunded").await;
        until_balance(app, "user-1", "0", "0", "0").await;
        assert_eq!(kinds(app, "user-1").await, ["grant", "clawback", "clawback", "clawback"]);
    }

    async fn a_refund_that_fails_gives_the_credits_back(app: &mut TestApp) {
        let (session, payment) = app.paid_starter("user-1").await;
        let refund = app.refund_at_stripe(&payment, 400).await;
        until_balance(app, "user-1", "600", "0", "0").await;
        let path = format!("/refunds/{}/settle", refund["id"].as_str().unwrap());
        app.order(&path, &json!({"outcome": "failed"})).await;
        until_balance(app, "user-1", "1000", "0", "0").await;
        assert_eq!(app.purchase("user-1", &session).await["status"], "paid");
    }

    async fn what_was_used_of_refunded_credits_is_owed(app: &mut TestApp) {
        let (_, payment) = app.paid_starter("user-1").await;
        app.debit("user-1", "900", "r-1").await;
        app.refund_at_stripe(&payment, 1_000).await;
        until_balance(app, "user-1", "0", "0", "900").await;
        app.give("user-1", "+1000").await;
        until_balance(app, "user-1", "100", "0", "0").await;
    }

    async fn a_dispute_freezes_and_a_won_one_thaws(app: &mut TestApp) {
        let (session, payment) = app.paid_starter("user-1").await;
        let dispute = app.dispute(&payment, false).await;
        app.until_status("user-1", &session, "disputed").await;
        until_balance(app, "user-1", "0", "1000", "0").await;
        app.move_dispute(&dispute, "under_review").await;
        app.move_dispute(&dispute, "won").await;
        app.until_status("user-1", &session, "paid").await;
        until_balance(app, "user-1", "1000", "0", "0").await;
        assert_eq!(kinds(app, "user-1").await, ["grant", "freeze", "thaw"]);
    }

    async fn a_lost_dispute_takes_the_credits(app: &mut TestApp) {
        let (session, payment) = app.paid_starter("user-1").await;
        app.refund_at_stripe(&payment, 250).await;
        until_balance(app, "user-1", "750", "0", "0").await;
        let order = json!({"payment_intent": payment, "amount": 750});
        let dispute = app.order("/disputes", &order).await;
        until_balance(app, "user-1", "0", "750", "0").await;
        app.move_dispute(dispute["id"].as_str().unwrap(), "lost").await;
        app.until_status("user-1", &session, "refunded").await;
        until_balance(app, "user-1", "0", "0", "0").await;
    }

    async fn an_inquiry_changes_nothing(app: &mut TestApp) {
        let (session, payment) = app.paid_starter("user-1").await;
        let dispute = app.dispute(&payment, true).await;
        app.move_dispute(&dispute, "warning_closed").await;
        let detail = until("the inquiry is known", || async {
            let path = format!("/v1/admin/purchases/{}", session["purchase_id"].as_str().unwrap());
            let detail = app.as_admin().get(&path).await.ok();
            let facts = detail["facts"].as_array().unwrap().clone();
            facts.into_iter().find(|it| it["kind"] == "dispute")
        });
        assert_eq!(detail.await["state"], "inquiry");
        until_balance(app, "user-1", "1000", "0", "0").await;
        assert_eq!(app.purchase("user-1", &session).await["status"], "paid");
    }

    async fn what_no_webhook_told_is_read_from_the_list_of_events(app: &mut TestApp) {
        let (session, payment) = app.paid_starter("user-1").await;
        app.lose_events().await;
        app.refund_at_stripe(&payment, 1_000).await;
        // The list is looked at every thirty seconds at most, and at the start.
        app.advance(600);
        app.restart(&[]).await;
        app.until_status("user-1", &session, "refunded").await;
        until_balance(app, "user-1", "0", "0", "0").await;
    }

    async fn a_refund_of_somebody_elses_payment_is_none_of_ours(app: &mut TestApp) {
        let form = |pairs: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
            pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
        };
        let intent = form(&[
            ("amount", "500"), ("currency", "usd"), ("confirm", "true"),
            ("payment_method", "pm_card_visa"), ("return_url", "https://shop.test/"),
        ]);
        let intent = app.stripe_form("/v1/payment_intents", &intent).await;
        let refund = app.refund_at_stripe(intent["id"].as_str().unwrap(), 500).await;
        assert_eq!(refund["status"], "succeeded");
        until("the refund's event is passed over", || async {
            let query = "SELECT COALESCE(note, '') AS line FROM stripe_inbox WHERE kind = 'refund.created' AND status = 2";
            (app.db.lines(query).await == ["foreign"]).then_some(())
        }).await;
    }
}
