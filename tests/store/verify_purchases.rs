//! The auditor over purchases and keys: granted twice, granted for nothing, granted for another
//! sum, and keys that stand for what never was.

use credits::store::{Basis, Decided, Loaded, Store, Wanted};
use credits::verify::verify;
use ledger::account::AccountState;
use ledger::credits::Credits;
use ledger::entry::{EntryBody, EntryKind, LotChange};
use ledger::ids::LotId;
use ledger::lot::{Lot, Source};
use ledger::notice::News;
use uuid::Uuid;

use super::verify::{furnish, only_violation};
use crate::support::decisions::{account, at, credits, decide, key, open, purchase_id};

const LATER: &str = "2026-03-03T13:00:00Z";

/// Books a grant in due form that nothing justifies: chained, summed up, and with its lot.
async fn forge_grant(store: &Store, source: Source, change: &(dyn Fn(&mut AccountState) + Sync)) {
    let id = account("user-1");
    let wanted = Wanted {
        accounts: [id.clone()].into(),
        purchases: [purchase_id(1), purchase_id(2)].into(),
        ..Wanted::default()
    };
    let write = |mut loaded: Loaded| {
        let state = loaded.state.accounts.get_mut(&id).unwrap();
        change(state);
        let lot = forged_lot(source);
        let body = EntryBody {
            amount: lot.granted,
            lots: vec![LotChange::free(lot.id, lot.granted)],
            purchase_id: lot.purchase_id,
            ..EntryBody::of(EntryKind::Grant)
        };
        state.add_lot(lot);
        let entry = state.append(body, at(LATER)).unwrap();
        let credits = entry.body.amount;
        state.tell(
            News::CreditsGiven { credits },
            Some(entry.sequence),
            at(LATER),
        );
        let state = loaded.state;
        let decided = Decided {
            state,
            keys: Vec::new(),
        };
        Ok((decided, ()))
    };
    store
        .write(&wanted, Basis::Stored, at(LATER), &write)
        .await
        .unwrap();
}

/// Of purchase 1 if it comes from a promotion, of purchase 2 otherwise.
fn forged_lot(source: Source) -> Lot {
    let number = if source == Source::Promotion { 1 } else { 2 };
    Lot {
        id: LotId::from_uuid(Uuid::from_u128(7)),
        source,
        purchase_id: Some(purchase_id(number)),
        priority: 0,
        granted: credits("1050"),
        remaining: credits("1050"),
        held: Credits::ZERO,
        frozen: Credits::ZERO,
        consumed: Credits::ZERO,
        expired: Credits::ZERO,
        clawed: Credits::ZERO,
        granted_at: at(LATER),
        expires_at: at("2027-03-03T13:00:00Z"),
        reminded_days: None,
    }
}

fn post(state: &mut AccountState) {
    let mut purchase = state.purchases[&purchase_id(2)].clone();
    purchase.posted = credits("1050");
    state.change_purchase(purchase);
}

on_both_engines! {
    async fn a_purchase_granted_twice_is_i5(db: TestDatabase) {
        furnish(&db).await;
        forge_grant(&db.store, Source::Promotion, &|_| {}).await;
        let found = only_violation(&db).await;
        let again = format!("it grants purchase {}, which entry 9 granted", purchase_id(1));
        assert_eq!(found, format!("I5: account user-1, entry 10: {again}"));
    }

    async fn a_grant_without_a_payment_is_i6(db: TestDatabase) {
        furnish(&db).await;
        decide(&db.store, open(&account("user-1"), 2), at(LATER)).await.unwrap();
        forge_grant(&db.store, Source::Purchase, &post).await;
        let place = format!("I6: account user-1, purchase {}", purchase_id(2));
        let why = "entry 10 granted it, and no payment of 1000 usd in its mode is stored";
        assert_eq!(only_violation(&db).await, format!("{place}: {why}"));
    }

    async fn a_payment_of_another_sum_currency_or_mode_is_i6(db: TestDatabase) {
        furnish(&db).await;
        for change in [
            "amount_total = amount_total - 1",
            "currency = 'eur'",
            "state = 3",
            "amount_total = NULL",
        ] {
            db.sql(&format!("UPDATE purchase_facts SET {change}")).await;
            let found = only_violation(&db).await;
            assert!(found.starts_with("I6: account user-1, purchase "), "{change}: {found}");
            db.sql("UPDATE purchase_facts SET amount_total = 1000, currency = 'usd', state = 7").await;
        }
        db.sql_in("UPDATE purchase_facts SET livemode = 1", "UPDATE purchase_facts SET livemode = true").await;
        assert!(only_violation(&db).await.starts_with("I6"));
    }

    async fn a_grant_of_other_credits_than_agreed_is_i6(db: TestDatabase) {
        furnish(&db).await;
        db.sql("UPDATE purchases SET bonus = bonus + 1").await;
        let found = only_violation(&db).await;
        assert!(found.ends_with("entry 9 granted 1050 for it, and 1000 and 50.000001 were agreed"), "{found}");
    }

    async fn credits_posted_without_an_entry_are_i6(db: TestDatabase) {
        furnish(&db).await;
        decide(&db.store, open(&account("user-1"), 2), at(LATER)).await.unwrap();
        db.sql("UPDATE purchases SET posted = 1000000 WHERE posted = 0").await;
        let found = only_violation(&db).await;
        assert!(found.ends_with("1 credits are posted for it and its entry granted 0"), "{found}");
    }

    async fn a_grant_of_a_purchase_that_is_gone_is_i6(db: TestDatabase) {
        furnish(&db).await;
        db.sql("DELETE FROM purchase_facts").await;
        db.sql("DELETE FROM purchases").await;
        let found = only_violation(&db).await;
        assert!(found.starts_with("I6: account user-1, entry 9: it grants purchase "), "{found}");
    }

    async fn a_key_of_a_purchase_that_does_not_exist_is_i7(db: TestDatabase) {
        furnish(&db).await;
        let mut command = open(&account("user-1"), 2);
        command.key = Some(key("service-1", 1));
        decide(&db.store, command, at(LATER)).await.unwrap();
        assert!(verify(&db.store).await.unwrap().is_healthy());
        db.sql("DELETE FROM purchases WHERE posted = 0").await;
        let place = format!("I7: account service-1, key {}", "01".repeat(16));
        let why = format!("names purchase {}, which does not exist", purchase_id(2));
        assert_eq!(only_violation(&db).await, format!("{place}: {why}"));
    }

    async fn a_key_that_keeps_a_passing_failure_is_i7(db: TestDatabase) {
        furnish(&db).await;
        let mut command = crate::support::decisions::adjust(&account("user-1"), "+1", None);
        command.key = Some(key("service-1", 2));
        decide(&db.store, command, at(LATER)).await.unwrap();
        db.sql("UPDATE idempotency_keys SET status = 503").await;
        let found = only_violation(&db).await;
        assert!(found.starts_with("I7: account service-1, key 0202"), "{found}");
        assert!(found.ends_with("keeps the answer 503, which may be asked for again"), "{found}");
    }

    async fn facts_without_a_purchase_are_orphans(db: TestDatabase) {
        furnish(&db).await;
        db.sql("UPDATE purchase_facts SET account_id = 'user-2'").await;
        let found = verify(&db.store).await.unwrap().violations;
        assert!(found.iter().any(|it| it.invariant == "orphan" && it.place == "purchase_facts"), "{found:#?}");
    }
}
