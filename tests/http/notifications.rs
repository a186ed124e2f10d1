//! What an account's owner is told: as it happens, once, for them alone, until they have read it.

use credits::config::Database;
use credits::http::error::ErrorCode;
use ledger::limit::LimitWindow;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::cards::recharge_below;
use crate::support::polling::until;
use crate::support::purchases::GOOD_CARD;
use crate::support::work::{DEBITS, debit_of, limit};

const FEED: &str = "/v1/notifications";
const READ: &str = "/v1/notifications/read";
const PREFERENCES: &str = "/v1/notification-preferences";
const DAY: i64 = 24 * 3_600;

async fn kinds(app: &TestApp, account: &str) -> Vec<String> {
    let feed = app.as_user(account).get(FEED).await.ok();
    let notices = feed["data"].as_array().unwrap().iter();
    notices
        .map(|it| it["kind"].as_str().unwrap().to_owned())
        .collect()
}

/// Waits for the newest notice to be of this kind, and shows it.
async fn told(app: &TestApp, account: &str, kind: &str) -> Value {
    until(kind, async || {
        let feed = app.as_user(account).get(FEED).await.ok();
        let newest = feed["data"][0].clone();
        (newest["kind"] == kind).then_some(newest)
    })
    .await
}

async fn give_until(app: &TestApp, account: &str, credits: &str, seconds: i64) {
    let end = app.clock.now().plus_seconds(seconds).unwrap();
    let path = format!("/v1/admin/accounts/{account}/adjustments");
    let body = json!({"credits": credits, "reason": "for a test", "expires_at": end.to_string()});
    app.as_admin().post(&path, &body).fresh_key().await.ok();
}

