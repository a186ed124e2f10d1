//! A purchase from its opening to its credits, with Stripe well, ill, silent or wrong.

use std::sync::Arc;

use ledger::command::Outcome;
use ledger::credits::Credits;
use ledger::purchase::{PurchaseStatus, ReviewReason};
use ledger::rejection::Rejection;
use ledger::replay::{Key, KeyId};
use serde_json::json;

use super::bench::Bench;
use super::*;
use crate::store::StoredAnswer;
use crate::writer::Render;

fn bought() -> Credits {
    Credits::from_whole(550).unwrap()
}

fn key(bench_key: u8, purchase: &ledger::purchase::Purchase) -> Key {
    Key {
        id: KeyId {
            owner: purchase.terms.account_id.clone(),
            digest: [bench_key; 16],
        },
        fingerprint: [1; 16],
    }
}

fn render() -> Render {
    Arc::new(|decision: &Result<Outcome, Rejection>| match decision {
        Ok(Outcome::SessionRecorded(purchase)) => Some(StoredAnswer {
            status: 201,
            body: purchase.session_url.clone().unwrap().into_bytes(),
        }),
        Ok(_) => None,
        Err(_) => Some(StoredAnswer {
            status: 409,
            body: Vec::new(),
        }),
    })
}

#[tokio::test]
async fn the_session_is_recorded_with_the_answer_under_the_key() {
    let bench = Bench::start().await;
    let opened = bench.open().await;
    let key = key(1, &opened);
    let first = bench
        .payments
        .ensure_session(opened.clone(), Some(key.clone()), Some(render()))
        .await
        .unwrap();
    assert!(!first.replayed);
    let known = bench.now_known(&opened).await;
    assert_eq!(known.status, PurchaseStatus::Open);
    assert_eq!(
        first.answer.as_ref().unwrap().body,
        known.session_url.clone().unwrap().into_bytes()
    );
    let again = bench
        .payments
        .ensure_session(known, Some(key), Some(render()))
        .await
        .unwrap();
    assert!(again.replayed);
    assert_eq!(again.answer, first.answer);
    assert_eq!(bench.sessions().await.len(), 1);
}

#[tokio::test]
async fn a_known_session_is_recorded_again_without_a_call() {
    let bench = Bench::start().await;
    let purchase = bench.open_at_stripe().await;
    bench.spoil(json!([{ "status": "close_before" }])).await;
    let written = bench
        .payments
        .ensure_session(purchase, None, None)
        .await
        .unwrap();
    assert!(matches!(written.decision, Ok(Outcome::SessionRecorded(_))));
}

#[tokio::test]
async fn while_stripe_is_away_the_purchase_waits_and_the_sweep_makes_up_for_it() {
    let bench = Bench::start().await;
    let opened = bench.open().await;
    bench.spoil(json!([{ "status": "close_after" }])).await;
    let lost = bench
        .payments
        .ensure_session(opened.clone(), None, None)
        .await;
    assert!(matches!(lost, Err(PaymentsError::StripeUnavailable { .. })));
    let waiting = bench.now_known(&opened).await;
    assert_eq!(waiting.status, PurchaseStatus::Created);
    let refreshed = bench.payments.refresh(&waiting).await.unwrap();
    assert_eq!(refreshed.status, PurchaseStatus::Open);
    assert_eq!(bench.sessions().await.len(), 1);
    assert!(refreshed.next_check_at.unwrap() > bench.clock.now());
}

#[tokio::test]
async fn a_purchase_stripe_refuses_is_abandoned() {
    let bench = Bench::start().await;
    // Less than Stripe takes in one payment.
    let opened = bench.open_priced(10).await;
    let refused = bench
        .payments
        .ensure_session(opened.clone(), None, None)
        .await;
    assert!(matches!(refused, Err(PaymentsError::StripeRefused { .. })));
    let known = bench.now_known(&opened).await;
    assert_eq!(known.status, PurchaseStatus::Failed);
    assert_eq!(known.next_check_at, None);
}

#[tokio::test]
async fn a_purchase_too_old_for_the_same_call_is_abandoned_unasked() {
    let bench = Bench::start().await;
    let mut opened = bench.open().await;
    let later = bench.wait(20 * 3_600);
    // As if its session could still be opened.
    opened.request.expires_at = later.plus_seconds(3 * 3_600).unwrap();
    let refreshed = bench.payments.refresh(&opened).await.unwrap();
    assert_eq!(refreshed.status, PurchaseStatus::Failed);
    let short = bench.open().await;
    bench.wait(12 * 3_600 - 31 * 60);
    let refreshed = bench.payments.refresh(&short).await.unwrap();
    assert_eq!(refreshed.status, PurchaseStatus::Failed);
    assert_eq!(bench.sessions().await.len(), 0);
}

