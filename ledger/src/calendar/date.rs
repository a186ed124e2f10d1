//! A date on a wall calendar, for reports by day, week and month. It belongs to no time zone, and
//! says nothing of when it begins.

use std::fmt;
use std::str::FromStr;

/// A date of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(time::Date);

/// 1970-01-01 as a Julian day number.
const EPOCH: i32 = 2_440_588;
const DAYS_PER_WEEK: i32 = 7;

impl Date {
    /// From days since 1970-01-01. `None` outside the years −9999 to 9999.
    pub fn from_days(days: i32) -> Option<Date> {
        let julian = days.checked_add(EPOCH)?;
        time::Date::from_julian_day(julian).ok().map(Date)
    }

    /// Days since 1970-01-01.
    pub const fn days(self) -> i32 {
        self.0.to_julian_day().saturating_sub(EPOCH)
    }

    /// `None` where the calendar ends.
    pub fn plus_days(self, days: i32) -> Option<Date> {
        Date::from_days(self.days().checked_add(days)?)
    }

    pub const fn next_day(self) -> Option<Date> {
        match self.0.next_day() {
            Some(date) => Some(Date(date)),
            None => None,
        }
    }

    pub const fn previous_day(self) -> Option<Date> {
        match self.0.previous_day() {
            Some(date) => Some(Date(date)),
            None => None,
        }
    }

    /// The Monday of its ISO week. `None` where the calendar ends.
    pub fn monday(self) -> Option<Date> {
        // 1970-01-01 was a Thursday, three days after a Monday.
        let since_monday = self.days().checked_add(3)?.rem_euclid(DAYS_PER_WEEK);
        self.plus_days(since_monday.checked_neg()?)
    }

    pub fn first_of_month(self) -> Date {
        self.with_day(1).unwrap_or(self)
    }

    pub fn last_of_month(self) -> Date {
        let length = self.0.month().length(self.0.year());
        self.with_day(length).unwrap_or(self)
    }

    /// The day of that number in its month, if the month has one.
    pub(super) fn with_day(self, day: u8) -> Option<Date> {
        self.0.replace_day(day).ok().map(Date)
    }

    /// Year, month and day.
    pub fn civil(self) -> (i32, u8, u8) {
        let (year, month, day) = self.0.to_calendar_date();
        (year, u8::from(month), day)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a date is a day of the calendar, such as \"2026-01-31\"")]
pub struct InvalidDate;

/// Four digits, two and two, with a hyphen between them, and nothing else.
impl FromStr for Date {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Date, InvalidDate> {
        let mut parts = text.split('-');
        let year = digits(parts.next(), 4)?.parse().map_err(|_| InvalidDate)?;
        let month: u8 = digits(parts.next(), 2)?.parse().map_err(|_| InvalidDate)?;
        let day = digits(parts.next(), 2)?.parse().map_err(|_| InvalidDate)?;
        let month = time::Month::try_from(month).map_err(|_| InvalidDate)?;
        let date = time::Date::from_calendar_date(year, month, day);
        match parts.next() {
            None => date.map(Date).map_err(|_| InvalidDate),
            Some(_) => Err(InvalidDate),
        }
    }
}

fn digits(part: Option<&str>, length: usize) -> Result<&str, InvalidDate> {
    let part = part.filter(|it| it.len() == length);
    let part = part.filter(|it| it.bytes().all(|byte| byte.is_ascii_digit()));
    part.ok_or(InvalidDate)
}

/// `YYYY-MM-DD`.
impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}
