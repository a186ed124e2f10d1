//! Auto-recharge through the store: what is set, saved and counted comes back as it went in, and an
//! account that runs low is found, whoever took its credits.

use credits::verify::verify;
use ledger::command::{Action, CardChange, Outcome, RechargeAttempt};
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::money::{Currency, Money};
use ledger::pricing::{PriceList, Slab};
use ledger::purchase::{
    Charged, Evidence, PaymentIntentSnapshot, PaymentIntentState, PurchaseStatus,
};
use ledger::recharge::{
    Advice, Amount, AttemptState, AutoRecharge, CapNotice, Card, Decline, Settings, Suspension,
};

use crate::support::commands::debit;
use crate::support::databases::TestDatabase;
use crate::support::decisions::{
    account, adjust, at, command, credits, decide, evidence, purchase_id,
};

const NOON: &str = "2026-03-01T12:00:00Z";

fn settings(amount: Amount) -> Settings {
    Settings {
        enabled: true,
        threshold: credits("100.5"),
        amount,
        cycle_cap: Money {
            amount_minor: 1_000,
            currency: Currency::USD,
        },
    }
}

fn card(name: &str) -> CardChange {
    CardChange::Saved {
        customer_id: "cus_1".to_owned(),
        card: Card {
            payment_method_id: format!("pm_{name}"),
            brand: "visa".to_owned(),
            last4: "4242".to_owned(),
            exp_month: 12,
            exp_year: 2030,
            added_at: at("2026-02-01T00:00:00Z"),
            removed_at: None,
        },
    }
}

fn attempt(number: u128) -> Action {
    let slab = Slab {
        from_credits: 1,
        price_per_credit: 1.into(),
    };
    Action::AttemptRecharge(Box::new(RechargeAttempt {
        purchase_id: purchase_id(number),
        prices: vec![PriceList::new(Currency::USD, vec![slab], 10, 2_000).unwrap()],
        livemode: false,
        success_url: "https://platform.test/done".to_owned(),
        cancel_url: "https://platform.test/back".to_owned(),
    }))
}

/// The payment of a recharge; without a decline it went through.
fn payment(id: &AccountId, number: u128, declined: Option<Decline>) -> Vec<Evidence> {
    let charged = Charged {
        amount_minor: 900,
        currency: "usd".to_owned(),
        livemode: false,
        account_id: Some(id.to_string()),
    };
    let paid = declined.is_none();
    vec![Evidence::PaymentIntent(PaymentIntentSnapshot {
        id: format!("pi_{number}"),
        state: if paid {
            PaymentIntentState::Succeeded
        } else {
            PaymentIntentState::Failed
        },
        observed_at: at(NOON),
        purchase_id: Some(purchase_id(number).to_string()),
        receipt_url: None,
        charged: paid.then_some(charged),
        decline: declined,
    })]
}

async fn stored(db: &TestDatabase, id: &AccountId) -> AutoRecharge {
    db.store.recharge(id).await.unwrap().unwrap()
}

/// Carries out what changes an auto-recharge, and sees that it is stored as it was decided.
async fn change(db: &TestDatabase, id: &AccountId, action: Action) -> AutoRecharge {
    let outcome = decide(&db.store, command(id, action), at(NOON)).await;
    let Outcome::RechargeChanged { recharge, .. } = outcome.unwrap() else {
        panic!("nothing was changed");
    };
    assert_eq!(*recharge, stored(db, id).await);
    *recharge
}

async fn due(db: &TestDatabase, now: Instant) -> Vec<String> {
    let due = db.store.recharges_due(now, 10).await.unwrap();
    due.iter().map(ToString::to_string).collect()
}

