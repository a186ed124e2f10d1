//! One workload for a while: every connection sends its next request when the last was answered.
//! What is answered while the measurement lasts is counted; the warm-up before it is not.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::caller::{Caller, Outcome, Refusal};
use super::figures::Figures;
use super::requests::Requests;
use super::target::Target;
use super::workload::Workload;
use crate::serve::Failure;

/// A server that keeps an answer for so long is not measured any more.
const PATIENCE: Duration = Duration::from_secs(30);

/// Microseconds up to a minute, to three digits.
const SLOWEST_MICROS: u64 = 60_000_000;
const DIGITS: u8 = 3;

#[derive(Clone)]
pub struct Load {
    pub target: Target,
    pub requests: Arc<Requests>,
    pub warmup: Duration,
    pub measured: Duration,
}

/// What the connections of one run record together.
struct Record {
    histogram: Histogram<u64>,
    done: u64,
    failed: BTreeMap<Refusal, u64>,
}

#[derive(Clone, Copy)]
struct Window {
    begins: Instant,
    ends: Instant,
}

impl Load {
    pub async fn run(&self, workload: Workload, connections: u32) -> Result<Figures, Failure> {
        let record = Arc::new(Mutex::new(Record::new()?));
        let begins = Instant::now()
            .checked_add(self.warmup)
            .ok_or("the warm-up is too long")?;
        let ends = begins
            .checked_add(self.measured)
            .ok_or("the measurement is too long")?;
        let window = Window { begins, ends };
        let accounts = workload.accounts(self.requests.accounts());
        let mut tasks = JoinSet::new();
        for _ in 0..connections {
            let caller = Caller::new(self.target.clone(), Arc::clone(&self.requests), accounts);
            tasks.spawn(keep_calling(caller, workload, window, Arc::clone(&record)));
        }
        let longest = self.warmup.saturating_add(self.measured);
        timeout(longest.saturating_add(PATIENCE), tasks.join_all())
            .await
            .map_err(|_| format!("{}: a request was not answered in time", workload.name()))?;
        let record = record.lock().unwrap_or_else(PoisonError::into_inner);
        let histogram = &record.histogram;
        Ok(Figures::new(
            self.measured,
            record.done,
            histogram,
            &record.failed,
        ))
    }
}

async fn keep_calling(
    mut caller: Caller,
    workload: Workload,
    window: Window,
    record: Arc<Mutex<Record>>,
) {
    let record = |outcome: Outcome, begun: Instant, answered: Instant| {
        if answered >= window.begins && answered <= window.ends {
            let mut record = record.lock().unwrap_or_else(PoisonError::into_inner);
            record.add(outcome, answered.duration_since(begun));
        }
    };
    let mut begun = Instant::now();
    while begun < window.ends {
        if let Some(preparation) = workload.preparation() {
            let prepared = caller.perform(preparation).await;
            let answered = Instant::now();
            if prepared.failed > 0 {
                record(prepared, begun, answered);
            }
            begun = answered;
        }
        let operation = workload.operation(rand::random_range(0..100));
        let outcome = caller.perform(operation).await;
        let answered = Instant::now();
        record(outcome, begun, answered);
        begun = answered;
    }
}

impl Record {
    fn new() -> Result<Record, Failure> {
        Ok(Record {
            histogram: Histogram::new_with_bounds(1, SLOWEST_MICROS, DIGITS)?,
            done: 0,
            failed: BTreeMap::new(),
        })
    }

    /// A refusal comes quickly, so its time would only flatter: latencies are of what was done.
    fn add(&mut self, outcome: Outcome, took: Duration) {
        self.done = self.done.saturating_add(outcome.done);
        if let Some(why) = outcome.why {
            let count = self.failed.entry(why).or_default();
            *count = count.saturating_add(outcome.failed);
        }
        if outcome.done > 0 {
            let micros = u64::try_from(took.as_micros()).unwrap_or(SLOWEST_MICROS);
            self.histogram.saturating_record(micros);
        }
    }
}
