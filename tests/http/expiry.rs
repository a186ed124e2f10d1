//! Lots that end while their account rests: they count for nothing from that instant on, and soon it is
//! booked, once for each lot, by one process or by two.

use credits::config::Database;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::commands::hold;
use crate::support::decisions::account;
use crate::support::polling::until;

const ACCOUNTS: usize = 120;
const HOUR: i64 = 3_600;

async fn give_until(app: &TestApp, account: &str, credits: &str, seconds: i64) {
    let end = app.clock.now().plus_seconds(seconds).unwrap();
    let path = format!("/v1/admin/accounts/{account}/adjustments");
    let body = json!({"credits": credits, "reason": "for a test", "expires_at": end.to_string()});
    app.as_admin().post(&path, &body).fresh_key().await.ok();
}

/// Waits until so many ends of lots are booked.
async fn booked(app: &TestApp, count: usize) {
    let expiries = "SELECT CAST(count(*) AS text) AS line FROM entries WHERE kind = 2";
    until("every end is booked", async || {
        let found = app.db.lines(expiries).await;
        (found == [count.to_string()]).then_some(())
    })
    .await;
}

async fn expired(app: &TestApp, account: &str) -> Vec<Value> {
    let history = app
        .as_user(account)
        .get("/v1/usage-history?kind=expiry")
        .await
        .ok();
    let entries = history["data"].as_array().unwrap().iter();
    entries.map(|entry| entry["amount"].clone()).collect()
}

with_app! {
    async fn credits_that_end_are_booked_though_their_account_rests(app: &mut TestApp) {
        for number in 0..ACCOUNTS {
            let name = format!("user-{number}");
            give_until(app, &name, "+7", HOUR).await;
            give_until(app, &name, "+5", 2 * HOUR).await;
        }
        let second = match &app.db.database {
            Database::Postgres(_) => Some(app.second().await),
            // One process at a time has the file.
            Database::Sqlite(_) => None,
        };
        app.advance(HOUR);
        assert_eq!(app.available("user-3").await, "5", "whether or not it is booked");
        booked(app, ACCOUNTS).await;
        app.advance(HOUR);
        booked(app, 2 * ACCOUNTS).await;
        assert_eq!(expired(app, "user-3").await, ["-5", "-7"]);
        assert_eq!(app.available("user-3").await, "0");
        // A third look finds nothing more.
        app.advance(HOUR);
        app.give("user-3", "+1").await;
        booked(app, 2 * ACCOUNTS).await;
        if let Some(second) = second {
            second.running.stop_at_once().await;
        }
    }

    async fn what_a_hold_shields_ends_with_the_hold_and_no_sooner(app: &mut TestApp) {
        give_until(app, "user-1", "+10", 1_800).await;
        app.carry_out(hold(&account("user-1"), "4", "backtesting", "run-1")).await;
        app.advance(1_800);
        booked(app, 1).await;
        assert_eq!(expired(app, "user-1").await, ["-6"]);
        app.advance(1_800);
        booked(app, 2).await;
        assert_eq!(expired(app, "user-1").await, ["-4", "-6"]);
    }
}
