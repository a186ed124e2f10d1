//! Adjustments: an administrator gives credits as a lot of their own, or takes credits from the
//! open lots in burn order. Never more is taken than is available.

use super::forfeit;
use super::grant::{self, Gift};
use crate::account::AccountState;
use crate::command::{Adjustment, Outcome};
use crate::credits::Credits;
use crate::entry::{Entry, EntryBody, EntryKind, LotChange};
use crate::exact::{minus, negated, plus};
use crate::instant::Instant;
use crate::lot::Source;
use crate::rejection::Rejection;

/// One adjustment moves at most ten million credits: a slip of the hand stays small.
pub const MOST_PER_ADJUSTMENT: Credits =
    Credits::from_micro(10_000_000 * Credits::MICRO_PER_CREDIT);

/// What is wrong whenever it is asked. Whether an end is still to come depends on the moment, and a
/// repeat must get its first answer at any.
pub fn check_shape(adjustment: &Adjustment) -> Result<(), Rejection> {
    let out_of_range = Rejection::AdjustmentIsOutOfRange {
        most: MOST_PER_ADJUSTMENT,
    };
    let size = adjustment.credits.abs().ok_or(out_of_range.clone())?;
    if size.is_zero() || size > MOST_PER_ADJUSTMENT {
        return Err(out_of_range);
    }
    match adjustment.expires_at {
        Some(_) if adjustment.credits.is_negative() => Err(Rejection::OnlyAddedCreditsCanExpire),
        _ => Ok(()),
    }
}

pub fn adjust(
    account: &mut AccountState,
    adjustment: &Adjustment,
    now: Instant,
) -> Result<Outcome, Rejection> {
    let body = EntryBody {
        kind: EntryKind::Adjustment,
        amount: Credits::ZERO,
        held_change: Credits::ZERO,
        lots: Vec::new(),
        purchase_id: None,
        reference: None,
        description: Some(adjustment.reason.clone()),
        actor: Some(adjustment.actor.clone()),
    };
    let entry = if adjustment.credits.is_positive() {
        add(account, adjustment, body, now)?
    } else {
        take(account, adjustment, body, now)?
    };
    let available = entry.available_after;
    Ok(Outcome::Adjusted { entry, available })
}

fn add(
    account: &mut AccountState,
    adjustment: &Adjustment,
    body: EntryBody,
    now: Instant,
) -> Result<Entry, Rejection> {
    let expires_at = match adjustment.expires_at {
        Some(end) if end <= now => return Err(Rejection::ExpiryIsNotInTheFuture),
        Some(end) => end,
        None => now
            .one_calendar_year_later()
            .ok_or(Rejection::AmountOutOfRange)?,
    };
    grant::check_room(account, adjustment.credits, now)?;
    // From here it must succeed.
    forfeit::ended_lots(account, now)?;
    let gift = Gift {
        source: Source::Adjustment,
        credits: adjustment.credits,
    };
    grant::grant(account, &[gift], None, expires_at, body, now)
}

fn take(
    account: &mut AccountState,
    adjustment: &Adjustment,
    mut body: EntryBody,
    now: Instant,
) -> Result<Entry, Rejection> {
    let required = adjustment
        .credits
        .abs()
        .ok_or(Rejection::AmountOutOfRange)?;
    let available = account.available(now)?;
    if required > available {
        let shortfall = minus(required, available)?;
        return Err(Rejection::NotEnoughCredits {
            required,
            available,
            shortfall,
        });
    }
    // From here it must succeed.
    forfeit::ended_lots(account, now)?;
    body.amount = adjustment.credits;
    body.lots = draw(account, required, now)?;
    account.append(body, now)
}

/// Takes `required` from the open lots in burn order.
fn draw(
    account: &mut AccountState,
    required: Credits,
    now: Instant,
) -> Result<Vec<LotChange>, Rejection> {
    let mut order: Vec<_> = account
        .lots
        .values()
        .filter_map(|lot| Some((lot.burn_order(), lot.id, lot.available(now)?)))
        .collect();
    order.sort();
    let mut left = required;
    let mut drawn = Vec::new();
    for (_, lot_id, available) in order {
        let part = left.min(available);
        if !part.is_positive() {
            continue;
        }
        let lot = account.lot_mut(lot_id).ok_or(Rejection::AmountOutOfRange)?;
        lot.remaining = minus(lot.remaining, part)?;
        lot.clawed = plus(lot.clawed, part)?;
        left = minus(left, part)?;
        let credits = negated(part)?;
        drawn.push(LotChange { lot_id, credits });
    }
    Ok(drawn)
}
