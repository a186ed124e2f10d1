//! What credits were used for: named on every entry that consumes, and added up by day. The sums
//! are changed by the same entries that change the balance, so that they can never disagree.

use crate::calendar::{Date, Day};
use crate::credits::Credits;
use crate::exact::{minus_flow, plus_flow};
use crate::instant::Instant;
use crate::rating::Quantities;
use crate::rejection::Rejection;

/// Stands for the operation of work that nobody named.
pub const UNNAMED_OPERATION: &str = "other";

/// A piece of work: what it was, how much of it, and by which rate it was priced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    pub operation: String,
    pub variant: Option<String>,
    pub quantities: Quantities,
    /// None where the caller named the credits.
    pub rate_version: Option<i32>,
}

/// One row of the sums: a day of the account, an operation, a variant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UsageKey {
    /// When the account's day began, by the calendar it had then.
    pub day_start: Instant,
    pub operation: String,
    /// Empty where the operation has none.
    pub variant: String,
}

impl UsageKey {
    pub fn new(day_start: Instant, usage: Option<&Usage>) -> UsageKey {
        let operation = usage.map_or(UNNAMED_OPERATION, |usage| usage.operation.as_str());
        let variant = usage.and_then(|usage| usage.variant.as_deref());
        UsageKey {
            day_start,
            operation: operation.to_owned(),
            variant: variant.unwrap_or_default().to_owned(),
        }
    }
}

/// The sums of such a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    /// The day's date in the account's time zone, in days since 1970.
    pub date: Date,
    /// What debits and captures cost, the part that became debt included.
    pub consumed: Credits,
    pub refunded: Credits,
    /// What holds made on that day still set aside.
    pub held: Credits,
    /// Debits and captures.
    pub count: i64,
}

impl Used {
    pub const fn nothing(date: Date) -> Used {
        Used {
            date,
            consumed: Credits::ZERO,
            refunded: Credits::ZERO,
            held: Credits::ZERO,
            count: 0,
        }
    }

    pub fn consumed(day: Day, credits: Credits) -> Used {
        Used {
            consumed: credits,
            count: 1,
            ..Used::nothing(day.date)
        }
    }

    pub fn refunded(day: Day, credits: Credits) -> Used {
        Used {
            refunded: credits,
            ..Used::nothing(day.date)
        }
    }

    pub fn held(date: Date, credits: Credits) -> Used {
        Used {
            held: credits,
            ..Used::nothing(date)
        }
    }

    /// What was used in the end. Work of an earlier day given back may make it negative.
    pub fn net(&self) -> Result<Credits, Rejection> {
        minus_flow(self.consumed, self.refunded)
    }

    pub fn add(&mut self, more: &Used) -> Result<(), Rejection> {
        self.consumed = plus_flow(self.consumed, more.consumed)?;
        self.refunded = plus_flow(self.refunded, more.refunded)?;
        self.held = plus_flow(self.held, more.held)?;
        self.count = self
            .count
            .checked_add(more.count)
            .ok_or(Rejection::AmountOutOfRange)?;
        Ok(())
    }
}
