//! Sums and differences that cannot go wrong unseen. An account whose figures leave the range is
//! corrupt, since every way there is checked before; so the command is refused, and nothing changes.

use crate::credits::Credits;
use crate::rejection::Rejection;

pub fn plus(one: Credits, other: Credits) -> Result<Credits, Rejection> {
    one.checked_add(other).ok_or(Rejection::AmountOutOfRange)
}

pub fn minus(one: Credits, other: Credits) -> Result<Credits, Rejection> {
    one.checked_sub(other).ok_or(Rejection::AmountOutOfRange)
}

pub fn negated(credits: Credits) -> Result<Credits, Rejection> {
    credits.checked_neg().ok_or(Rejection::AmountOutOfRange)
}

/// What flowed is not bounded by what an account can own: it can use that up and more on one day, and
/// under one hold. So sums of what was used have the whole range of an `i64`.
pub fn plus_flow(one: Credits, other: Credits) -> Result<Credits, Rejection> {
    let sum = one.micro().checked_add(other.micro());
    sum.map(Credits::from_micro)
        .ok_or(Rejection::AmountOutOfRange)
}

/// The difference of two such sums.
pub fn minus_flow(one: Credits, other: Credits) -> Result<Credits, Rejection> {
    let difference = one.micro().checked_sub(other.micro());
    difference
        .map(Credits::from_micro)
        .ok_or(Rejection::AmountOutOfRange)
}
