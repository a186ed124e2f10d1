//! What an account's lots mean at one instant: what can be spent, and what ends when. It only looks;
//! nothing here changes a lot.

use crate::credits::Credits;
use crate::exact::{minus, plus};
use crate::hold::{HeldPart, Hold};
use crate::instant::Instant;
use crate::lot::Lot;
use crate::lots::Lots;
use crate::rejection::Rejection;

/// Credits that end together, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expiry {
    pub credits: Credits,
    pub expires_at: Instant,
}

/// What can be spent at `now`: the free part of lots that have not ended.
pub fn available<'a>(
    lots: impl IntoIterator<Item = &'a Lot>,
    now: Instant,
) -> Result<Credits, Rejection> {
    let mut sum = Credits::ZERO;
    for lot in lots {
        let free = lot.available(now).ok_or(Rejection::AmountOutOfRange)?;
        sum = plus(sum, free)?;
    }
    Ok(sum)
}

/// What these holds set aside in lots that have not ended: theirs to give back.
pub fn freed<'a>(
    lots: &Lots,
    holds: impl IntoIterator<Item = &'a Hold>,
    now: Instant,
) -> Result<Credits, Rejection> {
    let mut sum = Credits::ZERO;
    for part in holds.into_iter().flat_map(|hold| &hold.parts) {
        let lot = lots.get(part.lot_id).ok_or(Rejection::AmountOutOfRange)?;
        if !lot.has_ended(now) {
            sum = plus(sum, part.credits)?;
        }
    }
    Ok(sum)
}

/// Makes free what holds past their end set aside, as it will be once that is booked. A part of a lot
/// that is not among these is a part of one that has ended.
pub fn release<'a>(
    lots: &mut [Lot],
    parts: impl IntoIterator<Item = &'a HeldPart>,
) -> Result<(), Rejection> {
    for part in parts {
        if let Some(lot) = lots.iter_mut().find(|lot| lot.id == part.lot_id) {
            lot.held = minus(lot.held, part.credits)?;
        }
    }
    Ok(())
}

/// The soonest end of anything that can be spent, with all that ends at that instant.
pub fn next_expiry(lots: &[Lot], now: Instant) -> Result<Option<Expiry>, Rejection> {
    let usable = |lot: &&Lot| lot.available(now).is_some_and(Credits::is_positive);
    let Some(expires_at) = lots.iter().filter(usable).map(|lot| lot.expires_at).min() else {
        return Ok(None);
    };
    let ending = lots.iter().filter(|lot| lot.expires_at == expires_at);
    Ok(Some(Expiry {
        credits: available(ending, now)?,
        expires_at,
    }))
}

/// What ends within so many days of 24 hours from `now`.
pub fn ending_within(lots: &[Lot], days: i64, now: Instant) -> Result<Credits, Rejection> {
    let horizon = now.plus_days(days).ok_or(Rejection::AmountOutOfRange)?;
    let ending = lots.iter().filter(|lot| lot.expires_at <= horizon);
    available(ending, now)
}
