//! The running cycle of an account, as its balance and its settings show it: when it began, when it
//! ends, and what was used in it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use ledger::calendar::{Calendar, Day, Period};
use ledger::credits::Credits;
use ledger::instant::Instant;
use ledger::summary::{self, Grouping, Sums};
use ledger::usage::{UsageKey, Used};
use serde::Serialize;
use utoipa::ToSchema;

use super::error::ApiError;
use crate::wire::{CreditsView, InstantView};

/// The account's billing month, from `start` to just before `end`.
#[derive(Serialize, ToSchema)]
#[schema(as = Cycle)]
pub struct CycleView {
    pub start: InstantView,
    pub end: InstantView,
    /// Credits consumed in it so far, less those given back in it. Where work of an earlier cycle
    /// was given back it may be negative.
    pub consumed: CreditsView,
    /// What adds up to it, the most first.
    pub by_operation: Vec<OperationUseView>,
}

/// What one operation consumed.
#[derive(Serialize, ToSchema)]
#[schema(as = OperationUse)]
pub struct OperationUseView {
    /// `other` stands for work whose operation nobody named.
    #[schema(examples("backtesting"))]
    pub operation: String,
    /// Less what was given back.
    pub credits: CreditsView,
    /// Debits and captures.
    #[schema(minimum = 0)]
    pub count: i64,
    /// Of all that was consumed, between 0 and 1; 0 where nothing was consumed in the end.
    #[schema(minimum = 0, maximum = 1)]
    pub share: f64,
}

pub fn period(calendar: &Calendar, now: Instant) -> Result<Period, ApiError> {
    let cycle = calendar.cycle(now);
    cycle.ok_or_else(|| ApiError::internal(&"the clock is out of range"))
}

pub fn today(calendar: &Calendar, now: Instant) -> Result<Day, ApiError> {
    let day = calendar.day(now);
    day.ok_or_else(|| ApiError::internal(&"the clock is out of range"))
}

/// `used` may hold days before the cycle.
pub fn cycle(
    calendar: &Calendar,
    used: &BTreeMap<UsageKey, Used>,
    now: Instant,
) -> Result<CycleView, ApiError> {
    let cycle = period(calendar, now)?;
    let days = used.iter().filter(|(key, _)| cycle.contains(key.day_start));
    let consumed = summary::total(days.clone().map(|(_, used)| used))?.net()?;
    let mut operations: Vec<(String, Credits, Sums)> = Vec::new();
    for (group, sums) in summary::summary(days, Grouping::Operation)? {
        operations.push((group.operation.unwrap_or_default(), sums.net()?, sums));
    }
    operations.sort_by_key(|(_, net, _)| Reverse(*net));
    let positive = operations.iter().map(|(_, net, _)| i128::from(net.micro()));
    let positive: i128 = positive.filter(|net| *net > 0).sum();
    let operations = operations.into_iter();
    Ok(CycleView {
        start: cycle.start.into(),
        end: cycle.end.into(),
        consumed: consumed.into(),
        by_operation: operations
            .map(|(operation, net, sums)| OperationUseView {
                operation,
                credits: net.into(),
                count: sums.count,
                share: share(net, positive),
            })
            .collect(),
    })
}

/// With six decimals, rounded down.
fn share(net: Credits, total: i128) -> f64 {
    let millionths = i128::from(net.micro().max(0))
        .checked_mul(1_000_000)
        .and_then(|net| net.checked_div(total));
    let millionths = millionths.and_then(|share| u32::try_from(share).ok());
    f64::from(millionths.unwrap_or(0)) / 1e6
}
