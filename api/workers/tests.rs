//! The workers as a whole: what they bring about by themselves, and that they end when asked.

use std::time::Duration;

use ledger::command::{Action, Adjustment};
use ledger::credits::Credits;
use ledger::ids::AccountId;
use ledger::notice::REMINDER_DAYS;
use ledger::purchase::PurchaseStatus;
use serde_json::json;
use tokio::time::{Instant, timeout};

use super::expiry::forfeit_once;
use super::reconciliation::sweep_once;
use super::reminders::remind_once;
use super::*;
use crate::payments::bench::Bench;
use crate::payments::inbox::work_inbox_once;

fn bought() -> Credits {
    Credits::from_whole(550).unwrap()
}

/// Nobody asks it to stop as long as the sender lives.
fn stopping() -> (watch::Sender<bool>, Stopping) {
    let (sender, stopped) = watch::channel(false);
    (sender, Stopping::new(stopped))
}

async fn start(bench: &Bench, inbox_bell: Arc<Notify>) -> Workers {
    let rates = Rates::load(&bench.payments.store).await.unwrap();
    start_with(bench, inbox_bell, &rates)
}

fn start_with(bench: &Bench, inbox_bell: Arc<Notify>, rates: &Rates) -> Workers {
    let payments = &bench.payments;
    Workers::start(Work {
        payments,
        dispatch: &Dispatch {
            store: payments.store.clone(),
            writer: payments.writer.clone(),
            clock: payments.clock.clone(),
            mailer: None,
            webhooks: None,
        },
        rates,
        watchers: &Watchers::default(),
        inbox_bell,
        reminder_days: REMINDER_DAYS.to_vec(),
    })
}

async fn ordered_faults(bench: &Bench) -> usize {
    let state = bench.fetch("/_sandbox/state").await;
    state["faults"].as_array().unwrap().len()
}

