//! Purchases and what Stripe says of them, through the store: every state, every reason and every
//! kind of fact comes back as it went in.

use credits::store::{Basis, Decided, Loaded, Store, StoreError, Wanted};
use ledger::command::{Action, Outcome};
use ledger::ids::AccountId;
use ledger::purchase::{
    Evidence, PaymentIntentState, Purchase, PurchaseStatus, ReviewReason, SessionState,
};

use crate::support::decisions::{
    account, at, buy, command, credits, decide, evidence, intent, key, open, purchase_id, record,
    session, try_decide,
};

const NOON: &str = "2026-03-01T12:00:00Z";

async fn change(store: &Store, id: &AccountId, change: &(dyn Fn(&mut Purchase) + Send + Sync)) {
    let wanted = Wanted {
        accounts: [id.clone()].into(),
        purchases: [purchase_id(1)].into(),
        ..Wanted::default()
    };
    let write = |mut loaded: Loaded| {
        let state = loaded.state.accounts.get_mut(id).unwrap();
        let mut purchase = state.purchases[&purchase_id(1)].clone();
        change(&mut purchase);
        state.change_purchase(purchase);
        let state = loaded.state;
        let decided = Decided {
            state,
            keys: Vec::new(),
        };
        Ok((decided, ()))
    };
    store
        .write(&wanted, Basis::Stored, at(NOON), &write)
        .await
        .unwrap();
}

async fn read(store: &Store, id: &AccountId) -> Purchase {
    store.purchase(id, purchase_id(1)).await.unwrap().unwrap()
}

