//! Lots past their end. What they still hold free has counted for nothing since that instant; here
//! it is booked, one entry a lot, so that the next entry's balances are exact. It runs before any
//! change to an account, so a late booking alters no balance anyone could have seen.

use crate::account::AccountState;
use crate::credits::Credits;
use crate::entry::{EntryBody, EntryKind, LotChange};
use crate::exact::{minus, negated, plus};
use crate::ids::LotId;
use crate::instant::Instant;
use crate::rejection::Rejection;

/// Books every lot that has ended by `now`, in burn order. The part under a hold is shielded.
pub fn ended_lots(account: &mut AccountState, now: Instant) -> Result<(), Rejection> {
    let mut ended: Vec<_> = account
        .lots
        .values()
        .filter(|lot| lot.has_ended(now))
        .filter_map(|lot| Some((lot.burn_order(), lot.id, lot.free()?)))
        .filter(|(_, _, free)| free.is_positive())
        .collect();
    ended.sort();
    for (_, lot_id, free) in ended {
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
    let lot = account.lot_mut(lot_id).ok_or(Rejection::AmountOutOfRange)?;
    lot.remaining = minus(lot.remaining, free)?;
    lot.expired = plus(lot.expired, free)?;
    let purchase_id = lot.purchase_id;
    let taken = negated(free)?;
    let body = EntryBody {
        kind: EntryKind::Expiry,
        amount: taken,
        held_change: Credits::ZERO,
        lots: vec![LotChange {
            lot_id,
            credits: taken,
        }],
        purchase_id,
        reference: None,
        description: None,
        actor: None,
    };
    account.append(body, now)?;
    Ok(())
}
