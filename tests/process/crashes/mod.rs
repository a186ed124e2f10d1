//! Death at every named step of a payment: each case is a purchase that is opened, paid, refunded in part
//! and disputed, and a process that kills itself somewhere on the way. Whoever was interrupted repeats
//! the same request, and in the end all that happened at Stripe has happened here, once.
//!
//! What it prints is the crash matrix.

mod card;
mod cases;
mod deliveries;
mod lane;
mod lot_ends;
mod purchase;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use credits::steps::Step;
use futures_util::future::join_all;
use tokio::time::timeout;

use self::cases::{Case, cases};
use self::lane::Lane;
use crate::support::databases::TestDatabase;

/// With one case, which waits for some leases.
const PATIENCE: Duration = Duration::from_secs(240);

/// Installations side by side: most of a case is waiting, for a lease or for Stripe to try again.
const LANES: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_step_it_dies_at_all_is_granted_and_clawed_once_on_sqlite() {
    let databases = join_all((0..LANES).map(|_| TestDatabase::sqlite())).await;
    die_everywhere("SQLite", databases).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_step_it_dies_at_all_is_granted_and_clawed_once_on_postgres() {
    let databases = join_all((0..LANES).map(|_| TestDatabase::postgres())).await;
    die_everywhere("PostgreSQL", databases).await;
}

#[test]
fn no_step_is_left_out() {
    let cases = cases();
    for step in Step::ALL {
        let dies = cases.iter().any(|case| case.step == *step);
        assert!(dies || deliveries::STEPS.contains(step), "{step:?}");
    }
}

async fn die_everywhere(engine: &str, databases: Vec<TestDatabase>) {
    let started = Instant::now();
    let cases: Vec<(usize, Case)> = cases().into_iter().enumerate().collect();
    let lanes = databases.into_iter().enumerate().map(|(number, database)| {
        let share = cases.iter().skip(number).step_by(LANES).copied();
        walk(database, share.collect())
    });
    let lanes = join_all(lanes).await;
    let rows: BTreeMap<usize, String> = lanes.into_iter().flatten().collect();
    assert_eq!(rows.len(), cases.len());
    println!(
        "{engine}: {} deaths in {:.1} s",
        rows.len(),
        started.elapsed().as_secs_f64()
    );
    for row in rows.values() {
        println!("  {row}");
    }
}

/// Goes through its share of the cases, and returns their rows of the matrix.
async fn walk(database: TestDatabase, cases: Vec<(usize, Case)>) -> Vec<(usize, String)> {
    let mut lane = Lane::start(database).await;
    let mut rows = Vec::new();
    for (number, case) in cases {
        let survived = timeout(PATIENCE, lane.survive(case, number)).await;
        let reckoning = survived.unwrap_or_else(|_| panic!("{case} never ends"));
        assert!(reckoning.is_right(), "{case}: {reckoning:?}");
        rows.push((number, format!("{case:<46} died, {reckoning}")));
    }
    lane.finish().await;
    rows
}
