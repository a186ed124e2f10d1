//! One entry, explained to the account's owner.

use credits::http::error::ErrorCode;
use serde_json::{Value, json};

async fn newest(app: &crate::support::app::TestApp) -> Value {
    let page = app
        .as_user("user-1")
        .get("/v1/usage-history?limit=1")
        .await
        .ok();
    page["data"][0].clone()
}

fn path(entry: &Value) -> String {
    format!("/v1/usage-history/{}", entry["id"].as_str().unwrap())
}

with_app! {
    async fn a_debit_is_explained_by_prices_and_by_the_lots_that_it_drew_on(app: &mut TestApp) {
        app.give("user-1", "+30").await;
        app.advance(1);
        app.give("user-1", "+100").await;
        let service = app.as_service();
        let body = json!({"account_id": "user-1", "operation": "market_analysis",
            "quantities": {"reports": 2}, "reference": "analysis-7"});
        let debit = service.post("/v1/debits", &body).fresh_key().await;
        assert_eq!(debit.status, 201, "{}", debit.text);
        let entry = newest(app).await;
        let owner = app.as_user("user-1");
        let shown = owner.get(&path(&entry)).await.ok();
        assert_eq!(shown["entry"], entry);
        assert_eq!(shown["components"], json!([{"quantity": "reports", "amount": 2,
            "unit_price": "25", "per": 1, "credits": "50", "share": 1.0}]));
        assert_eq!(shown["refunded"], Value::Null);
        // The first lot is used up, and no list shows it any more; the entry still explains itself.
        let lots = shown["lots"].as_array().unwrap();
        let left: Vec<&str> = lots.iter().map(|lot| lot["remaining"].as_str().unwrap()).collect();
        assert_eq!((lots.len(), left), (2, vec!["0", "80"]));
        assert!(lots.iter().all(|lot| lot["source"] == "adjustment" && lot["priority"] == 0));

        let refund = format!("/v1/debits/{}/refund", debit.json()["id"].as_str().unwrap());
        let refund = service.post(&refund, &json!({"reason": "It failed"})).fresh_key().await;
        assert_eq!(refund.status, 201, "{}", refund.text);
        let shown = owner.get(&path(&entry)).await.ok();
        assert_eq!(shown["refunded"]["credits"], "50");
        let back = newest(app).await;
        assert_eq!(shown["refunded"]["entry_id"], back["id"]);
        let shown = owner.get(&path(&back)).await.ok();
        assert_eq!((&shown["entry"]["kind"], &shown["refunded"]), (&json!("refund"), &Value::Null));
    }

    async fn an_entry_is_its_owners_alone(app: &mut TestApp) {
        app.give("user-1", "+30").await;
        let path = path(&newest(app).await);
        assert_eq!(app.as_user("user-1").get(&path).await.status, 200);
        app.as_user("user-2").get(&path).await.problem(ErrorCode::NotFound);
        for id in ["019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9", "1", "%7Bid%7D"] {
            let missing = app.as_user("user-1").get(&format!("/v1/usage-history/{id}")).await;
            missing.problem(ErrorCode::NotFound);
        }
        // No debit, though it is an entry.
        let id = path.rsplit('/').next().unwrap();
        app.as_service().get(&format!("/v1/debits/{id}")).await.problem(ErrorCode::NotFound);
    }
}
