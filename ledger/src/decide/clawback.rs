//! Credits whose money went back: taken back themselves, and frozen while it is undecided. What the
//! facts call for is absolute; here only the difference to what was done before is done.
//!
//! They are taken out of the purchase's own lots, its bonus included, and never out of a live hold.
//! What was used of them already is owed; what had expired is nothing to anybody.

use super::grant::Gift;
use super::{debt, due, grant};
use crate::account::AccountState;
use crate::credits::Credits;
use crate::entry::{Entry, EntryBody, EntryKind, LotChange};
use crate::exact::{minus, negated, plus};
use crate::ids::{LotId, PurchaseId};
use crate::instant::Instant;
use crate::lot::{Lot, Source};
use crate::purchase::{Purchase, Target};
use crate::rejection::Rejection;

/// Whether what is to be owed, or to come back, finds room.
pub fn check(
    account: &AccountState,
    purchase: &Purchase,
    wanted: &Target,
    now: Instant,
) -> Result<(), Rejection> {
    if wanted.paid_by.is_none() {
        return Ok(());
    }
    let clawed = purchase.clawed.total().ok_or(Rejection::AmountOutOfRange)?;
    if wanted.clawed >= clawed {
        let more = minus(wanted.clawed, clawed)?;
        return plus(account.account.debt, more).map(drop);
    }
    grant::check_room(account, minus(clawed, wanted.clawed)?, now)
}

/// Thaws before it takes, and freezes after it, so that both find what is there.
pub fn settle(
    account: &mut AccountState,
    purchase: &mut Purchase,
    wanted: &Target,
    now: Instant,
) -> Result<Vec<Entry>, Rejection> {
    let id = purchase.terms.purchase_id;
    let clawed = purchase.clawed.total().ok_or(Rejection::AmountOutOfRange)?;
    let frozen = frozen_of(account, id)?;
    let is_settled = wanted.clawed == clawed && wanted.frozen == frozen;
    if is_settled || wanted.paid_by.is_none() {
        return Ok(Vec::new());
    }
    due::book(account, now)?;
    let mut entries = Vec::new();
    if wanted.frozen < frozen {
        entries.extend(thaw(account, id, minus(frozen, wanted.frozen)?, now)?);
    }
    if wanted.clawed > clawed {
        entries.extend(take(account, purchase, minus(wanted.clawed, clawed)?, now)?);
    } else if wanted.clawed < clawed {
        entries.extend(give_back(
            account,
            purchase,
            minus(clawed, wanted.clawed)?,
            now,
        )?);
    }
    // What came free in a lot past its end is forfeited at once, and not frozen.
    due::forfeit_ended_lots(account, now)?;
    if wanted.frozen > frozen {
        entries.extend(freeze(account, id, minus(wanted.frozen, frozen)?, now)?);
    }
    debt::pay(account, now)?;
    Ok(entries)
}

/// In burn order.
fn own_lots(account: &AccountState, id: PurchaseId) -> Vec<Lot> {
    let own = account
        .lots
        .iter()
        .filter(|lot| lot.purchase_id == Some(id));
    own.cloned().collect()
}

fn frozen_of(account: &AccountState, id: PurchaseId) -> Result<Credits, Rejection> {
    let mut own = own_lots(account, id).into_iter();
    own.try_fold(Credits::ZERO, |sum, lot| plus(sum, lot.frozen))
}

/// How much of `wanted` each lot has, in the order given.
fn parts(
    lots: impl IntoIterator<Item = Lot>,
    wanted: Credits,
    has: impl Fn(&Lot) -> Option<Credits>,
) -> Result<Vec<(LotId, Credits)>, Rejection> {
    let mut left = wanted;
    let mut parts = Vec::new();
    for lot in lots {
        let part = left.min(has(&lot).ok_or(Rejection::AmountOutOfRange)?);
        if part.is_positive() {
            left = minus(left, part)?;
            parts.push((lot.id, part));
        }
    }
    Ok(parts)
}

fn sum(parts: &[(LotId, Credits)]) -> Result<Credits, Rejection> {
    let mut parts = parts.iter();
    parts.try_fold(Credits::ZERO, |sum, (_, part)| plus(sum, *part))
}

