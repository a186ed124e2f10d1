//! Random stories, each the same on every machine. The number of steps is what a test run has time
//! for; `cargo run --release -p ledger --example simulate` takes any.

use simulation::{Told, simulate};

const STEPS: u64 = 1_000_000;

fn run(seed: u64) -> Told {
    simulate(seed, STEPS).unwrap_or_else(|failure| panic!("{failure}"))
}

#[test]
fn a_million_random_steps_go_as_the_model_foretells() {
    let told = run(1);
    assert_eq!(told.coverage.missing(), [""; 0], "what no story has met");
}

#[test]
fn and_so_does_another_million() {
    run(2);
}

#[test]
fn the_same_seed_tells_the_same_stories() {
    let [one, other] = [5_000; 2].map(|steps| simulate(3, steps));
    assert_eq!(one.unwrap(), other.unwrap());
}
