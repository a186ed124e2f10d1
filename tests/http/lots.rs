//! The caller's lots: soonest end first, page by page, and none that has ended or is spent.

use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::purchases::GOOD_CARD;

async fn all_pages(app: &TestApp, limit: usize) -> Vec<Value> {
    let user = app.as_user("user-1");
    let mut path = format!("/v1/lots?limit={limit}");
    let mut all = Vec::new();
    loop {
        let page = user.get(&path).await.ok();
        let data = page["data"].as_array().unwrap();
        assert!(data.len() <= limit);
        all.extend(data.iter().cloned());
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("/v1/lots?limit={limit}&cursor={cursor}"),
            None => return all,
        }
    }
}

with_app! {
    async fn lots_come_soonest_end_first_without_gap_or_repeat(app: &mut TestApp) {
        let admin = app.as_admin();
        for day in [7, 5, 6, 5, 8, 5, 9] {
            let end = app.clock.now().plus_days(day).unwrap();
            let body = json!({"credits": "+1", "reason": "r", "expires_at": end.to_string()});
            admin.post("/v1/admin/accounts/user-1/adjustments", &body).fresh_key().await.ok();
        }
        let paged = all_pages(app, 2).await;
        assert_eq!(paged, all_pages(app, 100).await);
        let ends: Vec<_> = paged.iter().map(|lot| lot["expires_at"].as_str().unwrap()).collect();
        assert!(ends.is_sorted() && ends.len() == 7);
        // A page that is full to the brim is the last one all the same.
        let page = app.as_user("user-1").get("/v1/lots?limit=7").await.ok();
        assert_eq!(page["next_cursor"], Value::Null);
    }

    async fn a_lot_says_what_it_is_and_where_it_came_from(app: &mut TestApp) {
        let session = app.starter("user-1").await;
        app.pay(&session, GOOD_CARD).await;
        let purchase = app.until_status("user-1", &session, "paid").await;
        let page = app.as_user("user-1").get("/v1/lots").await.ok();
        let lot = &page["data"][0];
        let granted_at: ledger::instant::Instant = purchase["paid_at"].as_str().unwrap().parse().unwrap();
        assert_eq!(*lot, json!({
            "id": lot["id"], "source": "purchase", "granted": "1000", "remaining": "1000", "held": "0", "frozen": "0", "priority": 0,
            "granted_at": purchase["paid_at"], "purchase_id": session["purchase_id"],
            "expires_at": granted_at.one_calendar_year_later().unwrap().to_string(),
        }));
        app.give("user-1", "-1000").await;
        assert_eq!(all_pages(app, 100).await, Vec::<Value>::new(), "a spent lot is not shown");
        app.give("user-1", "+1").await;
        let page = app.as_user("user-1").get("/v1/lots").await.ok();
        assert_eq!(page["data"][0]["source"], "adjustment");
        assert!(page["data"][0].get("purchase_id").is_none(), "what is absent is absent");
    }
}
