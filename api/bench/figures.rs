//! What came of a run, and the median of several.

use std::collections::BTreeMap;
use std::time::Duration;

use hdrhistogram::Histogram;
use serde::Serialize;

use super::caller::Refusal;

/// More than one failed operation in so many makes the run a failure.
const TOLERATED: u64 = 100;

/// What a run took. A batch of 100 counts as 100 operations, a hold and its capture as one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    pub operations_per_second: f64,
    pub latency_ms: Latency,
    pub operations: u64,
    /// Failed operations by status, or by what else went wrong.
    pub errors: BTreeMap<String, u64>,
}

/// Of whole requests (of both, for a pair), in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Latency {
    pub mean: f64,
    pub p50: f64,
    pub p95: f64,
    pub p99: f64,
    pub p999: f64,
    pub max: f64,
}

impl Figures {
    pub fn new(
        measured: Duration,
        done: u64,
        micros: &Histogram<u64>,
        failed: &BTreeMap<Refusal, u64>,
    ) -> Figures {
        let at = |quantile| float(micros.value_at_quantile(quantile)) / 1_000.0;
        Figures {
            operations_per_second: float(done) / measured.as_secs_f64(),
            latency_ms: Latency {
                mean: micros.mean() / 1_000.0,
                p50: at(0.5),
                p95: at(0.95),
                p99: at(0.99),
                p999: at(0.999),
                max: float(micros.max()) / 1_000.0,
            },
            operations: done,
            errors: failed
                .iter()
                .map(|(why, count)| (why.to_string(), *count))
                .collect(),
        }
    }

    /// Each figure's own median; failures are added up, because none may go unseen.
    pub fn median(runs: &[Figures]) -> Figures {
        let of = |figure: fn(&Figures) -> f64| median(runs.iter().map(figure).collect());
        let mut errors = BTreeMap::<String, u64>::new();
        for (why, count) in runs.iter().flat_map(|run| &run.errors) {
            let total = errors.entry(why.clone()).or_default();
            *total = total.saturating_add(*count);
        }
        Figures {
            operations_per_second: of(|run| run.operations_per_second),
            latency_ms: Latency {
                mean: of(|run| run.latency_ms.mean),
                p50: of(|run| run.latency_ms.p50),
                p95: of(|run| run.latency_ms.p95),
                p99: of(|run| run.latency_ms.p99),
                p999: of(|run| run.latency_ms.p999),
                max: of(|run| run.latency_ms.max),
            },
            operations: runs
                .iter()
                .fold(0, |sum, run| sum.saturating_add(run.operations)),
            errors,
        }
    }

    pub fn failed(&self) -> u64 {
        let counts = self.errors.values();
        counts.fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// Whether the figure means something: nearly everything was done, and something was.
    pub fn holds(&self) -> bool {
        let all = self.operations.saturating_add(self.failed());
        self.operations > 0 && self.failed().saturating_mul(TOLERATED) <= all
    }
}

/// The middle one, or between the middle two; of none it is no number.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    let middle = figures.len() / 2;
    let upper = figures.get(middle).copied().unwrap_or(f64::NAN);
    let lower = middle
        .checked_sub(1)
        .and_then(|below| figures.get(below).copied());
    match lower {
        Some(lower) if figures.len().is_multiple_of(2) => lower.midpoint(upper),
        _ => upper,
    }
}

#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "a count of a bench, not an amount: 2^53 is out of its reach"
)]
pub fn float(count: u64) -> f64 {
    count as f64
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::Status(status) => write!(f, "{status}"),
            Refusal::WithinBatch => f.write_str("within batch"),
            Refusal::NoAnswer => f.write_str("no answer"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(rate: f64, operations: u64, errors: &[(&str, u64)]) -> Figures {
        let latency_ms = Latency {
            mean: rate / 2.0,
            p50: 1.0,
            p95: 2.0,
            p99: 3.0,
            p999: 4.0,
            max: 5.0,
        };
        Figures {
            operations_per_second: rate,
            latency_ms,
            operations,
            errors: errors
                .iter()
                .map(|(why, count)| ((*why).to_owned(), *count))
                .collect(),
        }
    }

    #[test]
    fn the_median_is_the_middle_or_between_the_middle_two() {
        assert_eq!(median(vec![9.0, 1.0, 5.0]), 5.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 9.0]), 3.0);
        assert_eq!(median(vec![7.0]), 7.0);
        assert!(median(Vec::new()).is_nan());
    }

    #[test]
    fn a_median_of_runs_forgets_no_failure() {
        let runs = [
            figures(30.0, 300, &[("402", 1)]),
            figures(10.0, 100, &[("402", 2), ("503", 1)]),
            figures(20.0, 200, &[]),
        ];
        let median = Figures::median(&runs);
        assert_eq!(median.operations_per_second, 20.0);
        assert_eq!(median.latency_ms.mean, 10.0);
        assert_eq!(median.operations, 600);
        assert_eq!(median.errors["402"], 3);
        assert_eq!(median.failed(), 4);
    }

    #[test]
    fn a_run_with_more_than_one_failure_in_a_hundred_is_a_failure() {
        assert!(figures(1.0, 99, &[("503", 1)]).holds());
        assert!(!figures(1.0, 98, &[("503", 2)]).holds());
        assert!(!figures(0.0, 0, &[]).holds());
    }

    #[test]
    fn percentiles_are_in_milliseconds() {
        let mut micros = Histogram::<u64>::new(3).unwrap();
        for value in 1..=1_000 {
            micros.record(value * 1_000).unwrap();
        }
        let made = Figures::new(Duration::from_secs(2), 1_000, &micros, &BTreeMap::new());
        assert_eq!(made.operations_per_second, 500.0);
        let near = |figure: f64, is: f64| assert!((figure / is - 1.0).abs() < 0.002, "{figure}");
        near(made.latency_ms.p50, 500.0);
        near(made.latency_ms.p99, 990.0);
        near(made.latency_ms.max, 1_000.0);
    }
}
