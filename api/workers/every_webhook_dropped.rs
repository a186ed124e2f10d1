//! With every webhook dropped: a thousand buyers pay, and no event comes. The sweep alone brings all of
//! them their credits within a quarter of an hour, and so does Stripe's list of events alone.

use futures_util::{StreamExt, stream};
use ledger::credits::Credits;
use ledger::purchase::{Purchase, PurchaseStatus};
use tokio::sync::watch;

use super::reconciliation::sweep_once;
use crate::payments::bench::Bench;
use crate::payments::event_list::catch_up_once;
use crate::payments::inbox::work_inbox_once;
use crate::stopping::Stopping;

const BUYERS: usize = 1_000;
/// As often as the timers of the sweep and of the list ring.
const TICK_SECONDS: i64 = 30;
/// Fifty buyers come with every tick.
const BUYERS_A_TICK: usize = 50;
const LATEST_SECONDS: i64 = 15 * 60;
const AT_ONCE: usize = 16;

/// Which worker there is. There is no other.
#[derive(Clone, Copy, Debug)]
enum Worker {
    Sweep,
    EventList,
}

struct Buyer {
    name: String,
    purchase: Purchase,
    /// Some pay at once, and some sit on the pay page for ten minutes.
    pays_at: usize,
}

#[tokio::test]
async fn the_sweep_alone_credits_a_thousand_purchases_within_fifteen_minutes() {
    all_are_credited_by(Worker::Sweep).await;
}

#[tokio::test]
async fn the_list_of_events_alone_credits_a_thousand_purchases_within_fifteen_minutes() {
    all_are_credited_by(Worker::EventList).await;
}

async fn all_are_credited_by(worker: Worker) {
    let bench = Bench::start().await;
    let mut buyers: Vec<Buyer> = Vec::new();
    let began = bench.clock.now();
    let mut tick = 0;
    let mut last = tick + 1;
    while tick <= last {
        worker.ring(&bench).await;
        if buyers.len() < BUYERS {
            buyers.extend(come(&bench, buyers.len(), tick).await);
            let pays_at = buyers.iter().map(|buyer| buyer.pays_at);
            let rest = usize::try_from(LATEST_SECONDS / TICK_SECONDS).unwrap();
            last = pays_at.max().unwrap_or(0) + rest;
        }
        stream::iter(buyers.iter().filter(|buyer| buyer.pays_at == tick))
            .for_each_concurrent(AT_ONCE, |buyer| bench.pay(&buyer.purchase))
            .await;
        bench.pass(TICK_SECONDS).await;
        tick += 1;
    }
    let mut latest = 0;
    for buyer in &buyers {
        let known = bench.now_known(&buyer.purchase).await;
        assert_eq!(known.status, PurchaseStatus::Paid, "{}", buyer.name);
        let bought = Credits::from_whole(550).unwrap();
        assert_eq!(bench.balance_of(&buyer.name).await, bought);
        let paid_after = TICK_SECONDS * i64::try_from(buyer.pays_at).unwrap();
        let credited_after = known.paid_at.unwrap().seconds_since(began);
        latest = latest.max(credited_after - paid_after);
    }
    let count = buyers.len();
    println!(
        "{worker:?}: {count} purchases without a webhook, the latest credited after {latest} s"
    );
    assert_eq!(count, BUYERS);
    assert!(latest <= LATEST_SECONDS, "{latest} s");
}

async fn come(bench: &Bench, known: usize, tick: usize) -> Vec<Buyer> {
    let names = (known..known + BUYERS_A_TICK).map(|number| (number, format!("buyer|{number}")));
    stream::iter(names)
        .map(|(number, name)| async move {
            Buyer {
                purchase: bench.open_at_stripe_for(&name).await,
                name,
                pays_at: tick + number % 20,
            }
        })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await
}

impl Worker {
    /// What the worker does when its timer rings.
    async fn ring(self, bench: &Bench) {
        let payments = &bench.payments;
        match self {
            Worker::Sweep => {
                let (_sender, stopped) = watch::channel(false);
                let stopping = Stopping::new(stopped);
                loop {
                    let pass = sweep_once(payments, &stopping).await.unwrap();
                    if !pass.is_full || pass.settled == 0 {
                        return;
                    }
                }
            }
            Worker::EventList => {
                catch_up_once(payments).await.unwrap();
                while work_inbox_once(payments).await.unwrap() > 0 {}
            }
        }
    }
}
