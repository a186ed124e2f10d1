//! The writer and the database held against the plain model of `simulation`: random stories, on both
//! engines, compared after each batch. What is a story, and how it must go, is the simulation's.
//!
//! `SIMULATION_SEED` tells other stories, and `SIMULATION_STEPS` more or fewer. A story that fails is
//! shown with its seed, and as short as it goes.

mod answers;
mod order;
mod processes;
mod stored;
mod stories;
mod telling;

use credits::verify::verify;

use self::stories::simulate;
use crate::support::databases::TestDatabase;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_thousand_steps_go_as_the_model_foretells_on_sqlite() {
    go_as_foretold(&TestDatabase::sqlite().await, 50_000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_steps_go_as_the_model_foretells_on_postgres() {
    go_as_foretold(&TestDatabase::postgres().await, 10_000).await;
}

async fn go_as_foretold(db: &TestDatabase, steps: u64) {
    let given = |name| std::env::var(name).map(|text| text.parse().unwrap());
    let seed = given("SIMULATION_SEED").unwrap_or(1);
    let steps = given("SIMULATION_STEPS").unwrap_or(steps);
    println!("SIMULATION_SEED={seed}");
    let told = simulate(db, seed, steps).await;
    let told = told.unwrap_or_else(|failure| panic!("{failure}"));
    println!("{} steps in {} stories", told.steps, told.stories);
    println!("never met: {:?}", told.coverage.missing());
    let report = verify(&db.store).await.unwrap();
    let found: Vec<String> = report.violations.iter().map(ToString::to_string).collect();
    assert!(
        report.is_healthy(),
        "seed {seed}: {report}\n{}",
        found.join("\n")
    );
}
