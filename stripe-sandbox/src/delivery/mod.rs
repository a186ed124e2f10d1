//! Delivering events until the receiver says 2xx; an event leaves the queue only after it has.

pub(crate) mod behaviour;
mod send;
mod sign;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::clock::wall_ms;
use crate::core::Core;
use crate::store::{Delivery, DeliveryKey, StoreError};
use behaviour::Behaviour;

pub(crate) use send::client;

/// Deliveries under way at once to one target: one that hangs must not hold up the others.
const CONCURRENCY: usize = 16;
/// How long a delivery holds back the next one: receivers see events in order unless one of them dawdles.
const HEAD_START: Duration = Duration::from_millis(100);
/// How long reordering collects events before it sends them backwards.
const COLLECT: Duration = Duration::from_millis(300);
/// How long the queue sleeps at most: a wake-up call can't be missed for longer.
const NAP_MS: i64 = 1_000;

/// The keys being delivered right now, so that none is started twice.
type UnderWay = Arc<Mutex<HashSet<DeliveryKey>>>;

/// Delivers until told to stop. What is under way then stays in the queue and is sent by the next run.
pub(crate) async fn run(
    core: Arc<Core>,
    client: reqwest::Client,
    mut stopped: watch::Receiver<bool>,
) {
    let hurried = core
        .write(None, |work| {
            let targets: Vec<&str> = work
                .targets
                .iter()
                .map(|target| target.url.as_str())
                .collect();
            work.tx.hurry_deliveries(work.wall_ms, &targets)
        })
        .await;
    if let Err(error) = hurried {
        let error: StoreError = error;
        tracing::error!(%error, "waiting deliveries could not be made due");
    }
    tokio::select! {
        () = deliver_for_ever(&core, &client) => {}
        _ = stopped.changed() => {}
    }
}

async fn deliver_for_ever(core: &Arc<Core>, client: &reqwest::Client) {
    let under_way = UnderWay::default();
    let mut running = JoinSet::new();
    loop {
        let (due, nap) = match due(core, &under_way).await {
            Ok(found) => found,
            Err(error) => {
                tracing::error!(%error, "the delivery queue can't be read");
                (Vec::new(), Duration::from_secs(1))
            }
        };
        if due.is_empty() {
            tokio::select! {
                () = core.deliveries.notified() => {}
                () = tokio::time::sleep(nap) => {}
            }
        }
        for (key, delivery) in due {
            locked(&under_way).insert(key.clone());
            let (core, client, under_way) =
                (Arc::clone(core), client.clone(), Arc::clone(&under_way));
            let (first_answer, answered) = tokio::sync::oneshot::channel();
            running.spawn(async move {
                send::deliver(&core, &client, &key, delivery, first_answer).await;
                locked(&under_way).remove(&key);
                core.deliveries.notify_one();
            });
            // Either outcome means: go on.
            let _ = tokio::time::timeout(HEAD_START, answered).await;
        }
        while running.try_join_next().is_some() {}
    }
}

fn locked(under_way: &UnderWay) -> std::sync::MutexGuard<'_, HashSet<DeliveryKey>> {
    under_way.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is due, in the order it is to be sent, and how long to sleep when that is nothing.
async fn due(
    core: &Arc<Core>,
    under_way: &UnderWay,
) -> Result<(Vec<(DeliveryKey, Delivery)>, Duration), StoreError> {
    let behaviour = Behaviour::now(&core.store)?;
    let (found, nap) = look(core, under_way)?;
    if !behaviour.reorder || found.is_empty() {
        return Ok((found, nap));
    }
    tokio::time::sleep(COLLECT).await;
    let (mut found, nap) = look(core, under_way)?;
    found.reverse();
    Ok((found, nap))
}

fn look(
    core: &Arc<Core>,
    under_way: &UnderWay,
) -> Result<(Vec<(DeliveryKey, Delivery)>, Duration), StoreError> {
    let waiting = core.store.read()?.waiting()?;
    let now = wall_ms();
    let busy = locked(under_way);
    let mut next = now.saturating_add(NAP_MS);
    let mut started: HashMap<&str, usize> = HashMap::new();
    for key in busy.iter() {
        let count = started.entry(key.url.as_str()).or_default();
        *count = count.saturating_add(1);
    }
    let mut found = Vec::new();
    for (key, delivery) in &waiting {
        if busy.contains(key) {
            continue;
        }
        if delivery.next_at_ms > now {
            next = next.min(delivery.next_at_ms);
            continue;
        }
        let count = started.entry(key.url.as_str()).or_default();
        if *count < CONCURRENCY {
            *count = count.saturating_add(1);
            found.push((key.clone(), delivery.clone()));
        }
    }
    let nap = u64::try_from(next.saturating_sub(now)).unwrap_or(1);
    Ok((found, Duration::from_millis(nap)))
}
