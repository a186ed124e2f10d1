//! Events in any order, number and shape: what becomes of the purchase, and of the event.

use ledger::credits::Credits;
use ledger::ids::PurchaseId;
use ledger::purchase::{Purchase, PurchaseStatus};
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::payments::bench::Bench;

fn bought() -> Credits {
    Credits::from_whole(550).unwrap()
}

/// Works until nothing is due; how many pieces of work that were.
async fn work(bench: &Bench) -> usize {
    let mut pieces = 0;
    loop {
        match work_inbox_once(&bench.payments).await.unwrap() {
            0 => return pieces,
            some => pieces = some.saturating_add(pieces),
        }
    }
}

async fn paid(bench: &Bench) -> (Purchase, Vec<Value>) {
    let purchase = bench.open_at_stripe().await;
    bench.pay(&purchase).await;
    (purchase, bench.events().await)
}

fn of_kind(events: &[Value], kind: &str) -> Value {
    let event = events.iter().find(|event| event["type"] == kind);
    event.unwrap_or_else(|| panic!("no {kind}")).clone()
}

async fn waiting(bench: &Bench) -> bool {
    let oldest = bench.payments.store.oldest_waiting_event().await;
    oldest.unwrap().is_some()
}

#[tokio::test]
async fn all_events_of_a_payment_in_either_order_and_twice_grant_once() {
    for reversed in [false, true] {
        let bench = Bench::start().await;
        let (purchase, mut events) = paid(&bench).await;
        if reversed {
            events.reverse();
        }
        for event in &events {
            assert!(bench.receive(event).await);
            assert!(!bench.receive(event).await, "stored twice");
            work(&bench).await;
        }
        assert_eq!(bench.balance().await, bought());
        let known = bench.now_known(&purchase).await;
        assert_eq!(known.status, PurchaseStatus::Paid);
        assert!(!waiting(&bench).await);
    }
}

#[tokio::test]
async fn two_events_with_one_fact_worked_on_together_grant_once() {
    let bench = Bench::start().await;
    let (_, events) = paid(&bench).await;
    let completed = of_kind(&events, "checkout.session.completed");
    for number in 0..20 {
        let mut copy = completed.clone();
        copy["id"] = json!(format!("evt_copy_{number}"));
        bench.receive(&copy).await;
    }
    let workers = (0..4).map(|_| work_inbox_once(&bench.payments));
    futures_util::future::join_all(workers).await;
    work(&bench).await;
    assert_eq!(bench.balance().await, bought());
    assert!(!waiting(&bench).await);
}

#[tokio::test]
async fn a_payment_or_a_charge_alone_grants_nothing_and_asks_soon() {
    let bench = Bench::start().await;
    let (purchase, events) = paid(&bench).await;
    bench.wait(3_600);
    for kind in ["payment_intent.succeeded", "charge.succeeded"] {
        bench.receive(&of_kind(&events, kind)).await;
        work(&bench).await;
    }
    assert_eq!(bench.balance().await, Credits::ZERO);
    let known = bench.now_known(&purchase).await;
    let next = known.next_check_at.unwrap();
    assert_eq!(next.seconds_since(bench.clock.now()), 60);
}

#[tokio::test]
async fn an_event_that_overtakes_our_own_call_is_matched() {
    let bench = Bench::start().await;
    let opened = bench.open().await;
    let made = bench.payments.stripe.create_session(&opened).await.unwrap();
    let mut at_stripe = opened.clone();
    at_stripe.terms.session_id = Some(made.id);
    bench.pay(&at_stripe).await;
    let events = bench.events().await;
    bench
        .receive(&of_kind(&events, "checkout.session.completed"))
        .await;
    work(&bench).await;
    assert_eq!(bench.balance().await, bought());
    let known = bench.now_known(&opened).await;
    let recorded = bench.payments.ensure_session(known, None, None).await;
    assert!(recorded.unwrap().decision.is_ok());
    assert_eq!(bench.now_known(&opened).await.status, PurchaseStatus::Paid);
}

