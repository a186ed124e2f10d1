//! The auditor over work: debits, holds, refunds, debt and the sums of use. Each thing that can be
//! wrong with them is planted and found, named, and nothing else with it.

use credits::verify::verify;
use ledger::command::{Action, Finality};
use ledger::hold::Overage;

use super::verify::only_violation;
use crate::support::commands::{
    capture, configure, debit, entry_of, hold, hold_by, hold_of, refund,
};
use crate::support::databases::TestDatabase;
use crate::support::decisions::{account, adjust, at, command, decide};

const NOON: &str = "2026-03-01T12:00:00Z";

/// Lots of which one has ended under a hold, a debit that was given back in part, and holds active,
/// captured with debt, and released late.
async fn furnish(db: &TestDatabase) {
    let store = &db.store;
    let id = account("user-1");
    let noon = at(NOON);
    let later = |seconds: i64| noon.plus_seconds(seconds).unwrap();
    for (amount, end) in [("+100", None), ("+10", Some("2026-03-01T12:30:00Z"))] {
        decide(store, adjust(&id, amount, end), noon).await.unwrap();
    }
    decide(store, configure(&id, "Asia/Kolkata", 5, Vec::new()), noon)
        .await
        .unwrap();
    let shielded = hold_by(&id, "6", "model_inference/large", "run-1", Overage::Reject);
    let shielded = hold_of(decide(store, shielded, noon).await.unwrap());
    decide(store, hold(&id, "12", "backtesting", "run-2"), noon)
        .await
        .unwrap();
    let debited = decide(
        store,
        debit(&id, "25", "market_analysis", "job-1"),
        later(1_900),
    )
    .await;
    let debited = entry_of(debited.unwrap()).sequence;
    decide(store, refund(&id, debited, Some("5")), later(1_910))
        .await
        .unwrap();
    let shielded = capture(&id, shielded.id, "4", Finality::Final);
    decide(store, shielded, later(1_920)).await.unwrap();
    let covered = hold(&id, "50", "backtesting", "run-3");
    let covered = hold_of(decide(store, covered, later(2_000)).await.unwrap());
    decide(
        store,
        capture(&id, covered.id, "80", Finality::Final),
        later(2_010),
    )
    .await
    .unwrap();
    // The second hold is long over, and its part of the lot that has ended is forfeited.
    decide(store, command(&id, Action::BookDue), later(7_200))
        .await
        .unwrap();
    decide(store, adjust(&id, "+40", None), later(7_300))
        .await
        .unwrap();
    decide(store, hold(&id, "9", "backtesting", "run-4"), later(7_400))
        .await
        .unwrap();
    let id = account("user-2");
    decide(store, adjust(&id, "+10", None), noon).await.unwrap();
    decide(store, debit(&id, "1", "backtesting", "job-1"), noon)
        .await
        .unwrap();
    decide(store, hold(&id, "2", "backtesting", "run-1"), noon)
        .await
        .unwrap();
}

async fn places(db: &TestDatabase) -> Vec<String> {
    let found = verify(&db.store).await.unwrap().violations;
    found
        .into_iter()
        .map(|it| format!("{} {}", it.invariant, it.place))
        .collect()
}

