//! Death at every named step of a payment: each case is a purchase that is opened, paid, refunded in part
//! and disputed, and a process that kills itself somewhere on the way. Whoever was interrupted repeats
//! the same request, and in the end all that happened at Stripe has happened here, once.
//!
//! What it prints is the crash matrix.

mod cases;
mod lane;
mod purchase;

use std::time::Instant;

use credits::steps::Step;
use futures_util::future::join_all;

use self::cases::{Case, cases};
use self::lane::Lane;
use self::purchase::Reckoning;
use crate::support::databases::TestDatabase;

/// Installations side by side: most of a case is waiting, for a lease or for Stripe to try again.
const LANES: usize = 4;

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
        assert!(cases.iter().any(|case| case.step == *step), "{step:?}");
    }
}

async fn die_everywhere(engine: &str, databases: Vec<TestDatabase>) {
    let started = Instant::now();
    let cases = cases();
    let lanes = databases.into_iter().enumerate().map(|(number, database)| {
        let share: Vec<Case> = cases.iter().skip(number).step_by(LANES).copied().collect();
        walk(database, share)
    });
    let rows: Vec<(Case, Reckoning)> = join_all(lanes).await.into_iter().flatten().collect();
    assert_eq!(rows.len(), cases.len());
    println!(
        "{engine}: {} deaths in {:.1} s",
        rows.len(),
        started.elapsed().as_secs_f64()
    );
    for (case, reckoning) in &rows {
        println!("  {case:<62} died, {reckoning}");
    }
}

async fn walk(database: TestDatabase, cases: Vec<Case>) -> Vec<(Case, Reckoning)> {
    let mut lane = Lane::start(database).await;
    let mut rows = Vec::new();
    for (number, case) in cases.into_iter().enumerate() {
        let reckoning = lane.survive(case, number).await;
        assert!(reckoning.is_right(), "{case}: {reckoning:?}");
        rows.push((case, reckoning));
    }
    lane.finish().await;
    rows
}
