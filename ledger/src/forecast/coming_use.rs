//! How much will be used in the coming year, and how surely. It counts on habits only as far as
//! they have been seen.
//!
//! Use is taken by whole weeks, since days of a week differ and work left over on one day is done
//! on the next. For a window of `w` weeks with sum `S` and sample variance `v` of a week, the sum
//! of the next `D` days is expected to be `S·D / 7w`, and the error of that has the variance
//!
//! ```text
//! v · D/7 · (1 + D/7w)
//! ```
//!
//! The first term is what weeks scatter, measured and not assumed, so that bursts count; the
//! second is that the mean itself is known only from `w` weeks. The margin is the error's standard
//! deviation times Student's t for `w − 1` degrees of freedom, so that about one time in twenty
//! less is used than `S·D/7w − margin`, and as often more than `S·D/7w + margin`, if weeks to come
//! are like weeks past. They need not be, so:
//!
//! - two windows are asked, the last quarter (13 weeks) and the last year (52). *Likely* is what
//!   the quarter says; *low* is the lesser of their lows, and *high* the greater of their highs: a
//!   habit taken up or given up lately widens the range;
//! - *low* counts on a habit for as many days to come as it has lasted. Four weeks of use surely
//!   promise four weeks more, not a year.

use crate::credits::Credits;

use super::daily_use::DailyUse;

/// The bounds within which a figure will likely lie, and what it will likeliest be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    pub low: Credits,
    pub likely: Credits,
    pub high: Credits,
}

/// The coming use, and for how many days to come each bound counts on it.
#[derive(Clone, Copy, Debug)]
pub struct ComingUse {
    pub credits: Estimate,
    pub low_days: i64,
    pub days: i64,
}

const LEAST_WEEKS: usize = 4;
const WEEKS_OF_A_QUARTER: usize = 13;
const WEEKS_OF_A_YEAR: usize = 52;

/// `None` while fewer than four whole weeks have been seen.
pub fn coming_use(daily_use: &DailyUse, days: i64) -> Option<ComingUse> {
    let quarter = Window::latest(daily_use, WEEKS_OF_A_QUARTER)?;
    let year = Window::latest(daily_use, WEEKS_OF_A_YEAR)?;
    let low_days = days.min(daily_use.observed());
    let (soon, whole) = (i128::from(low_days), i128::from(days));
    let low = |window: &Window| window.mean(soon).saturating_sub(window.margin(soon));
    let high = |window: &Window| window.mean(whole).saturating_add(window.margin(whole));
    Some(ComingUse {
        credits: Estimate {
            low: bounded(low(&quarter).min(low(&year))),
            likely: bounded(quarter.mean(whole)),
            high: bounded(high(&quarter).max(high(&year))),
        },
        low_days,
        days,
    })
}

/// The latest weeks, summed up. Days of at most `Credits::MAX` keep every step below within its
/// integer, so nothing saturates.
struct Window {
    weeks: i128,
    sum: i128,
    /// Of a week.
    variance: i128,
}

impl Window {
    fn latest(daily_use: &DailyUse, most_weeks: usize) -> Option<Window> {
        let sums = daily_use.weeks().take(most_weeks);
        let count = sums.clone().count();
        if count < LEAST_WEEKS {
            return None;
        }
        let weeks = i128::try_from(count).ok()?;
        let sum: i128 = sums.clone().sum();
        let squares: i128 = sums.map(|week| week.saturating_mul(week)).sum();
        let deviations = weeks
            .saturating_mul(squares)
            .saturating_sub(sum.saturating_mul(sum));
        let variance = deviations.checked_div(weeks.saturating_mul(weeks.saturating_sub(1)))?;
        Some(Window {
            weeks,
            sum,
            variance,
        })
    }

    const fn days(&self) -> i128 {
        self.weeks.saturating_mul(7)
    }

    fn mean(&self, days: i128) -> i128 {
        let product = self.sum.saturating_mul(days);
        product.checked_div(self.days()).unwrap_or_default()
    }

    fn margin(&self, days: i128) -> i128 {
        let variance = self
            .variance
            .saturating_mul(self.days().saturating_add(days))
            .checked_div(self.days().saturating_mul(7))
            .unwrap_or_default()
            .saturating_mul(days);
        let deviation = variance.checked_isqrt().unwrap_or_default();
        let margin = deviation.saturating_mul(self.students_t());
        margin.div_euclid(THOUSAND)
    }

    /// In thousandths.
    fn students_t(&self) -> i128 {
        let known = |row: &&(i128, i128)| row.0 < self.weeks;
        STUDENTS_T
            .iter()
            .rfind(known)
            .map_or(STUDENTS_T[0].1, |row| row.1)
    }
}

const THOUSAND: i128 = 1_000;

/// Degrees of freedom, and the quantile of Student's t that one in twenty passes, in thousandths.
/// Between two rows the wider one holds.
const STUDENTS_T: [(i128, i128); 13] = [
    (3, 2_353),
    (4, 2_132),
    (5, 2_015),
    (6, 1_943),
    (7, 1_895),
    (8, 1_860),
    (9, 1_833),
    (10, 1_812),
    (12, 1_782),
    (15, 1_753),
    (20, 1_725),
    (30, 1_697),
    (40, 1_684),
];

/// Use is never negative, and an account can never own more than the maximum.
fn bounded(micro: i128) -> Credits {
    let bounded = micro.clamp(0, i128::from(Credits::MAX.micro()));
    i64::try_from(bounded).map_or(Credits::MAX, Credits::from_micro)
}
