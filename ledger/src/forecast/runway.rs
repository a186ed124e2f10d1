//! How long credits last at the rate they were used lately. An estimate for a page: it knows
//! nothing of what ends unused.

use crate::credits::Credits;

use super::daily_use::DailyUse;

/// Days left, in tenths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Runway {
    tenths: u32,
}

/// The days whose mean is taken.
const DAYS: usize = 30;
/// With less than a week one cannot tell working days from others.
const LEAST_DAYS: i64 = 7;
/// A hundred years, which is as good as any number above it.
const LONGEST_TENTHS: i128 = 365_000;

impl Runway {
    /// With one decimal.
    pub fn days(self) -> f64 {
        f64::from(self.tenths) / 10.0
    }
}

/// Days left at the mean daily use of the last 30 whole days, rounded down to a tenth and at most
/// 36 500. `None` in the first week of use, and where nothing was used.
pub fn runway(daily_use: &DailyUse, available: Credits) -> Option<Runway> {
    let (used, days) = daily_use.latest(DAYS);
    if daily_use.observed() < LEAST_DAYS || used <= 0 {
        return None;
    }
    let tenths = i128::from(available.micro().max(0))
        .checked_mul(i128::try_from(days).ok()?)?
        .checked_mul(10)?
        .checked_div_euclid(used)?
        .min(LONGEST_TENTHS);
    Some(Runway {
        tenths: u32::try_from(tenths).ok()?,
    })
}