on_both_engines! {
    async fn what_is_set_and_saved_comes_back(db: TestDatabase) {
        let id = account("user-1");
        assert_eq!(db.store.recharge(&id).await.unwrap(), None);
        change(&db, &id, Action::ConfigureRecharge(settings(Amount::Fixed(900)))).await;
        let up_to = settings(Amount::UpTo(credits("900.5")));
        let set = change(&db, &id, Action::ConfigureRecharge(up_to.clone())).await;
        assert_eq!(set.settings, Some(up_to));
        change(&db, &id, Action::ChangeCard(CardChange::Customer("cus_0".to_owned()))).await;
        let saved = change(&db, &id, Action::ChangeCard(card("a"))).await;
        assert_eq!(saved.usable_card().unwrap().payment_method_id, "pm_a");
        assert_eq!(db.store.owners_of_card("pm_a").await.unwrap(), std::slice::from_ref(&id));
        assert_eq!(db.store.owners_of_card("pm_b").await.unwrap(), []);
        let gone = CardChange::CustomerGone { customer_id: "cus_1".to_owned() };
        let removed = change(&db, &id, Action::ChangeCard(gone)).await;
        assert_eq!((removed.customer_id.clone(), removed.suspension), (None, Some(Suspension::CardRemoved)));
    }

    async fn an_account_that_runs_low_is_found_and_one_that_does_not_is_not(db: TestDatabase) {
        for name in ["user-1", "user-2", "user-3"] {
            let id = account(name);
            decide(&db.store, adjust(&id, "200", None), at(NOON)).await.unwrap();
            if name != "user-3" {
                change(&db, &id, Action::ConfigureRecharge(settings(Amount::Fixed(900)))).await;
                change(&db, &id, Action::ChangeCard(card(name))).await;
            }
        }
        assert_eq!(due(&db, at(NOON)).await, [""; 0]);
        for name in ["user-1", "user-3"] {
            decide(&db.store, debit(&account(name), "99.500001", "backtesting", "r-1"), at(NOON)).await.unwrap();
        }
        assert_eq!(due(&db, at(NOON)).await, ["user-1"]);
        // What is given ends a year later, and that is looked at when it does.
        assert_eq!(due(&db, at("2027-03-01T12:00:00Z")).await, ["user-1", "user-2"]);
        decide(&db.store, adjust(&account("user-1"), "1", None), at(NOON)).await.unwrap();
        assert_eq!(due(&db, at(NOON)).await, [""; 0]);
    }

    async fn a_recharge_is_counted_with_its_purchase_and_granted_once(db: TestDatabase) {
        let id = account("user-1");
        change(&db, &id, Action::ConfigureRecharge(settings(Amount::Fixed(900)))).await;
        change(&db, &id, Action::ChangeCard(card("a"))).await;
        assert_eq!(due(&db, at(NOON)).await, ["user-1"]);
        let opened = decide(&db.store, command(&id, attempt(1)), at(NOON)).await.unwrap();
        let purchase = db.store.purchase(&id, purchase_id(1)).await.unwrap().unwrap();
        assert_eq!(opened, Outcome::RechargeOpened(purchase));
        let counted = stored(&db, &id).await;
        assert_eq!((counted.attempts, counted.open_attempt().unwrap().purchase_id), (1, purchase_id(1)));
        assert_eq!(due(&db, at(NOON)).await, [""; 0]);

        for _ in 0..2 {
            decide(&db.store, evidence(&id, 1, payment(&id, 1, None)), at(NOON)).await.unwrap();
        }
        let paid = db.store.purchase(&id, purchase_id(1)).await.unwrap().unwrap();
        assert_eq!((paid.status, paid.posted), (PurchaseStatus::Paid, credits("900")));
        let after = stored(&db, &id).await;
        assert_eq!(after.attempt.unwrap().state, AttemptState::Over);
        assert_eq!((after.spending.amount_minor, after.spending.notice), (900, Some(CapNotice::Ninety)));
        let report = verify(&db.store).await.unwrap();
        assert!(report.violations.is_empty(), "{:?}", report.violations);
    }

    async fn why_a_card_was_declined_comes_back(db: TestDatabase) {
        let id = account("user-1");
        change(&db, &id, Action::ConfigureRecharge(settings(Amount::Fixed(900)))).await;
        change(&db, &id, Action::ChangeCard(card("a"))).await;
        decide(&db.store, command(&id, attempt(1)), at(NOON)).await.unwrap();
        let decline = Decline { code: "lost_card".to_owned(), advice: Some(Advice::DoNotTryAgain) };
        let declined = payment(&id, 1, Some(decline.clone()));
        let settled = decide(&db.store, evidence(&id, 1, declined), at(NOON)).await.unwrap();
        let Outcome::PurchaseSettled { purchase, .. } = settled else { panic!("{settled:?}") };
        assert_eq!(db.store.purchase(&id, purchase_id(1)).await.unwrap(), Some(purchase.clone()));
        assert_eq!((purchase.status, purchase.decline()), (PurchaseStatus::Failed, Some(&decline)));
        let after = stored(&db, &id).await;
        assert_eq!(after.last_failure.unwrap().decline, decline);
        assert_eq!(after.suspension, Some(Suspension::CardRefused));
        assert_eq!(due(&db, Instant::MAX).await, [""; 0]);
    }
}