#[tokio::test]
async fn a_delayed_payment_fails_or_pays_by_its_event() {
    for (outcome, status, balance) in [
        ("succeeded", PurchaseStatus::Paid, bought()),
        ("failed", PurchaseStatus::Failed, Credits::ZERO),
    ] {
        let bench = Bench::start().await;
        let purchase = bench.open_at_stripe().await;
        bench.submit(&purchase, &[("method", "delayed")]).await;
        let events = bench.events().await;
        bench
            .receive(&of_kind(&events, "checkout.session.completed"))
            .await;
        work(&bench).await;
        let known = bench.now_known(&purchase).await;
        assert_eq!(known.status, PurchaseStatus::AwaitingFunds);
        bench.settle_delayed(&purchase, outcome).await;
        let events = bench.events().await;
        let kind = format!("checkout.session.async_payment_{outcome}");
        bench.receive(&of_kind(&events, &kind)).await;
        work(&bench).await;
        assert_eq!(bench.now_known(&purchase).await.status, status);
        assert_eq!(bench.balance().await, balance);
    }
}

#[tokio::test]
async fn the_other_mode_and_other_accounts_are_none_of_ours() {
    let bench = Bench::start().await;
    let (_, events) = paid(&bench).await;
    let completed = of_kind(&events, "checkout.session.completed");
    let mut live = completed.clone();
    live["livemode"] = json!(true);
    let mut connected = completed.clone();
    connected["id"] = json!("evt_connected");
    connected["account"] = json!("acct_1");
    for event in [&live, &connected] {
        bench.receive(event).await;
    }
    assert_eq!(work(&bench).await, 2);
    assert_eq!(bench.balance().await, Credits::ZERO);
    assert!(!waiting(&bench).await);
}

#[tokio::test]
async fn an_event_without_its_purchase_is_tried_for_a_day() {
    let bench = Bench::start().await;
    let (_, events) = paid(&bench).await;
    let mut stray = of_kind(&events, "payment_intent.succeeded");
    let nobody = PurchaseId::from_uuid(Uuid::now_v7()).to_string();
    stray["data"]["object"]["metadata"]["purchase_id"] = json!(nobody);
    bench.receive(&stray).await;
    assert_eq!(work(&bench).await, 1);
    let mut attempts = 1;
    for _ in 0..86_400 / 300 {
        bench.wait(300);
        assert!(waiting(&bench).await, "after {attempts} attempts");
        attempts += work(&bench).await;
    }
    bench.wait(300);
    work(&bench).await;
    assert!(!waiting(&bench).await);
    assert!(attempts > 200, "{attempts}");
}

#[tokio::test]
async fn what_nobody_can_read_is_given_up_at_once() {
    let bench = Bench::start().await;
    let event = json!({
        "id": "evt_1", "type": "checkout.session.completed", "livemode": false, "created": 1,
        "data": { "object": { "object": "checkout.session" } },
    });
    bench.receive(&event).await;
    assert_eq!(work(&bench).await, 1);
    assert!(!waiting(&bench).await);
}

#[tokio::test]
async fn while_one_works_on_an_event_nobody_else_does_until_the_lease_ends() {
    let bench = Bench::start().await;
    let (_, events) = paid(&bench).await;
    bench
        .receive(&of_kind(&events, "checkout.session.completed"))
        .await;
    let store = &bench.payments.store;
    let now = bench.clock.now();
    let row = store.events_due(now, 1).await.unwrap().remove(0);
    let lease_end = now.plus_seconds(LEASE_SECONDS).unwrap();
    // Claimed by a process that dies.
    assert!(store.claim_event(&row, lease_end).await.unwrap());
    work_on(&bench.payments, &row).await.unwrap();
    assert_eq!(work(&bench).await, 0);
    assert_eq!(bench.balance().await, Credits::ZERO);
    bench.wait(LEASE_SECONDS);
    assert_eq!(work(&bench).await, 1);
    assert_eq!(bench.balance().await, bought());
}

#[test]
fn the_pauses_grow_to_five_minutes_and_stay() {
    let pauses: Vec<i64> = (0..11).map(pause_seconds).collect();
    assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    for attempts in [62, 63, 64, 65, 1_000, i32::MAX, -1] {
        assert!((1..=300).contains(&pause_seconds(attempts)), "{attempts}");
    }
}
