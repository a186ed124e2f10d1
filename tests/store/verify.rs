//! The auditor over what accounts own: a healthy database is found healthy, and each thing that
//! can be wrong is planted and found, named, and nothing else with it.

use credits::verify::{Report, verify};

use crate::support::databases::TestDatabase;
use crate::support::decisions::{account, adjust, at, buy, decide};

const NOON: &str = "2026-03-01T12:00:00Z";

/// An account with a lot used up, two that ended and were booked at once, and a purchase with its
/// bonus: nine entries, the last one the grant. And another account, with one entry.
pub async fn furnish(db: &TestDatabase) {
    let id = account("user-1");
    for (amount, end, now) in [
        ("+100", None, NOON),
        ("+10", Some("2026-03-02T01:00:00Z"), NOON),
        ("+20", Some("2026-03-02T00:00:00Z"), NOON),
        ("+7", Some("2026-03-02T02:00:00Z"), NOON),
        ("-25", None, NOON),
        ("+3", Some("2026-03-04T00:00:00Z"), "2026-03-03T00:00:00Z"),
    ] {
        decide(&db.store, adjust(&id, amount, end), at(now))
            .await
            .unwrap();
    }
    buy(&db.store, &id, 1, at("2026-03-03T12:00:00Z")).await;
    decide(&db.store, adjust(&account("user-2"), "+1", None), at(NOON))
        .await
        .unwrap();
}

/// The one violation's line; the hexadecimal of ids and hashes is left out.
pub async fn only_violation(db: &TestDatabase) -> String {
    let report = verify(&db.store).await.unwrap();
    assert_eq!(report.violations.len(), 1, "{:#?}", report.violations);
    report.violations[0].to_string()
}

async fn places(db: &TestDatabase) -> Vec<(&'static str, String)> {
    let found = verify(&db.store).await.unwrap().violations;
    found
        .into_iter()
        .map(|it| (it.invariant, it.place))
        .collect()
}

