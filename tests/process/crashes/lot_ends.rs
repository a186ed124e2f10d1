//! Death while the ends of lots are booked: of each there is one entry and one notice in the end, whoever
//! goes on.

use credits::clock::Clock;
use credits::steps::Step;
use futures_util::future::join_all;
use ledger::notice::Kind;
use serde_json::json;

use crate::process::caller::{Caller, adjustments_of};
use crate::support::polling::until;
use crate::support::process::{Installation, free_address};

/// Long enough to give all of them, on a busy machine.
const LIFE_SECONDS: i64 = 20;
/// More than are booked at once.
const ACCOUNTS: usize = 40;
const EXPIRY: &str = "SELECT CAST(count(*) AS text) AS line FROM entries WHERE kind = 2";

on_both_engines! {
    async fn whoever_dies_while_ends_are_booked_leaves_none_out_and_none_twice(db: TestDatabase) {
        let address = free_address();
        let installation = Installation::on(&db)
            .with("CREDITS_LISTEN", &address)
            .with("CREDITS_METRICS_LISTEN", "off");
        let service = installation.serve().await;
        let caller = Caller::new(&installation, &format!("http://{address}"), "admin").await;
        let end = Clock::System.now().plus_seconds(LIFE_SECONDS).unwrap();
        join_all((0..ACCOUNTS).map(async |number| {
            let body = json!({"credits": "+5", "reason": "a crash test", "expires_at": end.to_string()});
            let path = adjustments_of(&format!("user-{number}"));
            let given = caller.insist(&path, &number.to_string(), &body).await;
            assert_eq!(given.status, 201, "{}", given.text);
        })).await;
        service.kill().await;
        // Nothing but the ends is written: it dies before the first of them, and then after some.
        for (step, booked) in [(Step::Committing, 0), (Step::Committed, 1)] {
            let mut doomed = installation.serve_until(&format!("{}:1", step.name()));
            doomed.ended().await;
            let found: usize = db.lines(EXPIRY).await[0].parse().unwrap();
            assert!(found >= booked && found < ACCOUNTS, "{step:?}: {found}");
        }
        let service = installation.serve().await;
        until("all are booked", async || {
            (db.lines(EXPIRY).await == [ACCOUNTS.to_string()]).then_some(())
        }).await;
        service.kill().await;
        let kind = Kind::CreditsExpired.number();
        let told = format!("SELECT CAST(count(*) AS text) AS line FROM notices WHERE kind = {kind}");
        assert_eq!(db.lines(&told).await, [ACCOUNTS.to_string()]);
        installation.verified().await;
    }
}
