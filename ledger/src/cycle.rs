//! An account's billing month. It says where a month begins and ends, and never what was spent
//! in it.

use time::Month;

use crate::instant::Instant;

/// Half open: `start` belongs to it, `end` to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cycle {
    pub start: Instant,
    pub end: Instant,
}

impl Cycle {
    /// The calendar month in UTC that holds `now`. `None` where the calendar ends.
    pub fn calendar_month_utc(now: Instant) -> Option<Cycle> {
        let first = now
            .utc()?
            .replace_day(1)
            .ok()?
            .replace_time(time::Time::MIDNIGHT);
        let next = match first.month() {
            // From December the year goes first: were it the month, the 9999th would wrap.
            Month::December => first.replace_year(first.year().checked_add(1)?).ok()?,
            _ => first,
        };
        let next = next.replace_month(first.month().next()).ok()?;
        Some(Cycle {
            start: Instant::from_utc(first)?,
            end: Instant::from_utc(next)?,
        })
    }

    pub fn contains(&self, instant: Instant) -> bool {
        self.start <= instant && instant < self.end
    }
}
