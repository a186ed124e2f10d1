//! A time zone, and when its days begin. The rules are those compiled in; the machine's own are
//! never read, so that a day ends at the same instant on every machine.

use std::fmt;

use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, civil};

use super::date::Date;
use super::{Day, Period};
use crate::instant::Instant;

/// A zone of the IANA database.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone(Rules);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a time zone is a name of the IANA database, such as \"Asia/Kolkata\"")]
pub struct UnknownZone;

/// UTC is most accounts' zone and needs no table, which makes its days a division.
#[derive(Clone, PartialEq, Eq)]
enum Rules {
    Utc,
    Iana(TimeZone),
}

const UTC: &str = "UTC";
const SECONDS_PER_DAY: i64 = 86_400;
const MICROS_PER_SECOND: i64 = 1_000_000;

impl Zone {
    /// Takes a name in any case, and keeps it in the database's. An alias stays the alias.
    pub fn parse(name: &str) -> Result<Zone, UnknownZone> {
        if name == UTC {
            return Ok(Zone::utc());
        }
        let zone = TimeZoneDatabase::bundled()
            .get(name)
            .map_err(|_| UnknownZone)?;
        match zone.iana_name() {
            Some(UTC) => Ok(Zone::utc()),
            Some(_) => Ok(Zone(Rules::Iana(zone))),
            None => Err(UnknownZone),
        }
    }

    pub const fn utc() -> Zone {
        Zone(Rules::Utc)
    }

    pub fn name(&self) -> &str {
        match &self.0 {
            Rules::Utc => UTC,
            Rules::Iana(zone) => zone.iana_name().unwrap_or(UTC),
        }
    }

    /// The date of the day that `now` lies in. `None` where the calendar ends.
    pub fn date(&self, now: Instant) -> Option<Date> {
        self.day(now).map(|day| day.date)
    }

    /// The day that `now` lies in: what lies between the beginnings of a date and the next,
    /// whatever the clocks show. Set back over midnight, they show the date before once more.
    pub(super) fn day(&self, now: Instant) -> Option<Day> {
        let shown = self.date_shown(now)?;
        let candidates = [Some(shown), shown.next_day()];
        candidates.into_iter().flatten().find_map(|date| {
            let period = self.days(date, date.next_day()?)?;
            period.contains(now).then_some(Day { date, period })
        })
    }

    /// From the beginning of one date to the beginning of another.
    pub(super) fn days(&self, from: Date, to: Date) -> Option<Period> {
        Some(Period {
            start: self.beginning(from)?,
            end: self.beginning(to)?,
        })
    }

    /// The date that clocks show.
    fn date_shown(&self, now: Instant) -> Option<Date> {
        let shown = self.seconds_shown(now)?;
        Date::from_days(i32::try_from(shown.div_euclid(SECONDS_PER_DAY)).ok()?)
    }

    /// What clocks show, in minutes of a date.
    pub fn clocks_show(&self, now: Instant) -> Option<(Date, i64)> {
        let seconds = self.seconds_shown(now)?.rem_euclid(SECONDS_PER_DAY);
        Some((self.date_shown(now)?, seconds.div_euclid(60)))
    }

    fn seconds_shown(&self, now: Instant) -> Option<i64> {
        let offset = match &self.0 {
            Rules::Utc => 0,
            Rules::Iana(zone) => i64::from(zone.to_offset(timestamp(now)?).seconds()),
        };
        now.unix_seconds().checked_add(offset)
    }

    /// The first instant of a date, which later dates never come before. A date that the zone
    /// left out begins where the next does.
    fn beginning(&self, date: Date) -> Option<Instant> {
        match &self.0 {
            Rules::Utc => i64::from(date.days())
                .checked_mul(SECONDS_PER_DAY * MICROS_PER_SECOND)
                .map(Instant::from_micros),
            Rules::Iana(zone) => beginning_in(zone, date),
        }
    }
}

/// Midnight; the first of two midnights; and where clocks leap over midnight, the leap.
fn beginning_in(zone: &TimeZone, date: Date) -> Option<Instant> {
    let (year, month, day) = date.civil();
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let date = civil::Date::new(i16::try_from(year).ok()?, month, day).ok()?;
    let midnight = zone.to_ambiguous_timestamp(date.to_datetime(civil::Time::midnight()));
    let is_left_out = matches!(midnight.offset(), AmbiguousOffset::Gap { .. });
    let beginning = midnight.compatible().ok()?;
    if !is_left_out {
        return Some(instant(beginning));
    }
    // In a gap the compatible instant lies at its end or after it.
    let after = timestamp(instant(beginning).plus_seconds(1)?)?;
    let leap = zone.preceding(after).next()?;
    Some(instant(leap.timestamp()))
}

fn timestamp(instant: Instant) -> Option<Timestamp> {
    Timestamp::from_microsecond(instant.micros()).ok()
}

fn instant(timestamp: Timestamp) -> Instant {
    Instant::from_micros(timestamp.as_microsecond())
}

impl fmt::Debug for Zone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
