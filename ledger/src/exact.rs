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
