//! Adjustments and keys through the store's one way of writing: what was decided is what is read,
//! and what was not committed leaves nothing behind.

use credits::store::{Basis, Decided, EntryFilter, KeyWrite, Loaded, StoreError, Wanted};
use ledger::command::Outcome;
use ledger::rejection::Rejection;

use crate::support::decisions::{account, adjust, answer, at, credits, decide, key, try_decide};

const NOON: &str = "2026-03-01T12:00:00Z";

on_both_engines! {
    async fn an_adjustment_is_read_as_it_was_decided(db: TestDatabase) {
        let id = account("user-1");
        let command = adjust(&id, "+12.5", Some("2026-04-01T00:00:00Z"));
        let outcome = decide(&db.store, command, at(NOON)).await.unwrap();
        let Outcome::Adjusted { entry, available } = outcome else {
            panic!("not an adjustment: {outcome:?}");
        };
        assert_eq!(available, credits("12.5"));

        let entries = db.store.entries(&id, &EntryFilter::default(), None, 10).await.unwrap();
        assert_eq!(entries, std::slice::from_ref(&entry));
        let holdings = db.store.holdings(&id, at(NOON)).await.unwrap();
        let row = holdings.account.clone().unwrap();
        assert_eq!((row.balance, row.sequence), (credits("12.5"), 1));
        assert_eq!((row.last_hash, row.created_at), (entry.hash, at(NOON)));
        let lots = db.store.lots(&id, at(NOON), None, 10).await.unwrap();
        assert_eq!(lots, holdings.lots);
        assert_eq!(lots[0].id, entry.body.lots[0].lot_id);
        assert_eq!(lots[0].granted, credits("12.5"));
        assert_eq!(lots[0].expires_at, at("2026-04-01T00:00:00Z"));
    }

    async fn a_negative_adjustment_takes_from_the_lots_in_burn_order(db: TestDatabase) {
        let id = account("user-1");
        for (amount, end) in [
            ("+10", Some("2026-06-01T00:00:00Z")),
            ("+5", Some("2026-05-01T00:00:00Z")),
            ("-7.000001", None),
        ] {
            decide(&db.store, adjust(&id, amount, end), at(NOON)).await.unwrap();
        }
        let lots = db.store.lots(&id, at(NOON), None, 10).await.unwrap();
        assert_eq!(lots.len(), 1, "the lot used up is no longer usable");
        assert_eq!(lots[0].remaining, credits("7.999999"));
        assert_eq!(lots[0].clawed, credits("2.000001"));
    }

    async fn a_lot_that_has_ended_is_gone_at_once_and_booked_by_the_next_write(db: TestDatabase) {
        let id = account("user-1");
        let end = "2026-03-05T00:00:00Z";
        decide(&db.store, adjust(&id, "+10", Some(end)), at(NOON)).await.unwrap();
        decide(&db.store, adjust(&id, "+1", None), at(NOON)).await.unwrap();

        assert_eq!(db.store.lots(&id, at("2026-03-04T23:59:59.999999Z"), None, 10).await.unwrap().len(), 2);
        let holdings = db.store.holdings(&id, at(end)).await.unwrap();
        assert_eq!(holdings.lots.len(), 1, "the end is exclusive");

        decide(&db.store, adjust(&id, "+2", None), at(end)).await.unwrap();
        let entries = db.store.entries(&id, &EntryFilter::default(), None, 10).await.unwrap();
        let amounts: Vec<_> = entries.iter().map(|entry| entry.body.amount.to_string()).collect();
        assert_eq!(amounts, ["2", "-10", "1", "10"]);
        let balance = db.store.holdings(&id, at(end)).await.unwrap().account.clone().unwrap().balance;
        assert_eq!(balance, credits("3"));
    }

    async fn a_used_key_is_known_to_every_later_write(db: TestDatabase) {
        let id = account("user-1");
        let mut command = adjust(&id, "+1", None);
        command.key = Some(key("service-1", 7));
        decide(&db.store, command.clone(), at(NOON)).await.unwrap();

        let again = decide(&db.reopen().await.unwrap(), command.clone(), at(NOON)).await;
        assert_eq!(again, Ok(Outcome::AnsweredBefore));
        let wanted = Wanted {
            keys: [key("service-1", 7).id].into(),
            ..Wanted::default()
        };
        let stored = db.store.write(&wanted, Basis::Stored, at(NOON), &|loaded: Loaded| Ok((Decided::default(), loaded.answers)));
        assert_eq!(stored.await.unwrap().0[&key("service-1", 7).id], answer());

        command.key.as_mut().unwrap().fingerprint = [9; 16];
        let other = decide(&db.store, command.clone(), at(NOON)).await;
        assert_eq!(other, Err(Rejection::KeyWasUsedForAnotherRequest));
        // The same digest under another owner is another key.
        command.key = Some(key("service-2", 7));
        assert!(decide(&db.store, command, at(NOON)).await.is_ok());
    }

    async fn a_final_rejection_uses_its_key_up_and_changes_nothing_else(db: TestDatabase) {
        let id = account("user-1");
        let mut command = adjust(&id, "-5", None);
        command.key = Some(key("user-1", 1));
        let refused = decide(&db.store, command.clone(), at(NOON)).await;
        assert!(matches!(refused, Err(Rejection::NotEnoughCredits { .. })));
        decide(&db.store, adjust(&id, "+9", None), at(NOON)).await.unwrap();
        assert_eq!(decide(&db.store, command, at(NOON)).await, Ok(Outcome::AnsweredBefore));
        let held = db.store.holdings(&id, at(NOON)).await.unwrap().account.clone().unwrap();
        assert_eq!((held.balance, held.sequence), (credits("9"), 1));
    }

    async fn a_key_stored_twice_is_a_conflict_and_undoes_its_write(db: TestDatabase) {
        let id = account("user-1");
        let mut command = adjust(&id, "+1", None);
        command.key = Some(key("user-1", 1));
        decide(&db.store, command.clone(), at(NOON)).await.unwrap();
        // As if another process had not seen the key: decided on a state without it.
        let used = key("user-1", 1);
        let wanted = Wanted { accounts: [id.clone()].into(), ..Wanted::default() };
        let write = |mut loaded: Loaded| {
            ledger::decide::decide(&mut loaded.state, &command, at(NOON)).unwrap();
            let write = KeyWrite {
                id: used.id.clone(),
                fingerprint: used.fingerprint,
                purchase_id: None,
                answer: Some(answer()),
                is_new: true,
            };
            Ok((Decided { state: loaded.state, keys: vec![write] }, ()))
        };
        let error = db.store.write(&wanted, Basis::Stored, at(NOON), &write).await.unwrap_err();
        assert!(matches!(error, StoreError::Conflict(_)), "{error:?}");
        assert!(error.retryable());
        let account = db.store.holdings(&id, at(NOON)).await.unwrap().account.clone().unwrap();
        assert_eq!((account.balance, account.sequence), (credits("1"), 1));
        assert_eq!(db.store.lots(&id, at(NOON), None, 10).await.unwrap().len(), 1);
    }

    async fn a_write_that_panics_leaves_nothing_and_blocks_nobody(db: TestDatabase) {
        let id = account("user-1");
        let wanted = Wanted { accounts: [id.clone()].into(), ..Wanted::default() };
        let decide = |_: Loaded| -> Result<(Decided, ()), StoreError> { panic!("decided nothing") };
        let error = db.store.write(&wanted, Basis::Stored, at(NOON), &decide).await.unwrap_err();
        assert!(matches!(error, StoreError::Bug(_)), "{error:?}");
        assert!(db.store.holdings(&id, at(NOON)).await.unwrap().account.is_none());
        for _ in 0..2 {
            let after = try_decide(&db.store, &adjust(&id, "+1", None), at(NOON)).await;
            assert!(after.unwrap().is_ok());
        }
        let account = db.store.holdings(&id, at(NOON)).await.unwrap().account.clone().unwrap();
        assert_eq!(account.balance, credits("2"));
    }

    async fn account_ids_of_every_shape_are_told_apart(db: TestDatabase) {
        let long = "x".repeat(255);
        let names = ["a", "A", "auth0|5f7c", "o'neil;DROP--", "%_\\", "~!@#$^&*()", &long];
        for (number, name) in (1..).zip(names) {
            let command = adjust(&account(name), &format!("+{number}"), None);
            decide(&db.store, command, at(NOON)).await.unwrap();
        }
        for (number, name) in (1..).zip(names) {
            let row = db.store.holdings(&account(name), at(NOON)).await.unwrap().account.clone().unwrap();
            assert_eq!((row.id, row.balance), (account(name), credits(&number.to_string())));
        }
    }
}
