//! Reminders: which of its stages a lot has reached that is about to end. Each stage is told once; one
//! that a later stage has overtaken is not told any more, and one that lies before the lot was granted
//! never was.

use crate::credits::Credits;
use crate::instant::Instant;
use crate::lot::Lot;

/// How many days before its end a lot is told of, unless an operator wants it otherwise.
pub const REMINDER_DAYS: [u16; 3] = [30, 7, 1];

/// The stage that is to be told of the lot at `now`, if any is. A lot without anything to spend is told
/// of at none.
pub fn due_stage(lot: &Lot, stages: &[u16], now: Instant) -> Option<u16> {
    if !lot.available(now).is_some_and(Credits::is_positive) {
        return None;
    }
    let reached = |days: u16| {
        let begins = lot.expires_at.plus_days(i64::from(days).saturating_neg());
        begins.is_some_and(|begins| begins <= now && begins >= lot.granted_at)
    };
    let latest = stages.iter().copied().filter(|days| reached(*days)).min()?;
    let is_news = lot.reminded_days.is_none_or(|told| latest < told);
    is_news.then_some(latest)
}
