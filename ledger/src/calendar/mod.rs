//! An account's calendar: which day, week and cycle an instant belongs to. It says where they
//! begin and end, and never what was spent in them.
//!
//! Days and cycles partition time: half open, without gap, no instant in two of them, and where a
//! cycle begins a day begins too. A change of the zone or the anchor day keeps that up. It takes
//! effect at once: the day ends there and another begins; the cycle keeps its beginning and runs
//! to the next boundary of the new calendar. So a calendar remembers only since when it is in
//! force and where the cycle had begun that ran then, and never moves what has been counted.

use crate::instant::Instant;

mod anchor_day;
mod date;
mod zone;
pub use anchor_day::{AnchorDay, AnchorDayIsOutOfRange};
pub use date::{Date, InvalidDate};
pub use zone::{UnknownZone, Zone};

/// Half open: `start` belongs to it, `end` to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    pub start: Instant,
    pub end: Instant,
}

impl Period {
    pub fn contains(&self, instant: Instant) -> bool {
        self.start <= instant && instant < self.end
    }
}

/// A day of an account. Its date is the zone's; where the zone was changed, two days may have one
/// date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Day {
    pub date: Date,
    pub period: Period,
}

/// A zone and an anchor day, and since when they are in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    zone: Zone,
    anchor_day: AnchorDay,
    since: Instant,
    /// Where the cycle began that ran at `since`.
    cycle_start: Instant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the cycle that ran when a calendar came into force began later than that")]
pub struct CycleBeginsTooLate;

/// Calendar months in UTC, for ever.
impl Default for Calendar {
    fn default() -> Calendar {
        Calendar::new(Zone::utc(), AnchorDay::FIRST)
    }
}

impl Calendar {
    /// A calendar that was never another.
    pub const fn new(zone: Zone, anchor_day: AnchorDay) -> Calendar {
        Calendar {
            zone,
            anchor_day,
            since: Instant::MIN,
            cycle_start: Instant::MIN,
        }
    }

    /// A calendar as it was stored, from what its getters gave.
    pub fn stored(
        zone: Zone,
        anchor_day: AnchorDay,
        since: Instant,
        cycle_start: Instant,
    ) -> Result<Calendar, CycleBeginsTooLate> {
        if cycle_start > since {
            return Err(CycleBeginsTooLate);
        }
        Ok(Calendar {
            zone,
            anchor_day,
            since,
            cycle_start,
        })
    }

    /// The calendar from `now` on, if zone and anchor day become these; itself, where they are
    /// these already. `None` where the calendar ends.
    pub fn changed(&self, zone: Zone, anchor_day: AnchorDay, now: Instant) -> Option<Calendar> {
        if (&zone, anchor_day) == (&self.zone, self.anchor_day) {
            return Some(self.clone());
        }
        Some(Calendar {
            zone,
            anchor_day,
            since: now.max(self.since),
            cycle_start: self.cycle(now)?.start,
        })
    }

    /// The account's month that `now` lies in. `None` where the calendar ends.
    pub fn cycle(&self, now: Instant) -> Option<Period> {
        let today = self.zone.day(now.max(self.since))?.date;
        let boundary = self.anchor_day.in_month_of(today);
        let (first, next) = if today < boundary {
            let last_month = today.first_of_month().previous_day()?;
            (self.anchor_day.in_month_of(last_month), boundary)
        } else {
            let next_month = today.last_of_month().next_day()?;
            (boundary, self.anchor_day.in_month_of(next_month))
        };
        let mut cycle = self.zone.days(first, next)?;
        if cycle.start < self.since {
            cycle.start = self.cycle_start;
        }
        Some(cycle)
    }

    /// The ISO week, from Monday, that `now` lies in. `None` where the calendar ends.
    pub fn week(&self, now: Instant) -> Option<Period> {
        let monday = self.zone.day(now.max(self.since))?.date.monday()?;
        let week = self.zone.days(monday, monday.plus_days(7)?)?;
        Some(self.since_change(week))
    }

    /// The day that `now` lies in. `None` where the calendar ends.
    pub fn day(&self, now: Instant) -> Option<Day> {
        let day = self.zone.day(now.max(self.since))?;
        Some(Day {
            date: day.date,
            period: self.since_change(day.period),
        })
    }

    pub const fn zone(&self) -> &Zone {
        &self.zone
    }

    pub const fn anchor_day(&self) -> AnchorDay {
        self.anchor_day
    }

    /// The instant of the last change; [`Instant::MIN`] if there was none. A clock that steps back
    /// behind it finds itself at it.
    pub const fn since(&self) -> Instant {
        self.since
    }

    /// Where the cycle began that ran at [`Calendar::since`].
    pub const fn cycle_start(&self) -> Instant {
        self.cycle_start
    }

    fn since_change(&self, period: Period) -> Period {
        Period {
            start: period.start.max(self.since),
            end: period.end,
        }
    }
}
