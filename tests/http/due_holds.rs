//! Holds that nobody settles: free at the instant they end, and booked by a worker soon after, by
//! one process or by two.

use credits::config::Database;
use ledger::ids::AccountId;

use crate::support::commands::hold;
use crate::support::decisions::account;
use crate::support::polling::until;

const HOLDS: usize = 300;

fn owner(number: usize) -> AccountId {
    account(&format!("user-{}", number % 100))
}

with_app! {
    async fn orphans_are_booked_by_themselves(app: &mut TestApp) {
        for number in 0..100 {
            app.give(owner(number).as_str(), "+10").await;
        }
        for number in 0..HOLDS {
            app.carry_out(hold(&owner(number), "2.5", "backtesting", &format!("run-{number}"))).await;
        }
        assert_eq!(app.available("user-7").await, "2.5");
        let second = match &app.db.database {
            Database::Postgres(_) => Some(app.second().await),
            // One process at a time has the file.
            Database::Sqlite(_) => None,
        };
        app.advance(3_600);
        let balance = app.as_user("user-7").get("/v1/balance").await.ok();
        assert_eq!((&balance["available"], &balance["held"]), (&"10".into(), &"0".into()), "whether or not it is booked");
        let active = "SELECT CAST(count(*) AS text) AS line FROM holds WHERE status = 1";
        until("every hold is booked", async || {
            let left = app.db.lines(active).await;
            (left == ["0"]).then_some(())
        }).await;
        let releases = app.db.lines("SELECT CAST(count(*) AS text) AS line FROM entries WHERE kind = 7").await;
        assert_eq!(releases, [HOLDS.to_string()], "each is released once");
        assert_eq!(app.available("user-7").await, "10");
        if let Some(second) = second {
            second.running.stop_at_once().await;
        }
    }
}
