//! Limits: how much an account may use in a day, a week or a cycle, of everything or of one
//! operation. They are looked at before work is admitted; admitted work gets to finish.

use std::collections::BTreeMap;

use crate::calendar::{Calendar, Period};
use crate::credits::Credits;
use crate::exact::{minus_flow, plus_flow};
use crate::instant::Instant;
use crate::rejection::Rejection;
use crate::usage::{UsageKey, Used};

/// The windows that limits count in: each begins anew at its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LimitWindow {
    Day,
    Week,
    Cycle,
}

/// At most `credits` in a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// None: whatever the operation.
    pub operation: Option<String>,
    pub window: LimitWindow,
    pub credits: Credits,
}

/// That a limit left too little was told; it is told again when its window has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldLimit {
    pub operation: Option<String>,
    pub window: LimitWindow,
    pub until: Instant,
}

impl ToldLimit {
    pub fn is_of(&self, limit: &Limit) -> bool {
        (&self.operation, self.window) == (&limit.operation, limit.window)
    }
}

/// How a limit stands at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub limit: Limit,
    /// Used in the window, and set aside by holds made in it.
    pub used: Credits,
    /// What may still be used; never negative.
    pub room: Credits,
    /// When the window ends and the next begins.
    pub resets_at: Instant,
}

impl Limit {
    fn concerns(&self, operation: &str) -> bool {
        self.operation.as_deref().is_none_or(|it| it == operation)
    }

    /// What counts against the limit at `now`, given the sums of the days since its window began.
    pub fn standing(
        &self,
        calendar: &Calendar,
        sums: &BTreeMap<UsageKey, Used>,
        now: Instant,
    ) -> Result<Standing, Rejection> {
        let window = self.window.period(calendar, now);
        let window = window.ok_or(Rejection::AmountOutOfRange)?;
        let mut used = Credits::ZERO;
        for (key, sum) in sums {
            if window.contains(key.day_start) && self.concerns(&key.operation) {
                used = plus_flow(plus_flow(used, sum.net()?)?, sum.held)?;
            }
        }
        Ok(Standing {
            limit: self.clone(),
            used,
            room: minus_flow(self.credits, used)?.max(Credits::ZERO),
            resets_at: window.end,
        })
    }
}

impl LimitWindow {
    /// The window that `now` lies in.
    pub fn period(self, calendar: &Calendar, now: Instant) -> Option<Period> {
        match self {
            LimitWindow::Day => calendar.day(now).map(|day| day.period),
            LimitWindow::Week => calendar.week(now),
            LimitWindow::Cycle => calendar.cycle(now),
        }
    }
}

/// The tightest of the limits that concern an operation: the one with the least room, and of equals
/// the first.
pub fn tightest(
    limits: &[Limit],
    operation: &str,
    calendar: &Calendar,
    sums: &BTreeMap<UsageKey, Used>,
    now: Instant,
) -> Result<Option<Standing>, Rejection> {
    let mut tightest: Option<Standing> = None;
    for limit in limits.iter().filter(|limit| limit.concerns(operation)) {
        let standing = limit.standing(calendar, sums, now)?;
        if tightest
            .as_ref()
            .is_none_or(|known| standing.room < known.room)
        {
            tightest = Some(standing);
        }
    }
    Ok(tightest)
}