on_both_engines! {
    async fn a_database_full_of_work_is_healthy(db: TestDatabase) {
        furnish(&db).await;
        let report = verify(&db.store).await.unwrap();
        assert!(report.is_healthy(), "{:#?}", report.violations);
        assert_eq!((report.accounts, report.holds), (2, 5));
        let kinds = db.lines(
            "SELECT CAST(kind AS text) AS line FROM entries GROUP BY kind ORDER BY kind"
        ).await;
        // Every kind but the grant of a purchase.
        assert_eq!(kinds, ["2", "3", "4", "5", "6", "7", "8", "9"]);
    }

    async fn debt_that_differs_from_its_entries_is_i1(db: TestDatabase) {
        furnish(&db).await;
        db.sql("UPDATE accounts SET debt = 1 WHERE account_id = 'user-2'").await;
        assert_eq!(
            only_violation(&db).await,
            "I1: account user-2, account: its debt is 0.000001 and its entries add up to 0"
        );
    }

    async fn a_lot_that_holds_what_no_hold_set_aside_is_i4(db: TestDatabase) {
        furnish(&db).await;
        db.sql("UPDATE lots SET held = held + 1000000 WHERE account_id = 'user-2'").await;
        let found = places(&db).await;
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("I4 lot "), "{found:?}");
        assert_eq!(found[1], "I4 account");
    }

    async fn a_hold_that_sets_aside_what_no_lot_holds_is_i4(db: TestDatabase) {
        furnish(&db).await;
        db.sql_in(
            "UPDATE holds SET parts = x'' WHERE account_id = 'user-2'",
            "UPDATE holds SET parts = '' WHERE account_id = 'user-2'",
        ).await;
        let found = places(&db).await;
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("I4 lot "), "{found:?}");
        assert_eq!(found[1], "I1 day 2026-03-01, backtesting");
    }

    async fn a_hold_that_is_gone_is_i13(db: TestDatabase) {
        furnish(&db).await;
        db.sql("DELETE FROM holds WHERE account_id = 'user-1' AND reference = 'run-3'").await;
        let found = only_violation(&db).await;
        assert!(found.starts_with("I13: account user-1, entry "), "{found}");
        assert!(found.ends_with(", which does not exist"), "{found}");
    }

    async fn a_hold_that_no_entry_made_is_i13(db: TestDatabase) {
        furnish(&db).await;
        let forged = |id: &str| format!(
            "INSERT INTO holds SELECT bucket, account_id, {id}, 'run-5', description, operation, variant, \
             quantities, rate_version, overage, 2, credits, captured, parts, created_at, expires_at, day_start, date \
             FROM holds WHERE account_id = 'user-1' AND reference = 'run-3'"
        );
        let sqlite = forged("x'0198000000007000800000000000ffff'");
        db.sql_in(&sqlite, &forged("'01980000-0000-7000-8000-00000000ffff'::uuid")).await;
        assert_eq!(
            only_violation(&db).await,
            "I13: account user-1, hold 01980000-0000-7000-8000-00000000ffff: no entry made it"
        );
    }

    async fn a_hold_that_charged_otherwise_than_its_entries_is_i13(db: TestDatabase) {
        furnish(&db).await;
        db.sql("UPDATE holds SET captured = captured + 1000000 WHERE reference = 'run-3'").await;
        let found = only_violation(&db).await;
        assert!(found.ends_with(": 81 are captured and its entries charged 80"), "{found}");
    }

    async fn a_hold_that_charged_more_than_it_may_is_i13(db: TestDatabase) {
        furnish(&db).await;
        db.sql("UPDATE holds SET credits = 3000000 WHERE account_id = 'user-1' AND reference = 'run-1'").await;
        let found = only_violation(&db).await;
        assert!(found.starts_with("I13: account user-1, hold "), "{found}");
        assert!(found.ends_with(": 4 are captured and 3 were held"), "{found}");
    }

    async fn a_hold_that_ended_and_still_holds_is_i13(db: TestDatabase) {
        furnish(&db).await;
        db.sql("UPDATE holds SET status = 3 WHERE account_id = 'user-2'").await;
        let found = places(&db).await;
        assert!(found.iter().any(|it| it.starts_with("I13 hold ")), "{found:?}");
    }

    async fn a_debit_from_a_lot_that_had_ended_is_i9(db: TestDatabase) {
        furnish(&db).await;
        // The lot's end is not part of any entry: as if the debit had come too late.
        db.sql("UPDATE lots SET expires_at = granted_at + 1 WHERE account_id = 'user-2'").await;
        db.sql("UPDATE entries SET created_at = created_at + 1 WHERE account_id = 'user-2' AND sequence = 2").await;
        let found = places(&db).await;
        assert!(found.contains(&"I9 entry 2".to_owned()), "{found:?}");
    }

    async fn a_refund_without_its_row_is_i7(db: TestDatabase) {
        furnish(&db).await;
        db.sql("DELETE FROM refunds").await;
        let found = only_violation(&db).await;
        assert!(found.starts_with("I7: account user-1, entry "), "{found}");
        assert!(found.contains(": no row says that entry "), "{found}");
    }

    async fn a_row_of_a_refund_that_never_was_is_i7(db: TestDatabase) {
        furnish(&db).await;
        db.sql("INSERT INTO refunds SELECT bucket, account_id, 2, 3 FROM accounts WHERE account_id = 'user-2'").await;
        assert_eq!(
            only_violation(&db).await,
            "I7: account user-2, entry 2: a row says that entry 3 gave it back, which did not"
        );
    }

    async fn a_refund_of_more_than_the_debit_is_i7(db: TestDatabase) {
        furnish(&db).await;
        db.sql(
            "UPDATE entries SET amount = 26000000 WHERE account_id = 'user-1' AND kind = 8"
        ).await;
        let found = verify(&db.store).await.unwrap().violations;
        let i7 = found.iter().find(|it| it.invariant == "I7").unwrap();
        assert!(i7.detail.starts_with("it gives back 26 of entry "), "{i7}");
        assert!(i7.detail.ends_with(", which cost 25"), "{i7}");
    }

    async fn a_reference_of_two_debits_is_i7(db: TestDatabase) {
        furnish(&db).await;
        db.sql("DROP INDEX entries_by_reference").await;
        decide(&db.store, debit(&account("user-2"), "1", "backtesting", "job-2"), at(NOON)).await.unwrap();
        db.sql("UPDATE entries SET reference = 'job-1' WHERE reference = 'job-2'").await;
        let found = places(&db).await;
        assert_eq!(found, ["I12 entry 4", "I7 reference job-1"]);
    }

    async fn use_around_a_change_of_the_calendar_is_healthy_though_clocks_differ(db: TestDatabase) {
        let id = account("user-1");
        let work = |name| debit(&id, "1", name, name);
        for (command, time) in [
            (adjust(&id, "+100", None), "23:59:58"),
            (work("before"), "23:59:59"),
            (work("shortly_before"), "00:00:05"),
            // The clock of another process is behind, and then once more.
            (configure(&id, "Asia/Kathmandu", 1, Vec::new()), "00:00:01.250"),
            (work("shortly_after"), "23:59:59"),
            (work("after"), "00:00:02"),
        ] {
            let day = if time.starts_with('0') { "2026-03-02" } else { "2026-03-01" };
            decide(&db.store, command, at(&format!("{day}T{time}Z"))).await.unwrap();
        }
        let report = verify(&db.store).await.unwrap();
        assert!(report.is_healthy(), "{:#?}", report.violations);
    }

    async fn use_that_differs_from_its_entries_is_i1(db: TestDatabase) {
        furnish(&db).await;
        for (column, detail) in [
            ("consumed", "1.000001 are consumed and its entries add up to 1"),
            ("refunded", "0.000001 are refunded and its entries add up to 0"),
            ("held", "2.000001 are held and its entries add up to 2"),
            ("count", "its count is 2 and there are 1 such entries"),
        ] {
            let set = |sign: &str| format!("UPDATE usage_days SET {column} = {column} {sign} 1 WHERE account_id = 'user-2'");
            db.sql(&set("+")).await;
            let line = format!("I1: account user-2, day 2026-03-01, backtesting: {detail}");
            assert_eq!(only_violation(&db).await, line);
            db.sql(&set("-")).await;
        }
    }

    async fn use_that_no_row_tells_of_is_i1(db: TestDatabase) {
        furnish(&db).await;
        db.sql("DELETE FROM usage_days WHERE account_id = 'user-2'").await;
        let found = places(&db).await;
        assert!(!found.is_empty() && found.iter().all(|it| it == "I1 day 2026-03-01, backtesting"), "{found:?}");
    }

    async fn work_without_an_account_is_an_orphan(db: TestDatabase) {
        furnish(&db).await;
        db.sql("DELETE FROM accounts WHERE account_id = 'user-1'").await;
        let tables = ["lots", "entries", "holds", "refunds", "usage_days", "notices"];
        assert_eq!(places(&db).await, tables.map(|table| format!("orphan {table}")));
    }
}
