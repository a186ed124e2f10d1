//! Lots that end while their account rests: they count for nothing from that instant on, and soon it is
//! booked, once for each lot, by one process or by two.

use credits::config::Database;
use ledger::instant::Instant;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::commands::hold;
use crate::support::decisions::account;
use crate::support::polling::{until, workers_have_looked};
use crate::support::purchases::GOOD_CARD;

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

/// The kinds of an account's notices after so many, oldest first; printed as they are found.
async fn told_since(app: &TestApp, known: usize) -> Vec<String> {
    let feed = app.as_user("user-1").get("/v1/notifications").await.ok();
    let notices = feed["data"].as_array().unwrap().iter().rev().skip(known);
    let notices: Vec<&Value> = notices.collect();
    for it in &notices {
        let when = it["created_at"].as_str().unwrap();
        let (kind, credits) = (
            it["kind"].as_str().unwrap(),
            it["credits"].as_str().unwrap(),
        );
        let within = it["days"]
            .as_i64()
            .map_or(String::new(), |days| format!(", within {days} days"));
        println!("{when}  {kind}: {credits} credits{within}");
    }
    let kinds = notices
        .into_iter()
        .map(|it| it["kind"].as_str().unwrap().to_owned());
    kinds.collect()
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

    /// With `--nocapture` it is a transcript.
    async fn a_lot_lives_for_a_year_and_its_owner_knows(app: &mut TestApp) {
        let session = app.starter("user-1").await;
        app.pay(&session, GOOD_CARD).await;
        app.until_status("user-1", &session, "paid").await;
        app.debit("user-1", "400", "r-1").await;
        let lot = app.as_user("user-1").get("/v1/lots").await.ok()["data"][0].clone();
        let end: Instant = lot["expires_at"].as_str().unwrap().parse().unwrap();
        println!("{}  bought, to end {}", lot["granted_at"], lot["expires_at"]);
        let mut told = told_since(app, 0).await;
        assert_eq!(told, ["purchase.paid"]);
        for (days, kinds) in [(31, vec![]), (30, vec!["credits.expiring"]), (8, vec![]), (7, vec!["credits.expiring"]),
            (1, vec!["credits.expiring"])] {
            app.clock.set(end.plus_days(-days).unwrap());
            let known = told.len();
            let news = if kinds.is_empty() { workers_have_looked(app).await; told_since(app, known).await } else {
                until("it is told", async || {
                    let news = told_since(app, known).await;
                    (!news.is_empty()).then_some(news)
                }).await
            };
            assert_eq!(news, kinds, "{days} days before");
            told.extend(news);
        }
        app.clock.set(Instant::from_micros(end.micros() - 1));
        assert_eq!(app.available("user-1").await, "600", "to the last microsecond");
        app.clock.set(end);
        assert_eq!(app.available("user-1").await, "0", "and no longer, booked or not");
        println!("{end}  available: 0");
        let known = told.len();
        let last = until("it is told", async || {
            let news = told_since(app, known).await;
            (news.len() == 2).then_some(news)
        }).await;
        assert_eq!(last, ["credits.expired", "balance.low"]);
        assert_eq!(expired(app, "user-1").await, ["-600"]);
        app.clock.set(end.plus_days(400).unwrap());
        workers_have_looked(app).await;
        assert_eq!(told_since(app, known).await, last, "it is told once");
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