on_both_engines! {
    async fn a_purchase_is_opened_tied_paid_and_read_at_every_step(db: TestDatabase) {
        let id = account("user-1");
        let opened = decide(&db.store, open(&id, 1), at(NOON)).await.unwrap();
        assert_eq!(opened, Outcome::PurchaseOpened(read(&db.store, &id).await));
        let recorded = decide(&db.store, record(&id, 1), at(NOON)).await.unwrap();
        assert_eq!(recorded, Outcome::SessionRecorded(read(&db.store, &id).await));
        let paid = vec![Evidence::Session(session(&id, 1, SessionState::CompletePaid))];
        let settled = decide(&db.store, evidence(&id, 1, paid.clone()), at(NOON)).await.unwrap();
        let Outcome::PurchaseSettled { purchase, granted: Some(entry), .. } = settled else {
            panic!("nothing was granted");
        };
        assert_eq!(purchase, read(&db.store, &id).await);
        assert_eq!(purchase.status, PurchaseStatus::Paid);
        assert_eq!(entry.body.amount, credits("1050"));
        let lots = db.store.lots(&id, at(NOON), None, 10).await.unwrap();
        assert_eq!(lots.len(), 2, "what was bought, and its bonus");
        assert!(lots.iter().all(|lot| lot.purchase_id == Some(purchase_id(1))));

        let again = decide(&db.store, evidence(&id, 1, paid), at(NOON)).await.unwrap();
        assert!(matches!(again, Outcome::PurchaseSettled { granted: None, .. }));
        let balance = db.store.holdings(&id, at(NOON)).await.unwrap().account.clone().unwrap().balance;
        assert_eq!(balance, credits("1050"));
    }

    async fn an_unanswered_key_leads_back_to_its_purchase(db: TestDatabase) {
        let id = account("user-1");
        let mut first = open(&id, 1);
        first.key = Some(key("user-1", 1));
        let opened = decide(&db.store, first.clone(), at(NOON)).await.unwrap();
        assert_eq!(decide(&db.store, first.clone(), at(NOON)).await, Ok(opened));
        let mut tied = record(&id, 1);
        tied.key = Some(key("user-1", 1));
        decide(&db.store, tied, at(NOON)).await.unwrap();
        assert_eq!(decide(&db.store, first, at(NOON)).await, Ok(Outcome::AnsweredBefore));
    }

    async fn two_purchases_cannot_have_one_session(db: TestDatabase) {
        let id = account("user-1");
        for number in [1, 2] {
            decide(&db.store, open(&id, number), at(NOON)).await.unwrap();
        }
        decide(&db.store, record(&id, 1), at(NOON)).await.unwrap();
        let mut second = record(&id, 2);
        let Action::RecordSession(session) = &mut second.action else { unreachable!() };
        session.session_id = "cs_1".to_owned();
        let error = try_decide(&db.store, &second, at(NOON)).await.unwrap_err();
        assert!(matches!(error, StoreError::Conflict(_)), "{error:?}");
        let unchanged = db.store.purchase(&id, purchase_id(2)).await.unwrap().unwrap();
        assert_eq!(unchanged.terms.session_id, None);
    }

    async fn an_abandoned_purchase_has_failed(db: TestDatabase) {
        let id = account("user-1");
        decide(&db.store, open(&id, 1), at(NOON)).await.unwrap();
        let abandon = command(&id, Action::AbandonPurchase(purchase_id(1)));
        decide(&db.store, abandon, at(NOON)).await.unwrap();
        let failed = read(&db.store, &id).await;
        assert_eq!((failed.status, failed.next_check_at), (PurchaseStatus::Failed, None));
    }

    async fn facts_come_back_as_they_went_in(db: TestDatabase) {
        let id = account("user-1");
        decide(&db.store, open(&id, 1), at(NOON)).await.unwrap();
        let mut all = Vec::new();
        for state in [
            SessionState::Open,
            SessionState::Expired,
            SessionState::CompleteUnpaid,
            SessionState::CompletePaymentFailed,
            SessionState::CompleteUnknown,
            SessionState::CompleteNoPaymentRequired,
            SessionState::CompletePaid,
        ] {
            let mut snapshot = session(&id, 1, state);
            snapshot.id = format!("cs_{state:?}");
            snapshot.livemode = state == SessionState::CompletePaid;
            all.push(Evidence::Session(snapshot.clone()));
            snapshot.id = format!("cs_{state:?}_empty");
            snapshot.amount_total_minor = None;
            snapshot.currency = None;
            snapshot.client_reference_id = None;
            snapshot.metadata_purchase_id = None;
            snapshot.metadata_account_id = None;
            snapshot.payment_intent_id = None;
            all.push(Evidence::Session(snapshot));
        }
        for state in [
            PaymentIntentState::AwaitingCustomer,
            PaymentIntentState::Processing,
            PaymentIntentState::Failed,
            PaymentIntentState::Canceled,
            PaymentIntentState::Succeeded,
        ] {
            let mut snapshot = intent(1, state, "2026-03-01T12:00:00.000001Z");
            snapshot.id = format!("pi_{state:?}");
            all.push(Evidence::PaymentIntent(snapshot.clone()));
            snapshot.id = format!("pi_{state:?}_empty");
            snapshot.purchase_id = None;
            all.push(Evidence::PaymentIntent(snapshot));
        }
        change(&db.store, &id, &|purchase| {
            for one in &all {
                purchase.facts.merge(one.clone());
            }
        }).await;
        let facts = read(&db.store, &id).await.facts;
        assert_eq!((facts.sessions.len(), facts.payment_intents.len()), (14, 10));
        let mut expected = ledger::purchase::Facts::default();
        for one in all {
            expected.merge(one);
        }
        assert_eq!(facts, expected);
    }

    async fn every_status_and_every_reason_for_review_comes_back(db: TestDatabase) {
        use PurchaseStatus::{AwaitingFunds, Created, Expired, Failed, Open, Paid, Review};
        use ReviewReason as Why;
        let id = account("user-1");
        decide(&db.store, open(&id, 1), at(NOON)).await.unwrap();
        for status in [Created, Open, AwaitingFunds, Paid, Expired, Failed, Review] {
            change(&db.store, &id, &|purchase| purchase.status = status).await;
            assert_eq!(read(&db.store, &id).await.status, status);
        }
        for review in [
            None,
            Some(Why::DuplicatePayment),
            Some(Why::ModeMismatch),
            Some(Why::PurchaseMismatch),
            Some(Why::AccountMismatch),
            Some(Why::SessionMismatch),
            Some(Why::CurrencyMismatch),
            Some(Why::AmountMismatch),
            Some(Why::NoPaymentRequiredForPricedPurchase),
            Some(Why::UnknownPaymentStatus),
            None,
        ] {
            change(&db.store, &id, &|purchase| purchase.review = review).await;
            assert_eq!(read(&db.store, &id).await.review, review);
        }
    }

    async fn what_a_purchase_no_longer_has_is_forgotten(db: TestDatabase) {
        let id = account("user-1");
        buy(&db.store, &id, 1, at(NOON)).await;
        change(&db.store, &id, &|purchase| {
            purchase.session_url = None;
            purchase.paid_at = None;
            purchase.next_check_at = None;
        }).await;
        let purchase = read(&db.store, &id).await;
        assert_eq!((purchase.session_url, purchase.paid_at), (None, None));
    }
}