async fn balance_becomes(bench: &Bench, credits: Credits) {
    let reached = async {
        while bench.balance().await != credits {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(10), reached).await.unwrap();
}

#[tokio::test]
async fn a_stored_event_is_worked_off_when_the_bell_rings() {
    let bench = Bench::start().await;
    let bell = Arc::new(Notify::new());
    let workers = start(&bench, Arc::clone(&bell)).await;
    let purchase = bench.open_at_stripe().await;
    bench.pay(&purchase).await;
    for event in bench.events().await {
        bench.receive(&event).await;
    }
    bell.notify_one();
    balance_becomes(&bench, bought()).await;
    workers.stop().await;
}

#[tokio::test]
async fn with_every_webhook_lost_the_sweep_brings_the_credits() {
    let bench = Bench::start().await;
    let purchase = bench.open_at_stripe().await;
    bench.pay(&purchase).await;
    bench.wait(15 * 60);
    let workers = start(&bench, Arc::new(Notify::new())).await;
    balance_becomes(&bench, bought()).await;
    workers.stop().await;
}

#[tokio::test]
async fn one_sweep_settles_all_that_is_due_and_leaves_nothing_due() {
    let bench = Bench::start().await;
    let (_sender, stopping) = stopping();
    let paid = bench.open_at_stripe().await;
    bench.pay(&paid).await;
    let unpaid = bench.open_at_stripe().await;
    let unmade = bench.open().await;
    let refused = bench.open_priced(10).await;
    bench.wait(60);
    let pass = sweep_once(&bench.payments, &stopping).await.unwrap();
    assert_eq!((pass.settled, pass.is_full), (4, false));
    for (purchase, status) in [
        (paid, PurchaseStatus::Paid),
        (unpaid, PurchaseStatus::Open),
        (unmade, PurchaseStatus::Open),
        (refused, PurchaseStatus::Failed),
    ] {
        assert_eq!(bench.now_known(&purchase).await.status, status);
    }
    let due = bench.payments.store.purchases_due(bench.clock.now(), 10);
    assert_eq!(due.await.unwrap().len(), 0);
}

#[tokio::test]
async fn whichever_event_is_lost_the_end_is_the_same() {
    let bench = Bench::start().await;
    let (_sender, stopping) = stopping();
    let mut expected = Credits::ZERO;
    let mut seen = 0;
    let mut lost = 0;
    loop {
        let purchase = bench.open_at_stripe().await;
        bench.pay(&purchase).await;
        let events = bench.events().await.split_off(seen);
        seen = seen.checked_add(events.len()).unwrap();
        for (number, event) in events.iter().enumerate() {
            if number != lost {
                bench.receive(event).await;
            }
        }
        while work_inbox_once(&bench.payments).await.unwrap() > 0 {}
        bench.wait(15 * 60);
        sweep_once(&bench.payments, &stopping).await.unwrap();
        expected = expected.checked_add(bought()).unwrap();
        assert_eq!(bench.balance().await, expected, "without {}", events[lost]);
        let known = bench.now_known(&purchase).await;
        assert_eq!(known.status, PurchaseStatus::Paid);
        lost = lost.checked_add(1).unwrap();
        if lost == events.len() {
            return;
        }
    }
}

#[tokio::test]
async fn what_stripe_did_not_answer_stays_due() {
    let bench = Bench::start().await;
    let (_sender, stopping) = stopping();
    bench.open_at_stripe().await;
    bench.wait(60);
    bench.spoil(json!([{ "status": 429 }])).await;
    let pass = sweep_once(&bench.payments, &stopping).await.unwrap();
    assert_eq!(pass.settled, 0);
    let pass = sweep_once(&bench.payments, &stopping).await.unwrap();
    assert_eq!(pass.settled, 1);
}

#[tokio::test]
async fn a_stop_waits_for_nothing_that_hangs() {
    let bench = Bench::start().await;
    bench.open_at_stripe().await;
    bench.wait(60);
    bench.spoil(json!([{ "status": "timeout" }])).await;
    let workers = start(&bench, Arc::new(Notify::new())).await;
    while ordered_faults(&bench).await > 0 {
        tokio::task::yield_now().await;
    }
    let asked = Instant::now();
    workers.stop().await;
    assert!(asked.elapsed() < LONGEST_STOP + Duration::from_secs(1));
}

#[tokio::test]
async fn the_rates_are_read_by_a_worker() {
    let bench = Bench::start().await;
    let rates = Rates::unread(&bench.payments.store);
    let workers = start_with(&bench, Arc::new(Notify::new()), &rates);
    let read = async {
        while rates.book().operations().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(5), read).await.unwrap();
    workers.stop().await;
}

#[tokio::test]
async fn idle_workers_stop_at_once() {
    let bench = Bench::start().await;
    let workers = start(&bench, Arc::new(Notify::new())).await;
    tokio::task::yield_now().await;
    timeout(Duration::from_secs(1), workers.stop())
        .await
        .unwrap();
}

const DAY: i64 = 24 * 3_600;

/// Gives the buyer a credit that ends after so long.
async fn give_for(bench: &Bench, seconds: i64) {
    let given = Adjustment {
        credits: Credits::from_whole(1).unwrap(),
        reason: "for a test".to_owned(),
        actor: "admin-1".to_owned(),
        expires_at: bench.clock.now().plus_seconds(seconds),
    };
    bench.command(Action::Adjust(given)).await;
}

async fn notices(bench: &Bench) -> usize {
    let buyer = AccountId::parse("user|1").unwrap();
    let notices = bench.payments.store.notices(&buyer, None, 100).await;
    notices.unwrap().len()
}

#[tokio::test]
async fn what_a_stopped_pass_left_of_the_ends_of_lots_is_booked_by_a_later_one() {
    let bench = Bench::start().await;
    give_for(&bench, 60).await;
    bench.wait(60);
    let (sender, asked) = stopping();
    sender.send(true).unwrap();
    assert_eq!(forfeit_once(&bench.payments, &asked).await.unwrap(), 0);
    bench.wait(DAY);
    let (_sender, stopping) = stopping();
    assert_eq!(forfeit_once(&bench.payments, &stopping).await.unwrap(), 1);
    assert_eq!(
        notices(&bench).await,
        3,
        "given, expired once, and a low balance"
    );
    bench.wait(DAY);
    assert_eq!(forfeit_once(&bench.payments, &stopping).await.unwrap(), 0);
}

#[tokio::test]
async fn what_a_stopped_pass_left_of_the_reminders_is_told_by_a_later_one() {
    let bench = Bench::start().await;
    let remind = async |stopping: &Stopping| {
        let told = remind_once(&bench.payments, 30, &REMINDER_DAYS, stopping);
        told.await.unwrap()
    };
    give_for(&bench, 40 * DAY).await;
    bench.wait(11 * DAY);
    let (sender, asked) = stopping();
    sender.send(true).unwrap();
    assert_eq!(remind(&asked).await, 0);
    bench.wait(DAY);
    let (_sender, stopping) = stopping();
    assert_eq!(remind(&stopping).await, 1);
    assert_eq!(notices(&bench).await, 2, "given, and reminded once");
    bench.wait(DAY);
    assert_eq!(remind(&stopping).await, 0);
}