fn take(
    account: &mut AccountState,
    purchase: &mut Purchase,
    credits: Credits,
    now: Instant,
) -> Result<Option<Entry>, Rejection> {
    let id = purchase.terms.purchase_id;
    let own = own_lots(account, id);
    let expired = own
        .iter()
        .try_fold(Credits::ZERO, |sum, lot| plus(sum, lot.expired))?;
    let found = parts(own, credits, Lot::free)?;
    let taken = sum(&found)?;
    let missing = minus(credits, taken)?;
    let gone = minus(expired, purchase.clawed.forfeited)?.min(missing);
    let owed = minus(missing, gone)?;
    let mut body = EntryBody {
        amount: negated(taken)?,
        debt_change: owed,
        purchase_id: Some(id),
        ..EntryBody::of(EntryKind::Clawback)
    };
    for (lot_id, part) in found {
        let lot = account.lot_mut(lot_id)?;
        lot.remaining = minus(lot.remaining, part)?;
        lot.clawed = plus(lot.clawed, part)?;
        body.lots.push(LotChange::free(lot_id, negated(part)?));
    }
    let clawed = &mut purchase.clawed;
    clawed.from_lots = plus(clawed.from_lots, taken)?;
    clawed.forfeited = plus(clawed.forfeited, gone)?;
    clawed.as_debt = plus(clawed.as_debt, owed)?;
    if taken.is_zero() && owed.is_zero() {
        return Ok(None);
    }
    account.append(body, now).map(Some)
}

/// Undoes what was taken last first: a refund that failed leaves things as it found them. A debt that
/// was paid meanwhile comes back as credits, which end when the purchase's do.
fn give_back(
    account: &mut AccountState,
    purchase: &mut Purchase,
    credits: Credits,
    now: Instant,
) -> Result<Option<Entry>, Rejection> {
    let id = purchase.terms.purchase_id;
    let clawed = &mut purchase.clawed;
    let forgiven = credits.min(clawed.as_debt);
    clawed.as_debt = minus(clawed.as_debt, forgiven)?;
    let left = minus(credits, forgiven)?;
    let gone = left.min(clawed.forfeited);
    clawed.forfeited = minus(clawed.forfeited, gone)?;
    let left = minus(left, gone)?;
    clawed.from_lots = minus(clawed.from_lots, left)?;
    let still_owed = forgiven.min(account.account.debt);
    let mut own = own_lots(account, id);
    let ends = own.iter().map(|lot| lot.expires_at).max();
    own.reverse();
    let found = parts(own, left, |lot| Some(lot.clawed))?;
    let mut body = EntryBody {
        amount: sum(&found)?,
        debt_change: negated(still_owed)?,
        purchase_id: Some(id),
        ..EntryBody::of(EntryKind::Clawback)
    };
    for (lot_id, part) in found {
        let lot = account.lot_mut(lot_id)?;
        lot.remaining = plus(lot.remaining, part)?;
        lot.clawed = minus(lot.clawed, part)?;
        body.lots.push(LotChange::free(lot_id, part));
    }
    if let Some(ends) = ends.filter(|ends| *ends > now) {
        let gift = Gift {
            source: Source::Adjustment,
            credits: minus(forgiven, still_owed)?,
            priority: grant::USUAL_PRIORITY,
        };
        grant::add_lots(account, &[gift], None, ends, &mut body, now)?;
    }
    if body.amount.is_zero() && body.debt_change.is_zero() {
        return Ok(None);
    }
    account.append(body, now).map(Some)
}

/// As much as is free: what is held or used cannot be kept from use any more.
fn freeze(
    account: &mut AccountState,
    id: PurchaseId,
    credits: Credits,
    now: Instant,
) -> Result<Option<Entry>, Rejection> {
    let found = parts(own_lots(account, id), credits, Lot::free)?;
    change_frozen(account, id, EntryKind::Freeze, found, now)
}

fn thaw(
    account: &mut AccountState,
    id: PurchaseId,
    credits: Credits,
    now: Instant,
) -> Result<Option<Entry>, Rejection> {
    let found = parts(own_lots(account, id), credits, |lot| Some(lot.frozen))?;
    let thawed: Result<Vec<_>, Rejection> = found
        .into_iter()
        .map(|(lot_id, part)| Ok((lot_id, negated(part)?)))
        .collect();
    change_frozen(account, id, EntryKind::Thaw, thawed?, now)
}

fn change_frozen(
    account: &mut AccountState,
    id: PurchaseId,
    kind: EntryKind,
    parts: Vec<(LotId, Credits)>,
    now: Instant,
) -> Result<Option<Entry>, Rejection> {
    if parts.is_empty() {
        return Ok(None);
    }
    let mut body = EntryBody {
        frozen_change: sum(&parts)?,
        purchase_id: Some(id),
        ..EntryBody::of(kind)
    };
    for (lot_id, part) in parts {
        let lot = account.lot_mut(lot_id)?;
        lot.frozen = plus(lot.frozen, part)?;
        body.lots.push(LotChange::frozen(lot_id, part));
    }
    account.append(body, now).map(Some)
}
