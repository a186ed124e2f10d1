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
}
