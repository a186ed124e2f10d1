//! A moment: microseconds since 1970 in UTC, with the calendar arithmetic that expiry needs. It
//! never asks what time it is, and knows no time zone but UTC.

use std::fmt;
use std::str::FromStr;

use time::format_description::well_known::Rfc3339;
use time::{Date, Month, OffsetDateTime};

/// Microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// Why a text is no instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseInstantError {
    #[error("a time is RFC 3339, such as \"2026-01-31T12:00:00Z\"")]
    TimeIsNotRfc3339,
    #[error("a time lies in the years 0000 to 9999 of UTC")]
    TimeIsOutsideTheCalendar,
}

const MICROS_PER_SECOND: i64 = 1_000_000;
const NANOS_PER_MICRO: i128 = 1_000;
const SECONDS_PER_DAY: i64 = 86_400;

impl Instant {
    /// 0000-01-01T00:00:00Z, the first that RFC 3339 can write.
    pub const MIN: Instant = Instant(-62_167_219_200_000_000);
    /// 9999-12-31T23:59:59.999999Z, the last that RFC 3339 can write.
    pub const MAX: Instant = Instant(253_402_300_799_999_999);

    /// Takes any number, for what the database holds; everything else stays within `MIN` and
    /// `MAX`.
    pub const fn from_micros(micros: i64) -> Instant {
        Instant(micros)
    }

    pub const fn micros(self) -> i64 {
        self.0
    }

    /// `None` outside `MIN..=MAX`: a signed header may carry any number.
    pub fn from_unix_seconds(seconds: i64) -> Option<Instant> {
        seconds
            .checked_mul(MICROS_PER_SECOND)
            .and_then(Self::within_calendar)
    }

    /// Whole seconds since 1970, rounded towards the past.
    pub const fn unix_seconds(self) -> i64 {
        self.0.div_euclid(MICROS_PER_SECOND)
    }

    /// `None` outside `MIN..=MAX`.
    pub fn plus_seconds(self, seconds: i64) -> Option<Instant> {
        let micros = seconds.checked_mul(MICROS_PER_SECOND)?;
        self.0.checked_add(micros).and_then(Self::within_calendar)
    }

    /// Days of 24 hours, which in UTC are the calendar's. `None` outside `MIN..=MAX`.
    pub fn plus_days(self, days: i64) -> Option<Instant> {
        self.plus_seconds(days.checked_mul(SECONDS_PER_DAY)?)
    }

    /// The same wall time in UTC a calendar year on; 29 February becomes 28 February. It is the
    /// exclusive end of a lot's life. `None` outside `MIN..=MAX`.
    pub fn one_calendar_year_later(self) -> Option<Instant> {
        let now = self.utc()?;
        let year = now.year().checked_add(1)?;
        let day = match (now.month(), now.day()) {
            (Month::February, 29) => 28,
            (_, day) => day,
        };
        let date = Date::from_calendar_date(year, now.month(), day).ok()?;
        Self::from_utc(now.replace_date(date))
    }

    /// Whole seconds from `earlier` to `self`, rounded down; negative when `earlier` is later.
    pub const fn seconds_since(self, earlier: Instant) -> i64 {
        self.0
            .saturating_sub(earlier.0)
            .div_euclid(MICROS_PER_SECOND)
    }

    /// `None` outside `MIN..=MAX`.
    fn utc(self) -> Option<OffsetDateTime> {
        let Instant(micros) = Self::within_calendar(self.0)?;
        let nanos = i128::from(micros).checked_mul(NANOS_PER_MICRO)?;
        OffsetDateTime::from_unix_timestamp_nanos(nanos).ok()
    }

    /// What is finer than a microsecond is cut off, towards the past.
    fn from_utc(moment: OffsetDateTime) -> Option<Instant> {
        let micros = moment.unix_timestamp_nanos().div_euclid(NANOS_PER_MICRO);
        i64::try_from(micros).ok().and_then(Self::within_calendar)
    }

    fn within_calendar(micros: i64) -> Option<Instant> {
        (Self::MIN.0..=Self::MAX.0)
            .contains(&micros)
            .then_some(Instant(micros))
    }
}

/// RFC 3339 in UTC with `Z`; six decimals when there is a fraction of a second, else none. What
/// RFC 3339 cannot write shows as `@` and its microseconds, so that a log line never fails.
impl fmt::Display for Instant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(moment) = self.utc() else {
            return write!(formatter, "@{}us", self.0);
        };
        let (year, month, day) = moment.to_calendar_date();
        let (hour, minute, second, micro) = moment.to_hms_micro();
        let month = u8::from(month);
        write!(
            formatter,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
        )?;
        if micro != 0 {
            write!(formatter, ".{micro:06}")?;
        }
        formatter.write_str("Z")
    }
}

/// RFC 3339 with any offset; what is finer than a microsecond is cut off.
impl FromStr for Instant {
    type Err = ParseInstantError;

    fn from_str(text: &str) -> Result<Instant, ParseInstantError> {
        let moment = OffsetDateTime::parse(text, &Rfc3339)
            .map_err(|_| ParseInstantError::TimeIsNotRfc3339)?;
        Self::from_utc(moment).ok_or(ParseInstantError::TimeIsOutsideTheCalendar)
    }
}