#[tokio::test]
async fn with_no_event_at_all_the_question_brings_the_credits_once() {
    let bench = Bench::start().await;
    let purchase = bench.open_at_stripe().await;
    let open = bench.payments.refresh(&purchase).await.unwrap();
    assert_eq!(open.status, PurchaseStatus::Open);
    assert_eq!(bench.balance().await, Credits::ZERO);
    bench.pay(&purchase).await;
    for _ in 0..3 {
        let paid = bench.payments.refresh(&purchase).await.unwrap();
        assert_eq!(paid.status, PurchaseStatus::Paid);
        assert_eq!(paid.next_check_at, None);
        assert_eq!(bench.balance().await, bought());
    }
}

#[tokio::test]
async fn thirty_ways_in_at_once_grant_once() {
    let bench = Bench::start().await;
    let purchase = bench.open_at_stripe().await;
    bench.pay(&purchase).await;
    let asked = futures_util::future::join_all((0..30).map(|_| bench.payments.refresh(&purchase)));
    for answer in asked.await {
        assert_eq!(answer.unwrap().status, PurchaseStatus::Paid);
    }
    assert_eq!(bench.balance().await, bought());
}

#[tokio::test]
async fn a_delayed_payment_that_failed_is_seen_without_an_event() {
    let bench = Bench::start().await;
    let purchase = bench.open_at_stripe().await;
    bench.submit(&purchase, &[("method", "delayed")]).await;
    let waiting = bench.payments.refresh(&purchase).await.unwrap();
    assert_eq!(waiting.status, PurchaseStatus::AwaitingFunds);
    bench.wait(2);
    bench.settle_delayed(&purchase, "failed").await;
    let failed = bench.payments.refresh(&purchase).await.unwrap();
    assert_eq!(failed.status, PurchaseStatus::Failed);
    assert_eq!(bench.balance().await, Credits::ZERO);
}

#[tokio::test]
async fn a_session_with_another_amount_is_for_review() {
    let bench = Bench::start().await;
    let mut purchase = bench.open().await;
    purchase.terms.price.amount_minor = 2_400;
    let written = bench
        .payments
        .ensure_session(purchase.clone(), None, None)
        .await
        .unwrap();
    let Ok(Outcome::SessionRecorded(purchase)) = written.decision else {
        panic!("{written:?}");
    };
    bench.pay(&purchase).await;
    let settled = bench.payments.refresh(&purchase).await.unwrap();
    assert_eq!(settled.status, PurchaseStatus::Review);
    assert_eq!(settled.review, Some(ReviewReason::AmountMismatch));
    assert_eq!(bench.balance().await, Credits::ZERO);
}

#[tokio::test]
async fn a_purchase_given_up_stays_given_up() {
    let bench = Bench::start().await;
    let opened = bench.open().await;
    let abandoned = bench.payments.abandon(&opened).await.unwrap();
    let asked = bench.payments.refresh(&abandoned).await.unwrap();
    assert_eq!(asked, abandoned);
    assert_eq!(bench.sessions().await.len(), 0);
}

#[tokio::test]
async fn the_key_of_the_other_mode_makes_and_asks_nothing() {
    let mut bench = Bench::start().await;
    let known = bench.open_at_stripe().await;
    let unknown = bench.open().await;
    bench.pay(&known).await;
    bench.payments.livemode = true;
    let later = bench.payments.refresh(&known).await.unwrap();
    assert_eq!(later.status, PurchaseStatus::Open);
    let refused = bench
        .payments
        .ensure_session(unknown.clone(), None, None)
        .await;
    assert!(matches!(refused, Err(PaymentsError::StripeRefused { .. })));
    assert_eq!(
        bench.now_known(&unknown).await.status,
        PurchaseStatus::Failed
    );
    assert_eq!(bench.sessions().await.len(), 1);
}

#[tokio::test]
async fn a_session_stripe_does_not_show_is_asked_for_later() {
    let bench = Bench::start().await;
    let mut purchase = bench.open_at_stripe().await;
    purchase.terms.session_id = Some("cs_test_gone".to_owned());
    bench.wait(120);
    let later = bench.payments.refresh(&purchase).await.unwrap();
    assert!(later.next_check_at.unwrap() > bench.clock.now());
}
