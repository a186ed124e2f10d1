//! How fast something went: the figure in which a load and its reference are held against each other.

use super::figures::{Figures, median};

/// What every side of a comparison can say.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Pace {
    pub operations_per_second: f64,
    pub mean_ms: f64,
}

impl Pace {
    pub fn median(runs: &[Pace]) -> Pace {
        let of = |figure: fn(&Pace) -> f64| median(runs.iter().map(figure).collect());
        Pace {
            operations_per_second: of(|run| run.operations_per_second),
            mean_ms: of(|run| run.mean_ms),
        }
    }
}

impl From<&Figures> for Pace {
    fn from(figures: &Figures) -> Pace {
        Pace {
            operations_per_second: figures.operations_per_second,
            mean_ms: figures.latency_ms.mean,
        }
    }
}
