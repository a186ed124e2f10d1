//! What was used, summed up for people: by operation, by variant, or over time. It only adds up the
//! sums of days; nothing here changes them.

use std::collections::BTreeMap;

use crate::calendar::Date;
use crate::credits::Credits;
use crate::exact::{minus_flow, plus_flow};
use crate::rejection::Rejection;
use crate::usage::{UsageKey, Used};

/// What the rows of a summary stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    Operation,
    /// An operation and a variant of it.
    Variant,
    Day,
    /// From Monday on.
    Week,
    Month,
}

/// One row of it. What the grouping does not tell apart is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// The day, the week's Monday, or the first of the month.
    pub date: Option<Date>,
    pub operation: Option<String>,
    /// Also `None` where the operation has none.
    pub variant: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// What debits and captures cost, the part that became debt included.
    pub consumed: Credits,
    pub refunded: Credits,
    /// Debits and captures.
    pub count: i64,
}

impl Sums {
    /// What was used in the end. Where work of an earlier time was given back it may be negative.
    pub fn net(&self) -> Result<Credits, Rejection> {
        minus_flow(self.consumed, self.refunded)
    }

    fn add(&mut self, used: &Used) -> Result<(), Rejection> {
        self.consumed = plus_flow(self.consumed, used.consumed)?;
        self.refunded = plus_flow(self.refunded, used.refunded)?;
        self.count = self
            .count
            .checked_add(used.count)
            .ok_or(Rejection::AmountOutOfRange)?;
        Ok(())
    }
}

/// Everything together.
pub fn total<'a>(used: impl IntoIterator<Item = &'a Used>) -> Result<Sums, Rejection> {
    let mut sums = Sums::default();
    for used in used {
        sums.add(used)?;
    }
    Ok(sums)
}

/// The rows of a summary: dates in order, or operations and variants by name. Rows in which nothing
/// was used or given back, where a hold was made and let go, are left out.
pub fn summary<'a>(
    days: impl IntoIterator<Item = (&'a UsageKey, &'a Used)>,
    by: Grouping,
) -> Result<BTreeMap<Group, Sums>, Rejection> {
    let mut rows: BTreeMap<Group, Sums> = BTreeMap::new();
    for (key, used) in days {
        let nothing = used.count == 0 && used.consumed.is_zero() && used.refunded.is_zero();
        if !nothing {
            let group = Group::of(key, used.date, by).ok_or(Rejection::AmountOutOfRange)?;
            rows.entry(group).or_default().add(used)?;
        }
    }
    Ok(rows)
}

impl Group {
    /// `None` where the calendar ends.
    fn of(key: &UsageKey, date: Date, by: Grouping) -> Option<Group> {
        let operation = Some(key.operation.clone());
        let variant = Some(key.variant.clone()).filter(|variant| !variant.is_empty());
        let on = |date| Group {
            date: Some(date),
            ..Group::default()
        };
        Some(match by {
            Grouping::Operation => Group {
                operation,
                ..Group::default()
            },
            Grouping::Variant => Group {
                operation,
                variant,
                ..Group::default()
            },
            Grouping::Day => on(date),
            Grouping::Week => on(date.monday()?),
            Grouping::Month => on(date.first_of_month()),
        })
    }
}
