//! Moving credits out of lots, and between free and held: always in burn order, always with the
//! changes that the entry will name. Whether there is enough was asked before.

use crate::account::AccountState;
use crate::credits::Credits;
use crate::entry::LotChange;
use crate::exact::{minus, negated, plus};
use crate::hold::HeldPart;
use crate::instant::Instant;
use crate::lot::Lot;
use crate::rejection::Rejection;

/// What becomes of credits that leave a lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Consumed,
    Clawed,
}

/// Takes `credits` from what is free in lots that have not ended.
pub fn take(
    account: &mut AccountState,
    credits: Credits,
    fate: Fate,
    now: Instant,
) -> Result<Vec<LotChange>, Rejection> {
    let mut changes = Vec::new();
    for part in free_parts(account, credits, now)? {
        let lot = account.lot_mut(part.lot_id)?;
        leave(lot, part.credits, fate)?;
        changes.push(LotChange::free(part.lot_id, negated(part.credits)?));
    }
    Ok(changes)
}

/// Sets `credits` aside of what is free in lots that have not ended.
pub fn set_aside(
    account: &mut AccountState,
    credits: Credits,
    now: Instant,
) -> Result<Vec<HeldPart>, Rejection> {
    let parts = free_parts(account, credits, now)?;
    for part in &parts {
        let lot = account.lot_mut(part.lot_id)?;
        lot.held = plus(lot.held, part.credits)?;
    }
    Ok(parts)
}

/// Makes what a hold set aside free again.
pub fn give_back(
    account: &mut AccountState,
    parts: &[HeldPart],
) -> Result<Vec<LotChange>, Rejection> {
    let mut changes = Vec::with_capacity(parts.len());
    for part in parts {
        let lot = account.lot_mut(part.lot_id)?;
        lot.held = minus(lot.held, part.credits)?;
        changes.push(LotChange::held(part.lot_id, negated(part.credits)?));
    }
    Ok(changes)
}

/// Takes what a hold set aside: from its lots, ended or not, since a hold shields its part.
pub fn take_held(
    account: &mut AccountState,
    parts: &[HeldPart],
) -> Result<Vec<LotChange>, Rejection> {
    let mut changes = Vec::with_capacity(parts.len());
    for part in parts {
        let lot = account.lot_mut(part.lot_id)?;
        lot.held = minus(lot.held, part.credits)?;
        leave(lot, part.credits, Fate::Consumed)?;
        let taken = negated(part.credits)?;
        changes.push(LotChange {
            held: taken,
            ..LotChange::free(part.lot_id, taken)
        });
    }
    Ok(changes)
}

/// One change for each lot, in burn order: a refund goes by it.
pub fn merged(
    account: &AccountState,
    changes: Vec<LotChange>,
) -> Result<Vec<LotChange>, Rejection> {
    let mut merged: Vec<LotChange> = Vec::with_capacity(changes.len());
    for change in changes {
        match merged.iter_mut().find(|it| it.lot_id == change.lot_id) {
            None => merged.push(change),
            Some(known) => {
                known.credits = plus(known.credits, change.credits)?;
                known.held = plus(known.held, change.held)?;
                known.frozen = plus(known.frozen, change.frozen)?;
            }
        }
    }
    merged.sort_by_key(|change| account.lots.get(change.lot_id).map(Lot::burn_order));
    Ok(merged)
}

/// Which lots would give `credits`, in burn order, and how much each.
fn free_parts(
    account: &AccountState,
    credits: Credits,
    now: Instant,
) -> Result<Vec<HeldPart>, Rejection> {
    let mut left = credits;
    let mut parts = Vec::new();
    for lot in &account.lots {
        if !left.is_positive() {
            break;
        }
        let available = lot.available(now).ok_or(Rejection::AmountOutOfRange)?;
        let credits = left.min(available);
        if credits.is_positive() {
            left = minus(left, credits)?;
            let lot_id = lot.id;
            parts.push(HeldPart { lot_id, credits });
        }
    }
    if left.is_positive() {
        return Err(Rejection::AmountOutOfRange);
    }
    Ok(parts)
}

fn leave(lot: &mut Lot, credits: Credits, fate: Fate) -> Result<(), Rejection> {
    lot.remaining = minus(lot.remaining, credits)?;
    let whither = match fate {
        Fate::Consumed => &mut lot.consumed,
        Fate::Clawed => &mut lot.clawed,
    };
    *whither = plus(*whither, credits)?;
    Ok(())
}
