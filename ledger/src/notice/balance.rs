//! Low balance: told when what is available falls below a threshold, and not again before it has
//! recovered.

use super::News;
use crate::credits::Credits;

/// An account has no more thresholds.
pub const MOST_THRESHOLDS: usize = 5;

/// An account that nobody has set thresholds for has this one.
const USUAL_THRESHOLD_CREDITS: i64 = 100;

/// A balance has recovered once it is a tenth above the threshold: what moves around it is told once.
const RECOVERED_PERCENT: i128 = 110;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LowBalance {
    /// Ascending, each once.
    thresholds: Vec<Credits>,
    /// The lowest one that was fallen below and has not recovered; with it all that lie higher.
    fallen_below: Option<Credits>,
}

impl Default for LowBalance {
    fn default() -> LowBalance {
        LowBalance {
            thresholds: Credits::from_whole(USUAL_THRESHOLD_CREDITS)
                .into_iter()
                .collect(),
            fallen_below: None,
        }
    }
}

/// Which way a command has moved what is available.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    Down,
    Up,
}

impl LowBalance {
    /// As it is stored.
    pub fn stored(thresholds: Vec<Credits>, fallen_below: Option<Credits>) -> LowBalance {
        LowBalance {
            thresholds,
            fallen_below,
        }
    }

    pub fn thresholds(&self) -> &[Credits] {
        &self.thresholds
    }

    pub const fn fallen_below(&self) -> Option<Credits> {
        self.fallen_below
    }

    /// Sets other thresholds. Whatever lies at or above the one that was fallen below counts as fallen
    /// below too; those under it are told of when their time comes.
    pub fn set(&mut self, mut thresholds: Vec<Credits>) {
        thresholds.sort();
        thresholds.dedup();
        self.fallen_below = self
            .fallen_below
            .and_then(|below| thresholds.iter().find(|it| **it >= below).copied());
        self.thresholds = thresholds;
    }

    /// What is to be told now that so much is available. Of several thresholds passed at once the
    /// furthest is named.
    pub fn follow(&mut self, available: Credits, course: Course) -> Option<News> {
        match course {
            Course::Down => self.fall(available),
            Course::Up => self.recover(available),
        }
    }

    fn fall(&mut self, available: Credits) -> Option<News> {
        let threshold = *self.thresholds.iter().find(|it| available < **it)?;
        if self.fallen_below.is_some_and(|below| below <= threshold) {
            return None;
        }
        self.fallen_below = Some(threshold);
        Some(News::BalanceLow {
            threshold,
            available,
        })
    }

    fn recover(&mut self, available: Credits) -> Option<News> {
        let below = self.fallen_below?;
        let mut fallen = self.thresholds.iter().filter(|it| **it >= below);
        let threshold = *fallen.rfind(|it| has_recovered(available, **it))?;
        self.fallen_below = self.thresholds.iter().find(|it| **it > threshold).copied();
        Some(News::BalanceRecovered {
            threshold,
            available,
        })
    }
}

fn has_recovered(available: Credits, threshold: Credits) -> bool {
    let available = i128::from(available.micro()).saturating_mul(100);
    available >= i128::from(threshold.micro()).saturating_mul(RECOVERED_PERCENT)
}
