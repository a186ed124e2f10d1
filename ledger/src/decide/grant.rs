//! Granting: new lots, and the one entry that names them.

use super::debt;
use crate::account::AccountState;
use crate::credits::Credits;
use crate::entry::{Entry, EntryBody, LotChange, new_lot_id};
use crate::exact::{minus, plus};
use crate::ids::PurchaseId;
use crate::instant::Instant;
use crate::lot::{Lot, Source};
use crate::rejection::Rejection;

/// One lot to be: where it comes from, how much it holds and when its turn comes.
pub struct Gift {
    pub source: Source,
    pub credits: Credits,
    /// Lower is used first.
    pub priority: i16,
}

/// What most lots have.
pub const USUAL_PRIORITY: i16 = 0;

/// Whether `added` more credits fit under the most an account can own. What has ended by `now`
/// takes no room, nor does what a hold that is due had of it: both are booked before anything is
/// granted.
pub fn check_room(account: &AccountState, added: Credits, now: Instant) -> Result<(), Rejection> {
    let ended = || account.lots.iter().filter(|lot| lot.has_ended(now));
    let mut balance = account.account.balance;
    for lot in ended() {
        let gone = lot.free().ok_or(Rejection::AmountOutOfRange)?;
        balance = minus(balance, gone)?;
    }
    let due = account.holds.values().filter(|hold| hold.is_due(now));
    for part in due.flat_map(|hold| &hold.parts) {
        if ended().any(|lot| lot.id == part.lot_id) {
            balance = minus(balance, part.credits)?;
        }
    }
    match balance.checked_add(added) {
        Some(_) => Ok(()),
        None => Err(Rejection::BalanceWouldPassTheMaximum { balance, added }),
    }
}

/// When credits end that are given now: as asked, or one calendar year on, as bought ones.
pub fn end(asked: Option<Instant>, now: Instant) -> Result<Instant, Rejection> {
    match asked {
        Some(end) if end <= now => Err(Rejection::ExpiryIsNotInTheFuture),
        Some(end) => Ok(end),
        None => now
            .one_calendar_year_later()
            .ok_or(Rejection::AmountOutOfRange),
    }
}

/// Adds a lot for each gift that is not empty, with the entry that names them, and pays what is
/// owed. The body's amount and lots are filled in here.
pub fn grant(
    account: &mut AccountState,
    gifts: &[Gift],
    purchase_id: Option<PurchaseId>,
    expires_at: Instant,
    mut body: EntryBody,
    now: Instant,
) -> Result<Entry, Rejection> {
    add_lots(account, gifts, purchase_id, expires_at, &mut body, now)?;
    let entry = account.append(body, now)?;
    debt::pay(account, now)?;
    Ok(entry)
}

/// Adds the lots, and to the body what they hold.
pub fn add_lots(
    account: &mut AccountState,
    gifts: &[Gift],
    purchase_id: Option<PurchaseId>,
    expires_at: Instant,
    body: &mut EntryBody,
    now: Instant,
) -> Result<(), Rejection> {
    let previous = account.account.last_hash;
    for (index, gift) in (0i64..).zip(gifts) {
        if !gift.credits.is_positive() {
            continue;
        }
        let lot_id = new_lot_id(&account.account.id, &previous, index, now);
        account.add_lot(Lot {
            id: lot_id,
            source: gift.source,
            purchase_id,
            priority: gift.priority,
            granted: gift.credits,
            remaining: gift.credits,
            held: Credits::ZERO,
            frozen: Credits::ZERO,
            consumed: Credits::ZERO,
            expired: Credits::ZERO,
            clawed: Credits::ZERO,
            granted_at: now,
            expires_at,
            reminded_days: None,
        });
        body.lots.push(LotChange::free(lot_id, gift.credits));
        body.amount = plus(body.amount, gift.credits)?;
    }
    Ok(())
}