with_app! {
    async fn a_purchase_has_its_receipt_in_the_feed(app: &mut TestApp) {
        let session = app.starter("user-1").await;
        app.pay(&session, GOOD_CARD).await;
        app.until_status("user-1", &session, "paid").await;
        let feed = app.as_user("user-1").get(FEED).await.ok();
        let notice = &feed["data"][0];
        assert_eq!(*notice, json!({
            "id": notice["id"], "number": 1, "kind": "purchase.paid", "credits": "1000",
            "purchase_id": session["purchase_id"], "entry_sequence": 1,
            "created_at": notice["created_at"], "read_at": null,
        }));
        assert_eq!((&feed["unread"], &feed["next_cursor"]), (&json!(1), &json!(null)));
        assert_eq!(kinds(app, "user-2").await, Vec::<String>::new(), "nobody else hears of it");
    }

    async fn what_was_read_stays_read(app: &mut TestApp) {
        for _ in 0..3 {
            app.give("user-1", "+1").await;
        }
        let user = app.as_user("user-1");
        let read = user.post(READ, &json!({"until": 2})).await.ok();
        assert_eq!(read, json!({"marked": 2, "unread": 1}));
        assert_eq!(user.post(READ, &json!({"until": 2})).await.ok(), json!({"marked": 0, "unread": 1}));
        let page = user.get("/v1/notifications?limit=2").await.ok();
        let seen: Vec<(&Value, bool)> = page["data"].as_array().unwrap().iter()
            .map(|it| (&it["number"], it["read_at"].is_string())).collect();
        assert_eq!(seen, [(&json!(3), false), (&json!(2), true)]);
        let next = format!("/v1/notifications?limit=2&cursor={}", page["next_cursor"].as_str().unwrap());
        let rest = user.get(&next).await.ok();
        assert_eq!((&rest["data"][0]["number"], &rest["next_cursor"]), (&json!(1), &json!(null)));
        app.as_user("user-2").get(&next).await.problem(ErrorCode::InvalidCursor);
    }

    async fn lots_are_told_of_before_they_end_and_when_they_have(app: &mut TestApp) {
        // Where the engine has room for two processes, both look.
        let second = match app.db.database {
            Database::Postgres(_) => Some(app.second().await),
            Database::Sqlite(_) => None,
        };
        give_until(app, "user-1", "+7", 31 * DAY).await;
        give_until(app, "user-1", "+5", 31 * DAY + 60).await;
        give_until(app, "user-2", "+9", 31 * DAY).await;
        app.debit("user-2", "9", "all-of-it").await;
        app.advance(DAY);
        let reminder = told(app, "user-1", "credits.expiring").await;
        assert_eq!((&reminder["days"], &reminder["credits"]), (&json!(30), &json!("12")));
        app.advance(23 * DAY);
        let reminder = until("the second stage", async || {
            let newest = told(app, "user-1", "credits.expiring").await;
            (newest["days"] == 7).then_some(newest)
        }).await;
        assert_eq!(reminder["credits"], "12");
        app.advance(7 * DAY + 60);
        until("both lots are told of", async || {
            let told = kinds(app, "user-1").await;
            let expired = told.iter().filter(|kind| *kind == "credits.expired").count();
            (expired == 2).then_some(())
        }).await;
        if let Some(second) = second {
            second.running.stop().await;
        }
        let told = kinds(app, "user-1").await;
        let reminders = told.iter().filter(|kind| *kind == "credits.expiring").count();
        assert_eq!(reminders, 2, "one at each stage: {told:?}");
        let emptied = kinds(app, "user-2").await;
        assert!(!emptied.contains(&"credits.expiring".to_owned()), "nothing was left: {emptied:?}");
    }

    async fn an_account_that_cannot_be_read_keeps_nobody_from_hearing_of_theirs(app: &mut TestApp) {
        for account in ["user-1", "user-2"] {
            give_until(app, account, "+5", 30 * DAY + 600).await;
        }
        app.stop().await;
        app.db.sql("UPDATE accounts SET zone = 'Nowhere' WHERE account_id = 'user-1'").await;
        app.start_again(&[]).await;
        app.advance(2 * 3_600);
        assert_eq!(told(app, "user-2", "credits.expiring").await["days"], 30);
        app.db.sql("UPDATE accounts SET zone = 'UTC' WHERE account_id = 'user-1'").await;
        app.advance(60);
        assert_eq!(told(app, "user-1", "credits.expiring").await["days"], 30);
    }

    async fn a_low_balance_is_told_below_the_thresholds_of_its_owner(app: &mut TestApp) {
        let user = app.as_user("user-1");
        assert_eq!(user.get(PREFERENCES).await.ok()["low_balance"], json!(["100"]));
        let wanted = json!({"low_balance": ["50", "10.5"]});
        let set = user.put(PREFERENCES, &wanted).fresh_key().await.ok();
        assert_eq!(set["low_balance"], json!(["10.5", "50"]));
        assert_eq!(user.get(PREFERENCES).await.ok(), set);
        app.give("user-1", "+60").await;
        app.debit("user-1", "5", "r-1").await;
        app.debit("user-1", "10", "r-2").await;
        let low = told(app, "user-1", "balance.low").await;
        assert_eq!((&low["threshold"], &low["credits"]), (&json!("50"), &json!("45")));
        app.debit("user-1", "1", "r-3").await;
        assert_eq!(kinds(app, "user-1").await, ["balance.low", "credits.given"]);
        app.give("user-1", "+11").await;
        let recovered = told(app, "user-1", "balance.recovered").await;
        assert_eq!((&recovered["threshold"], &recovered["credits"]), (&json!("50"), &json!("55")));
    }

    async fn thresholds_that_make_no_sense_are_refused(app: &mut TestApp) {
        let user = app.as_user("user-1");
        let set = async |thresholds: Value| {
            user.put(PREFERENCES, &json!({"low_balance": thresholds})).fresh_key().await
        };
        set(json!(["1", "2", "3", "4", "5", "6"])).await.problem(ErrorCode::InvalidSettings);
        set(json!(["0"])).await.problem(ErrorCode::InvalidSettings);
        for text in ["-1", "1e3", "much", "0.0000001", "9000000001"] {
            set(json!([text])).await.problem(ErrorCode::InvalidBody);
        }
        set(json!([1])).await.problem(ErrorCode::InvalidBody);
    }

    async fn that_a_limit_is_reached_is_told_once_in_its_window(app: &mut TestApp) {
        app.set_clock(1_782_900_000_000_000); // 2026-07-01T10:00:00Z
        app.give("user-1", "+1000").await;
        let day = limit(Some("backtesting"), LimitWindow::Day, "10");
        app.configure("user-1", "0", vec![day]).await;
        let refuse = async |reference: &str| {
            let debit = debit_of("user-1", "11", reference);
            let refused = app.as_service().post(DEBITS, &debit).fresh_key().await;
            refused.problem(ErrorCode::InsufficientCredits);
        };
        refuse("r-1").await;
        let reached = told(app, "user-1", "limit.reached").await;
        assert_eq!((&reached["operation"], &reached["window"], &reached["credits"], &reached["resets_at"]),
            (&json!("backtesting"), &json!("day"), &json!("10"), &json!("2026-07-02T00:00:00Z")));
        refuse("r-2").await;
        let batch = json!({"debits": [debit_of("user-1", "12", "r-3")]});
        app.as_service().post("/v1/debits/batch", &batch).fresh_key().await.ok();
        app.advance(14 * 3_600);
        refuse("r-4").await;
        let again = until("the next day", async || {
            let reached = told(app, "user-1", "limit.reached").await;
            (reached["resets_at"] == "2026-07-03T00:00:00Z").then_some(reached)
        }).await;
        assert_eq!(again["number"], 3, "credits given, and two days");
    }

    async fn a_card_that_fails_is_told_of(app: &mut TestApp) {
        let card = app.save_card("user-1", GOOD_CARD).await;
        app.card_behaves(&card, "pm_card_visa_chargeDeclinedInsufficientFunds").await;
        app.set_recharge("user-1", &recharge_below("100", "500")).await;
        let failed = told(app, "user-1", "recharge.failed").await;
        assert_eq!(failed["decline_code"], "insufficient_funds");
        assert!(failed["purchase_id"].is_string());
    }
}
