//! The day of the month on which an account's cycles begin. A month that is too short for it
//! begins its cycle on its last day, and never in the month after.

use super::date::Date;

/// 1 to 31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AnchorDay(u8);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an anchor day is a day of the month, 1 to 31")]
pub struct AnchorDayIsOutOfRange;

impl AnchorDay {
    pub const FIRST: AnchorDay = AnchorDay(1);

    pub fn new(day: i16) -> Result<AnchorDay, AnchorDayIsOutOfRange> {
        match u8::try_from(day) {
            Ok(day @ 1..=31) => Ok(AnchorDay(day)),
            _ => Err(AnchorDayIsOutOfRange),
        }
    }

    pub const fn get(self) -> u8 {
        self.0
    }

    /// Where a cycle begins in the month of `date`.
    pub(super) fn in_month_of(self, date: Date) -> Date {
        let last = date.last_of_month();
        date.with_day(self.0).unwrap_or(last)
    }
}
