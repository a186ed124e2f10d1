//! Tells the ledger random stories and holds it against a plain model, until so many commands were
//! decided: `cargo run --release -p ledger --example simulate -- --steps 2000000 --seed 7`.

use std::process::ExitCode;
use std::time::Instant;

const USAGE: &str = "simulate [--steps N] [--seed S]";

fn main() -> ExitCode {
    let Some((steps, seed)) = parse(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let began = Instant::now();
    match simulation::simulate(seed, steps) {
        Ok(told) => {
            let seconds = began.elapsed().as_secs();
            println!(
                "seed {seed}: {} steps in {} stories and {seconds} s, all as foretold",
                told.steps, told.stories
            );
            for (what, times) in told.coverage.iter() {
                println!("{times:>12}  {what}");
            }
            ExitCode::SUCCESS
        }
        Err(failure) => {
            println!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn parse(mut words: impl Iterator<Item = String>) -> Option<(u64, u64)> {
    let (mut steps, mut seed) = (2_000_000, 1);
    while let Some(word) = words.next() {
        let number = words.next()?.parse().ok()?;
        match word.as_str() {
            "--steps" => steps = number,
            "--seed" => seed = number,
            _ => return None,
        }
    }
    Some((steps, seed))
}
