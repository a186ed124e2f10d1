//! Holds: credits set aside, extended or resized, and released. Charging them is `capture`.

use super::{admission, draw, due};
use crate::account::{AccountState, Reference, Referent};
use crate::command::{HoldChange, NewHold, Outcome};
use crate::credits::Credits;
use crate::entry::{EntryBody, EntryKind, LotChange, new_hold_id};
use crate::exact::{minus, plus, plus_flow};
use crate::hold::{End, HeldPart, Hold, HoldStatus};
use crate::ids::HoldId;
use crate::instant::Instant;
use crate::lot::Lot;
use crate::rejection::Rejection;
use crate::usage::{UsageKey, Used};

/// A hold lasts at least a second and at most a day from when it was made or last extended.
pub const LONGEST_TTL_SECONDS: i64 = 86_400;

pub fn check_ttl(ttl_seconds: i64) -> Result<(), Rejection> {
    let most = LONGEST_TTL_SECONDS;
    if (1..=most).contains(&ttl_seconds) {
        Ok(())
    } else {
        Err(Rejection::TtlIsOutOfRange { most })
    }
}

pub fn place(
    account: &mut AccountState,
    new: &NewHold,
    now: Instant,
) -> Result<Outcome, Rejection> {
    let reference = Reference::Hold(new.reference.clone());
    if let Some(known) = account.references.get(&reference) {
        return Err(Rejection::ReferenceWasUsed { by: *known });
    }
    let expires_at = end_of(new.ttl_seconds, now)?;
    admission::check(account, new.credits, new.usage.as_ref(), now)?;
    // From here it must succeed.
    due::book(account, now)?;
    let day = account.day(now)?;
    let parts = draw::set_aside(account, new.credits, now)?;
    let id = new_hold_id(&account.account.id, &account.account.last_hash, now);
    let hold = Hold {
        id,
        reference: new.reference.clone(),
        description: new.description.clone(),
        usage: new.usage.clone(),
        overage: new.overage,
        status: HoldStatus::Active,
        credits: new.credits,
        captured: Credits::ZERO,
        parts,
        created_at: now,
        expires_at,
        day_start: day.period.start,
        date: day.date,
    };
    let body = EntryBody {
        description: new.description.clone(),
        metadata: new.metadata.clone(),
        ..body_of(&hold, EntryKind::Hold, held(&hold.parts))?
    };
    count_held(account, &hold, new.credits)?;
    account.add_hold(hold.clone());
    account.references.insert(reference, Referent::Hold(id));
    let entry = account.append(body, now)?;
    Ok(Outcome::HoldChanged {
        hold,
        available: entry.available_after,
    })
}

/// Moves a hold's end, and sets aside more or less: more only if it can be spent, as for a new one.
pub fn change(
    account: &mut AccountState,
    change: &HoldChange,
    now: Instant,
) -> Result<Outcome, Rejection> {
    let held_now = active(account, change.hold_id, now)?.held()?;
    let expires_at = change.ttl_seconds.map(|ttl| end_of(ttl, now)).transpose()?;
    let wanted = change.credits.unwrap_or(held_now);
    if wanted > held_now {
        let hold = active(account, change.hold_id, now)?;
        admission::check(account, minus(wanted, held_now)?, hold.usage.as_ref(), now)?;
    }
    // From here it must succeed.
    due::book(account, now)?;
    let mut hold = active(account, change.hold_id, now)?.clone();
    hold.expires_at = expires_at.unwrap_or(hold.expires_at);
    let lots = if wanted > held_now {
        grow(account, &mut hold, minus(wanted, held_now)?, now)?
    } else {
        let parts = hold.take(minus(held_now, wanted)?, End::Back)?;
        draw::give_back(account, &parts)?
    };
    if change.credits.is_some() {
        hold.credits = plus_flow(hold.captured, wanted)?;
    }
    account.change_hold(hold.clone());
    if lots.is_empty() {
        account.touch();
    } else {
        count_held(account, &hold, due::sum_held(&lots)?)?;
        let body = body_of(&hold, EntryKind::Hold, lots)?;
        account.append(body, now)?;
        due::forfeit_ended_lots(account, now)?;
    }
    let available = account.available(now)?;
    Ok(Outcome::HoldChanged { hold, available })
}

fn grow(
    account: &mut AccountState,
    hold: &mut Hold,
    more: Credits,
    now: Instant,
) -> Result<Vec<LotChange>, Rejection> {
    let parts = draw::set_aside(account, more, now)?;
    for part in &parts {
        match hold.parts.iter_mut().find(|it| it.lot_id == part.lot_id) {
            Some(known) => known.credits = plus(known.credits, part.credits)?,
            None => hold.parts.push(*part),
        }
    }
    // A lot that came later may burn before those that the hold has already.
    let lots = &account.lots;
    let burn_order = |part: &HeldPart| lots.get(part.lot_id).map(Lot::burn_order);
    hold.parts.sort_by_cached_key(burn_order);
    Ok(held(&parts))
}

pub fn release(account: &mut AccountState, id: HoldId, now: Instant) -> Result<Outcome, Rejection> {
    active(account, id, now)?;
    // From here it must succeed.
    due::book(account, now)?;
    let hold = active(account, id, now)?.clone();
    let hold = due::release(account, hold, HoldStatus::Released, now)?;
    due::forfeit_ended_lots(account, now)?;
    let available = account.available(now)?;
    Ok(Outcome::HoldChanged { hold, available })
}

/// The hold, if it can still be charged, changed or released.
pub fn active(account: &AccountState, id: HoldId, now: Instant) -> Result<&Hold, Rejection> {
    let hold = account.holds.get(&id);
    let hold = hold.ok_or(Rejection::HoldDoesNotExist)?;
    let status = if hold.is_due(now) {
        HoldStatus::Expired
    } else {
        hold.status
    };
    match status {
        HoldStatus::Active => Ok(hold),
        status => Err(Rejection::HoldHasEnded {
            status,
            credits: hold.credits,
            captured: hold.captured,
        }),
    }
}

fn end_of(ttl_seconds: i64, now: Instant) -> Result<Instant, Rejection> {
    let end = now.plus_seconds(ttl_seconds);
    end.ok_or(Rejection::AmountOutOfRange)
}

fn held(parts: &[HeldPart]) -> Vec<LotChange> {
    let parts = parts.iter();
    parts
        .map(|part| LotChange::held(part.lot_id, part.credits))
        .collect()
}

fn body_of(hold: &Hold, kind: EntryKind, lots: Vec<LotChange>) -> Result<EntryBody, Rejection> {
    Ok(EntryBody {
        held_change: due::sum_held(&lots)?,
        lots,
        usage: hold.usage.clone(),
        hold_id: Some(hold.id),
        reference: Some(hold.reference.clone()),
        ..EntryBody::of(kind)
    })
}

/// What a hold sets aside counts on the day on which it was made.
pub fn count_held(
    account: &mut AccountState,
    hold: &Hold,
    change: Credits,
) -> Result<(), Rejection> {
    let key = UsageKey::new(hold.day_start, hold.usage.as_ref());
    account.count_use(key, Used::held(hold.date, change))
}
