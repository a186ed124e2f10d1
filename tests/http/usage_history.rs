//! Every entry of the caller's account, newest first, explained and filtered.

use serde_json::{Value, json};

use credits::http::error::ErrorCode;

use crate::support::app::TestApp;
use crate::support::purchases::GOOD_CARD;

async fn sequences(app: &TestApp, query: &str) -> Vec<i64> {
    let page = app
        .as_user("user-1")
        .get(&format!("/v1/usage-history?limit=100&{query}"))
        .await
        .ok();
    page["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["sequence"].as_i64().unwrap())
        .collect()
}

with_app! {
    async fn pages_follow_one_another_while_entries_come_in(app: &mut TestApp) {
        for _ in 0..9 {
            app.give("user-1", "+1").await;
        }
        let user = app.as_user("user-1");
        let mut path = "/v1/usage-history?limit=3".to_owned();
        let mut seen = Vec::new();
        loop {
            let page = user.get(&path).await.ok();
            seen.extend(page["data"].as_array().unwrap().iter().map(|it| it["sequence"].as_i64().unwrap()));
            app.give("user-1", "+1").await;
            match page["next_cursor"].as_str() {
                Some(cursor) => path = format!("/v1/usage-history?limit=3&cursor={cursor}"),
                None => break,
            }
        }
        assert_eq!(seen, [9, 8, 7, 6, 5, 4, 3, 2, 1], "what came in later belongs before the first page");
    }

    async fn a_page_that_was_shown_before_shows_what_came_in_since(app: &mut TestApp) {
        app.give("user-1", "+1").await;
        let user = app.as_user("user-1");
        for number in 1..4 {
            let page = user.get("/v1/usage-history?limit=2").await;
            let again = user.get("/v1/usage-history?limit=2").await;
            assert_eq!(page.text, again.text, "byte for byte");
            assert_eq!(page.ok()["data"][0]["sequence"], number);
            app.give("user-1", "+1").await;
        }
    }

    async fn filters_keep_what_they_say(app: &mut TestApp) {
        app.give("user-1", "+1").await;
        app.advance(10);
        let from = app.clock.now();
        let session = app.starter("user-1").await;
        app.pay(&session, GOOD_CARD).await;
        app.until_status("user-1", &session, "paid").await;
        app.advance(10);
        let to = app.clock.now();
        app.give("user-1", "-1").await;
        assert_eq!(sequences(app, "").await, [3, 2, 1]);
        assert_eq!(sequences(app, "kind=grant").await, [2]);
        assert_eq!(sequences(app, "kind=adjustment").await, [3, 1]);
        for kind in ["debit", "hold", "capture", "release", "refund", "expiry", "clawback", "freeze", "thaw", "debt_payment"] {
            assert_eq!(sequences(app, &format!("kind={kind}")).await, Vec::<i64>::new(), "{kind}");
        }
        assert_eq!(sequences(app, &format!("from={from}")).await, [3, 2]);
        assert_eq!(sequences(app, &format!("to={to}")).await, [2, 1]);
        assert_eq!(sequences(app, &format!("from={from}&to={to}")).await, [2]);
        assert_eq!(sequences(app, &format!("from={to}&to={from}")).await, Vec::<i64>::new());
        assert_eq!(sequences(app, "reference=job-1").await, Vec::<i64>::new());
        let user = app.as_user("user-1");
        for wrong in ["kind=gift", "kind=Grant", "from=yesterday", "to=2026-13-01T00:00:00Z", "from=2026-01-01", "page=2", "kind=grant&kind=grant"] {
            user.get(&format!("/v1/usage-history?{wrong}")).await.problem(ErrorCode::InvalidQuery);
        }
    }

    async fn an_entry_says_what_clients_count_on(app: &mut TestApp) {
        let given = app.as_admin().post(
            "/v1/admin/accounts/user-1/adjustments", &json!({"credits": "+2.50", "reason": "Goodwill"}),
        ).fresh_key().await.ok();
        let page = app.as_user("user-1").get("/v1/usage-history").await.ok();
        let entry = &page["data"][0];
        assert_eq!(*entry, given["entry"], "the answer to the write shows the entry that is stored");
        assert_eq!(*entry, json!({
            "id": entry["id"], "sequence": 1, "kind": "adjustment", "amount": "2.5", "held_change": "0",
            "balance_after": "2.5", "available_after": "2.5", "description": "Goodwill",
            "lots": [{"lot_id": entry["lots"][0]["lot_id"], "credits": "2.5"}],
            "created_at": app.clock.now().to_string(),
        }));
        assert_eq!((&given["account_id"], &given["balance"]), (&json!("user-1"), &json!({"available": "2.5"})));
        let lots = app.as_user("user-1").get("/v1/lots").await.ok();
        assert_eq!(lots["data"][0]["id"], entry["lots"][0]["lot_id"]);
        assert_eq!(page["next_cursor"], Value::Null);
    }

    async fn an_adjustment_draws_what_ends_first(app: &mut TestApp) {
        let admin = app.as_admin();
        for (credits, days) in [("+5", 30), ("+3", 10)] {
            let end = app.clock.now().plus_days(days).unwrap();
            let body = json!({"credits": credits, "reason": "r", "expires_at": end.to_string()});
            admin.post("/v1/admin/accounts/user-1/adjustments", &body).fresh_key().await.ok();
        }
        app.give("user-1", "-4").await;
        let page = app.as_user("user-1").get("/v1/usage-history?limit=1").await.ok();
        let drawn: Vec<_> = page["data"][0]["lots"].as_array().unwrap().iter().map(|it| it["credits"].as_str().unwrap()).collect();
        assert_eq!(drawn, ["-3", "-1"]);
        let lots = app.as_user("user-1").get("/v1/lots").await.ok();
        assert_eq!((lots["data"].as_array().unwrap().len(), &lots["data"][0]["remaining"]), (1, &json!("4")));
    }
}