on_both_engines! {
    async fn an_empty_database_is_healthy(db: TestDatabase) {
        assert_eq!(verify(&db.store).await.unwrap(), Report::default());
    }

    async fn a_database_at_work_is_healthy(db: TestDatabase) {
        furnish(&db).await;
        let report = verify(&db.store).await.unwrap();
        assert!(report.is_healthy(), "{:#?}", report.violations);
        let counts = (report.accounts, report.entries, report.lots, report.purchases);
        assert_eq!(counts, (2, 10, 8, 1));
    }

    async fn a_balance_that_is_not_the_sum_of_its_entries_is_i1(db: TestDatabase) {
        furnish(&db).await;
        db.sql("UPDATE accounts SET balance = balance + 1 WHERE account_id = 'user-2'").await;
        assert_eq!(
            only_violation(&db).await,
            "I1: account user-2, account: its balance is 1.000001 and its entries add up to 1"
        );
    }

    async fn debt_that_no_entry_made_is_i1(db: TestDatabase) {
        furnish(&db).await;
        db.sql("UPDATE accounts SET debt = 5000000 WHERE account_id = 'user-2'").await;
        assert_eq!(
            only_violation(&db).await,
            "I1: account user-2, account: its debt is 5 and its entries add up to 0"
        );
    }

    async fn frozen_credits_that_no_entry_made_are_i1(db: TestDatabase) {
        furnish(&db).await;
        db.sql("UPDATE accounts SET frozen = 1000000 WHERE account_id = 'user-2'").await;
        assert_eq!(
            only_violation(&db).await,
            "I1: account user-2, account: it has 1 frozen, its lots 0 and its entries 0"
        );
    }

    async fn a_running_balance_that_is_wrong_is_i1_and_breaks_the_chain(db: TestDatabase) {
        furnish(&db).await;
        db.sql("UPDATE entries SET balance_after = balance_after + 1 WHERE account_id = 'user-1' AND sequence = 9").await;
        db.sql("UPDATE entries SET available_after = available_after - 1 WHERE account_id = 'user-1' AND sequence = 3").await;
        let place = |place: &str| place.to_owned();
        assert_eq!(places(&db).await, [("I12", place("entry 3")), ("I1", place("entry 3"))]);
    }

    async fn a_lot_whose_entries_do_not_add_up_is_i2(db: TestDatabase) {
        furnish(&db).await;
        db.sql("UPDATE lots SET remaining = remaining - 1, consumed = consumed + 1 WHERE account_id = 'user-2'").await;
        let found = only_violation(&db).await;
        assert!(found.starts_with("I2: account user-2, lot "), "{found}");
        assert!(found.ends_with(": 0.999999 remain of it and its entries add up to 1"), "{found}");
    }

    async fn a_lot_that_accounts_for_too_much_is_i2(db: TestDatabase) {
        furnish(&db).await;
        db.sql_unchecked("UPDATE lots SET expired = 1000000 WHERE account_id = 'user-2'").await;
        let found = only_violation(&db).await;
        assert!(found.starts_with("I2: account user-2, lot "), "{found}");
        assert!(found.ends_with(": it was granted 1 and accounts for 2"), "{found}");
    }

    async fn a_lot_that_is_gone_is_i2(db: TestDatabase) {
        furnish(&db).await;
        db.sql("DELETE FROM lots WHERE account_id = 'user-2'").await;
        let found = only_violation(&db).await;
        assert!(found.starts_with("I2: account user-2, entry 1: names lot "), "{found}");
    }

    async fn anything_negative_is_i3(db: TestDatabase) {
        furnish(&db).await;
        db.sql_unchecked("UPDATE accounts SET debt = -1 WHERE account_id = 'user-2'").await;
        assert_eq!(only_violation(&db).await, "I3: account user-2, account: its debt is -0.000001");
    }

    async fn a_negative_part_of_a_lot_is_i3(db: TestDatabase) {
        furnish(&db).await;
        db.sql_unchecked("UPDATE lots SET consumed = 1, clawed = -1 WHERE account_id = 'user-2'").await;
        let found = only_violation(&db).await;
        assert!(found.starts_with("I3: account user-2, lot "), "{found}");
        assert!(found.ends_with(": its clawed is -0.000001"), "{found}");
    }

    async fn held_credits_that_no_lot_holds_are_i4(db: TestDatabase) {
        furnish(&db).await;
        db.sql("UPDATE accounts SET held = 1000000 WHERE account_id = 'user-2'").await;
        assert_eq!(
            only_violation(&db).await,
            "I4: account user-2, account: it has 1 held, its lots 0 and its entries 0"
        );
    }

    async fn an_entry_that_was_tampered_with_is_i12_at_its_place(db: TestDatabase) {
        furnish(&db).await;
        db.sql("UPDATE entries SET description = 'bribe' WHERE account_id = 'user-1' AND sequence IN (4, 6)").await;
        let found = only_violation(&db).await;
        assert!(found.starts_with("I12: account user-1, entry 4: its hash "), "{found}");
        let hash = db.lines_in(
            "SELECT lower(hex(hash)) AS line FROM entries WHERE account_id = 'user-1' AND sequence = 4",
            "SELECT encode(hash, 'hex') AS line FROM entries WHERE account_id = 'user-1' AND sequence = 4",
        ).await;
        assert!(found.contains(&hash[0][..16]), "{found} is not about {hash:?}");
    }

    async fn a_gap_in_the_sequence_is_i12(db: TestDatabase) {
        furnish(&db).await;
        db.sql("DELETE FROM entries WHERE account_id = 'user-1' AND sequence = 2").await;
        let found = verify(&db.store).await.unwrap().violations;
        assert_eq!(
            found[0].to_string(),
            "I12: account user-1, entry 2: is missing: the sequence has a gap"
        );
        assert_eq!(found.iter().filter(|it| it.invariant == "I12").count(), 1);
    }

    async fn a_last_entry_cut_off_is_i12(db: TestDatabase) {
        furnish(&db).await;
        db.sql("UPDATE accounts SET sequence = 2 WHERE account_id = 'user-2'").await;
        assert_eq!(
            only_violation(&db).await,
            "I12: account user-2, entry 2: the account counts 2 entries and the last one stored is 1"
        );
    }

    async fn a_chain_that_ends_elsewhere_than_the_account_says_is_i12(db: TestDatabase) {
        furnish(&db).await;
        db.sql(
            "UPDATE accounts SET last_hash = (SELECT hash FROM entries WHERE account_id = 'user-1' \
             AND sequence = 1) WHERE account_id = 'user-2'"
        ).await;
        let found = only_violation(&db).await;
        assert!(found.starts_with("I12: account user-2, entry 1: the account ends the chain with "), "{found}");
    }

    async fn rows_without_an_account_are_orphans(db: TestDatabase) {
        furnish(&db).await;
        db.sql("DELETE FROM accounts WHERE account_id = 'user-1'").await;
        let place = |table: &str| ("orphan", table.to_owned());
        assert_eq!(places(&db).await, ["lots", "entries", "purchases", "notices"].map(place));
    }

    async fn an_account_in_the_wrong_bucket_is_named(db: TestDatabase) {
        furnish(&db).await;
        db.sql("UPDATE accounts SET bucket = 1 WHERE account_id = 'user-2'").await;
        let found = verify(&db.store).await.unwrap().violations;
        assert_eq!(found[0].invariant, "unreadable");
        assert_eq!(found[0].account_id, "user-2");
    }

    async fn a_row_that_cannot_be_read_is_named_and_the_others_are_checked(db: TestDatabase) {
        furnish(&db).await;
        db.sql("UPDATE entries SET kind = 99 WHERE account_id = 'user-1' AND sequence = 2").await;
        db.sql("UPDATE accounts SET balance = balance + 1 WHERE account_id = 'user-2'").await;
        let found = verify(&db.store).await.unwrap().violations;
        let mut names: Vec<_> = found.iter().map(|it| (it.invariant, it.account_id.as_str())).collect();
        names.sort_unstable();
        assert_eq!(names, [("I1", "user-2"), ("unreadable", "user-1")]);
    }
}
