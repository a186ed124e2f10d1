//! Adjustments: an administrator gives credits as a lot of their own, or takes credits from the
//! open lots in burn order. Never more is taken than is available.

use super::draw::{self, Fate};
use super::grant::{self, Gift, USUAL_PRIORITY};
use super::{admission, due};
use crate::account::AccountState;
use crate::command::{Adjustment, Outcome};
use crate::credits::Credits;
use crate::entry::{Entry, EntryBody, EntryKind};
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
        description: Some(adjustment.reason.clone()),
        actor: Some(adjustment.actor.clone()),
        ..EntryBody::of(EntryKind::Adjustment)
    };
    let entry = if adjustment.credits.is_positive() {
        add(account, adjustment, body, now)?
    } else {
        take(account, adjustment, body, now)?
    };
    let available = account.available(now)?;
    Ok(Outcome::Adjusted { entry, available })
}

fn add(
    account: &mut AccountState,
    adjustment: &Adjustment,
    body: EntryBody,
    now: Instant,
) -> Result<Entry, Rejection> {
    let expires_at = grant::end(adjustment.expires_at, now)?;
    grant::check_room(account, adjustment.credits, now)?;
    // From here it must succeed.
    due::book(account, now)?;
    let lot = Gift {
        source: Source::Adjustment,
        credits: adjustment.credits,
        priority: USUAL_PRIORITY,
    };
    grant::grant(account, &[lot], None, expires_at, body, now)
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
    admission::check_funds(required, account.available(now)?)?;
    // From here it must succeed.
    due::book(account, now)?;
    body.amount = adjustment.credits;
    body.lots = draw::take(account, required, Fate::Clawed, now)?;
    account.append(body, now)
}
