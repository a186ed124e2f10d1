//! What the passing of time has done to an account: holds past their end set nothing aside any
//! more, and lots past their end count for nothing. All that has been true since those instants;
//! here it is booked, so that the next entry's balances are exact. It runs before any change to an
//! account, so a late booking alters no balance anyone could have seen.

use super::draw;
use crate::account::AccountState;
use crate::credits::Credits;
use crate::entry::{EntryBody, EntryKind, LotChange};
use crate::exact::{minus, negated, plus};
use crate::hold::{Hold, HoldStatus};
use crate::ids::{HoldId, LotId};
use crate::instant::Instant;
use crate::rejection::Rejection;
use crate::usage::{UsageKey, Used};

/// Releases every hold that is due by `now`, then forfeits what is free in every lot that has
/// ended.
pub fn book(account: &mut AccountState, now: Instant) -> Result<(), Rejection> {
    release_due_holds(account, now)?;
    forfeit_ended_lots(account, now)
}

/// In the order in which they ended.
fn release_due_holds(account: &mut AccountState, now: Instant) -> Result<(), Rejection> {
    if account.account.holds_due_at.is_none_or(|due| due > now) {
        return Ok(());
    }
    let due = account.holds.values().filter(|hold| hold.is_due(now));
    let mut due: Vec<(Instant, HoldId)> = due.map(|hold| (hold.expires_at, hold.id)).collect();
    due.sort();
    for (_, id) in due {
        let hold = account.holds.get(&id).cloned();
        let hold = hold.ok_or(Rejection::AmountOutOfRange)?;
        release(account, hold, HoldStatus::Expired, now)?;
    }
    let active = account
        .holds
        .values()
        .filter(|hold| hold.status == HoldStatus::Active);
    let known = active.map(|hold| hold.expires_at);
    account.account.holds_due_at = known.chain(account.other_holds_due_at).min();
    account.touch();
    Ok(())
}

/// Ends a hold without charging it further; what it set aside is free again.
pub fn release(
    account: &mut AccountState,
    mut hold: Hold,
    status: HoldStatus,
    now: Instant,
) -> Result<Hold, Rejection> {
    let parts = std::mem::take(&mut hold.parts);
    let lots = draw::give_back(account, &parts)?;
    let freed = sum_held(&lots)?;
    hold.status = status;
    let key = UsageKey::new(hold.day_start, hold.usage.as_ref());
    account.count_use(key, Used::held(hold.date, freed))?;
    let body = EntryBody {
        held_change: freed,
        lots,
        usage: hold.usage.clone(),
        hold_id: Some(hold.id),
        reference: Some(hold.reference.clone()),
        ..EntryBody::of(EntryKind::Release)
    };
    account.change_hold(hold.clone());
    account.append(body, now)?;
    Ok(hold)
}

pub fn sum_held(lots: &[LotChange]) -> Result<Credits, Rejection> {
    lots.iter()
        .try_fold(Credits::ZERO, |sum, change| plus(sum, change.held))
}

pub fn sum_credits(lots: &[LotChange]) -> Result<Credits, Rejection> {
    lots.iter()
        .try_fold(Credits::ZERO, |sum, change| plus(sum, change.credits))
}

/// One entry a lot, in burn order. The part under a hold is shielded.
pub fn forfeit_ended_lots(account: &mut AccountState, now: Instant) -> Result<(), Rejection> {
    let ended: Vec<(LotId, Credits)> = account
        .lots
        .iter()
        .filter(|lot| lot.has_ended(now))
        .filter_map(|lot| Some((lot.id, lot.free()?)))
        .filter(|(_, free)| free.is_positive())
        .collect();
    for (lot_id, free) in ended {
        forfeit(account, lot_id, free, now)?;
    }
    Ok(())
}

fn forfeit(
    account: &mut AccountState,
    lot_id: LotId,
    free: Credits,
    now: Instant,
) -> Result<(), Rejection> {
    let lot = account.lot_mut(lot_id)?;
    lot.remaining = minus(lot.remaining, free)?;
    lot.expired = plus(lot.expired, free)?;
    let purchase_id = lot.purchase_id;
    let taken = negated(free)?;
    let body = EntryBody {
        amount: taken,
        lots: vec![LotChange::free(lot_id, taken)],
        purchase_id,
        ..EntryBody::of(EntryKind::Expiry)
    };
    account.append(body, now)?;
    Ok(())
}
