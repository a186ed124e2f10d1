//! What becomes of lots if credits are used at an even pace: lots are used in their order, and
//! what has ended is gone. It works on copies; no real lot is touched.

use crate::credits::Credits;
use crate::exact::{minus, plus};
use crate::ids::LotId;
use crate::instant::Instant;
use crate::lot::Lot;
use crate::rejection::Rejection;
use uuid::Uuid;

/// What is left of one lot. What is held of it counts in: the hold may come back, and what is
/// captured will count as use.
#[derive(Clone, Debug)]
pub struct Stock {
    burn_order: (i16, Instant, bool, Instant, LotId),
    expires_at: Instant,
    remaining: Credits,
}

impl Stock {
    pub fn of(lot: &Lot) -> Stock {
        Stock {
            burn_order: lot.burn_order(),
            expires_at: lot.expires_at,
            remaining: lot.remaining,
        }
    }

    /// What would be bought `now`, as one lot. A bonus ends with it and is used just before it,
    /// which makes no difference to other lots.
    pub fn bought(credits: Credits, now: Instant, expires_at: Instant) -> Stock {
        Stock {
            burn_order: (0, expires_at, true, now, LotId::from_uuid(Uuid::max())),
            expires_at,
            remaining: credits,
        }
    }
}

/// Use at an even pace: so many credits over so many days from `from` on, and nothing after.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    pub credits: Credits,
    pub from: Instant,
    pub days: i64,
}

/// What became of the lots by some instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Burn {
    pub used: Credits,
    /// Ended with something left.
    pub forfeited: Credits,
    /// Use that no lot was there for.
    pub uncovered: Credits,
}

const MICROS_PER_DAY: i128 = 86_400_000_000;

impl Pace {
    /// What is used up to an instant.
    fn used_by(&self, instant: Instant) -> Credits {
        let span = i128::from(self.days).saturating_mul(MICROS_PER_DAY);
        let elapsed = i128::from(instant.micros())
            .saturating_sub(i128::from(self.from.micros()))
            .clamp(0, span.max(0));
        let used = i128::from(self.credits.micro())
            .saturating_mul(elapsed)
            .checked_div(span)
            .unwrap_or_default();
        i64::try_from(used).map_or(Credits::ZERO, Credits::from_micro)
    }
}

/// Uses the stock up to `until`, from one lot's end to the next: in between the order of lots
/// stands, so that what is used of each is exact.
pub fn burn(mut stock: Vec<Stock>, pace: &Pace, until: Instant) -> Result<Burn, Rejection> {
    stock.retain(|lot| lot.expires_at > pace.from);
    stock.sort_by_key(|lot| lot.burn_order);
    let mut ends: Vec<Instant> = stock.iter().map(|lot| lot.expires_at.min(until)).collect();
    ends.push(until);
    ends.sort_unstable();
    ends.dedup();
    let mut burn = Burn::default();
    let mut from = pace.from;
    for end in ends {
        let mut wanted = minus(pace.used_by(end), pace.used_by(from))?;
        for lot in stock.iter_mut().filter(|lot| lot.expires_at > from) {
            if wanted.is_zero() {
                break;
            }
            let taken = wanted.min(lot.remaining);
            lot.remaining = minus(lot.remaining, taken)?;
            wanted = minus(wanted, taken)?;
            burn.used = plus(burn.used, taken)?;
        }
        burn.uncovered = plus(burn.uncovered, wanted)?;
        from = end;
    }
    for lot in stock.iter().filter(|lot| lot.expires_at <= until) {
        burn.forfeited = plus(burn.forfeited, lot.remaining)?;
    }
    Ok(burn)
}
