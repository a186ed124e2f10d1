//! What was bought, newest first, and where each purchase stands.

use serde_json::{Value, json};

use crate::support::polling::until;
use crate::support::purchases::GOOD_CARD;

with_app! {
    async fn a_purchase_says_what_was_agreed_and_how_it_ended(app: &mut TestApp) {
        let session = app.checkout("user-1", &json!({"package_id": "plus"})).await;
        let open = app.purchase("user-1", &session).await;
        let expected = |status: &str| json!({
            "id": session["purchase_id"], "status": status, "title": "Plus: 5000 credits", "credits": "5000",
            "bonus_credits": "0", "price": {"amount": 4600, "currency": "usd"}, "package_id": "plus",
            "checkout_session_id": session["id"], "created_at": app.clock.now().to_string(),
        });
        assert_eq!(open, expected("open"));
        app.pay(&session, GOOD_CARD).await;
        app.until_status("user-1", &session, "paid").await;
        // The charge may be told after the session.
        let paid = until("a receipt", || async {
            let purchase = app.purchase("user-1", &session).await;
            purchase.get("receipt_url").is_some().then_some(purchase)
        });
        let paid = paid.await;
        let mut expected = expected("paid");
        expected["paid_at"] = json!(app.clock.now().to_string());
        expected["receipt_url"] = paid["receipt_url"].clone();
        let receipt = reqwest::get(paid["receipt_url"].as_str().unwrap()).await.unwrap();
        assert!(receipt.text().await.unwrap().contains("$46.00"));
        assert_eq!(paid, expected);
        let custom = app.checkout("user-1", &json!({"credits": "2500"})).await;
        let custom = app.purchase("user-1", &custom).await;
        assert!(custom.get("package_id").is_none());
        assert_eq!(custom["title"], "2500 credits");
    }

    async fn purchases_come_newest_first_page_by_page_while_others_are_made(app: &mut TestApp) {
        let mut made = Vec::new();
        for credits in 100..107 {
            let session = app.checkout("user-1", &json!({"credits": credits.to_string()})).await;
            made.insert(0, session["purchase_id"].clone());
        }
        app.starter("user-2").await;
        let user = app.as_user("user-1");
        let mut path = "/v1/purchases?limit=2".to_owned();
        let mut seen: Vec<Value> = Vec::new();
        let mut later = 200;
        loop {
            let page = user.get(&path).await.ok();
            seen.extend(page["data"].as_array().unwrap().iter().map(|it| it["id"].clone()));
            app.checkout("user-1", &json!({"credits": later.to_string()})).await;
            later += 1;
            match page["next_cursor"].as_str() {
                Some(cursor) => path = format!("/v1/purchases?limit=2&cursor={cursor}"),
                None => break,
            }
        }
        assert_eq!(seen, made);
    }

    async fn an_invoice_is_made_where_the_platform_wants_one(app: &mut TestApp) {
        app.restart(&["--stripe-invoices=on"]).await;
        let (session, _) = app.paid_starter("user-1").await;
        let paid = until("an invoice", || async {
            let purchase = app.purchase("user-1", &session).await;
            purchase.get("invoice_url").is_some().then_some(purchase)
        });
        let url = paid.await["invoice_url"].clone();
        let page = reqwest::get(url.as_str().unwrap()).await.unwrap();
        assert!(page.status().is_success());
        // What no event told is asked for.
        app.lose_events().await;
        let second = app.checkout("user-2", &json!({"package_id": "plus"})).await;
        app.pay(&second, GOOD_CARD).await;
        app.advance(2);
        app.as_user("user-2").get(&format!("/v1/checkout-sessions/{}", second["id"].as_str().unwrap())).await.ok();
        assert!(app.purchase("user-2", &second).await["invoice_url"].is_string());
    }

    async fn an_abandoned_checkout_blocks_no_other(app: &mut TestApp) {
        let left = app.starter("user-1").await;
        let other = app.checkout("user-1", &json!({"package_id": "plus"})).await;
        assert_ne!(left["id"], other["id"]);
        app.pay(&other, GOOD_CARD).await;
        app.until_status("user-1", &other, "paid").await;
        assert_eq!(app.purchase("user-1", &left).await["status"], "open");
        app.pay(&left, GOOD_CARD).await;
        app.until_status("user-1", &left, "paid").await;
        assert_eq!(app.available("user-1").await, "6000");
    }
}
