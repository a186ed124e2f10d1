//! What an account used on each of its whole days. Today is not one of them: it isn't over, and
//! half a day would pass for a quiet one. What was granted never counts here.

use crate::calendar::Date;
use crate::credits::Credits;

/// The use of the days before today, back to the first use or at most a year.
#[derive(Clone, Debug)]
pub struct DailyUse {
    /// Micro-credits, yesterday's first. What was refunded may leave a day below zero.
    days: Vec<i64>,
    /// Whole days since the first use, perhaps more than are kept.
    observed: i64,
}

pub(super) const DAYS_PER_WEEK: usize = 7;

impl DailyUse {
    /// The days that are looked at: 52 whole weeks. The caller gives those from so many before
    /// today on.
    pub const DAYS: i32 = 364;

    /// A day not given is a day without use. Two of one date (there are such where an account
    /// changed its zone) add up.
    pub fn new(
        given: impl IntoIterator<Item = (Date, Credits)>,
        first_use: Option<Date>,
        today: Date,
    ) -> DailyUse {
        let days_ago = |date: Date| today.days().saturating_sub(date.days());
        let observed = first_use.map_or(0, days_ago).max(0);
        let kept = usize::try_from(observed.min(Self::DAYS)).unwrap_or_default();
        let mut days = vec![0_i64; kept];
        for (date, credits) in given {
            let index = usize::try_from(days_ago(date).saturating_sub(1)).ok();
            if let Some(day) = index.and_then(|index| days.get_mut(index)) {
                let most = Credits::MAX.micro();
                *day = day
                    .saturating_add(credits.micro())
                    .clamp(most.saturating_neg(), most);
            }
        }
        DailyUse {
            days,
            observed: i64::from(observed),
        }
    }

    /// Whole days since the first use.
    pub(super) const fn observed(&self) -> i64 {
        self.observed
    }

    /// The sum of so many days up to yesterday, and how many there were.
    pub(super) fn latest(&self, days: usize) -> (i128, usize) {
        let latest = self.days.iter().take(days);
        (latest.clone().copied().map(i128::from).sum(), latest.len())
    }

    /// The sums of whole weeks, the one up to yesterday first.
    pub(super) fn weeks(&self) -> impl Iterator<Item = i128> + Clone {
        let weeks = self.days.chunks_exact(DAYS_PER_WEEK);
        weeks.map(|week| week.iter().copied().map(i128::from).sum())
    }
}
