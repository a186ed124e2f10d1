//! Refunds of debits and captures: a failed job visibly gives its credits back, in whole or in part,
//! once, to the lots they came from. What returns to a lot past its end is forfeited at once.

use super::due;
use super::grant::{self, Gift};
use crate::account::AccountState;
use crate::command::{Outcome, Refund};
use crate::credits::Credits;
use crate::entry::{Entry, EntryBody, EntryKind, LotChange};
use crate::exact::{minus, negated, plus};
use crate::instant::Instant;
use crate::lot::Source;
use crate::rejection::Rejection;
use crate::usage::{UsageKey, Used};

pub fn refund(
    account: &mut AccountState,
    refund: &Refund,
    now: Instant,
) -> Result<Outcome, Rejection> {
    let debited = account.debits.get(&refund.sequence);
    let debited = debited.ok_or(Rejection::DebitDoesNotExist)?;
    if debited.refunded_by.is_some() {
        return Err(Rejection::DebitWasRefunded);
    }
    let debit = debited.entry.clone();
    let cost = debit.body.cost().ok_or(Rejection::AmountOutOfRange)?;
    let credits = refund.credits.unwrap_or(cost);
    if credits > cost {
        return Err(Rejection::RefundExceedsDebit {
            required: credits,
            debited: cost,
        });
    }
    let owed = debit.body.debt_change.min(account.account.debt);
    let forgiven = credits.min(owed);
    let mut left = minus(credits, forgiven)?;
    grant::check_room(account, left, now)?;
    // From here it must succeed.
    due::book(account, now)?;
    let lots = put_back(account, &debit, &mut left)?;
    let day = account.day(now)?;
    let key = UsageKey::new(day.period.start, debit.body.usage.as_ref());
    account.count_use(key, Used::refunded(day, credits))?;
    let mut body = EntryBody {
        amount: due::sum_credits(&lots)?,
        debt_change: negated(forgiven)?,
        lots,
        usage: debit.body.usage.clone(),
        hold_id: debit.body.hold_id,
        refunds: Some(debit.sequence),
        reference: debit.body.reference.clone(),
        description: Some(refund.reason.clone()),
        ..EntryBody::of(EntryKind::Refund)
    };
    if left.is_positive() {
        let expires_at = now.one_calendar_year_later();
        let expires_at = expires_at.ok_or(Rejection::AmountOutOfRange)?;
        let gift = Gift {
            source: Source::Adjustment,
            credits: left,
            priority: grant::USUAL_PRIORITY,
        };
        grant::add_lots(account, &[gift], None, expires_at, &mut body, now)?;
    }
    let entry = account.append(body, now)?;
    account
        .changes
        .refunds
        .insert(debit.sequence, entry.sequence);
    if let Some(debited) = account.debits.get_mut(&debit.sequence) {
        debited.refunded_by = Some(entry.sequence);
    }
    due::forfeit_ended_lots(account, now)?;
    Ok(Outcome::Refunded {
        debit,
        entry,
        credits,
        available: account.available(now)?,
    })
}

/// Back to the lots that were drawn on, those first that burn last: what is given back lives as long
/// as it can. An entry names its lots in burn order. What is left over was debt that a later grant has paid.
fn put_back(
    account: &mut AccountState,
    debit: &Entry,
    left: &mut Credits,
) -> Result<Vec<LotChange>, Rejection> {
    let mut lots = Vec::new();
    for drawn in debit.body.lots.iter().rev() {
        let part = negated(drawn.credits)?.min(*left);
        if !part.is_positive() {
            continue;
        }
        let lot = account.lot_mut(drawn.lot_id)?;
        lot.remaining = plus(lot.remaining, part)?;
        lot.consumed = minus(lot.consumed, part)?;
        *left = minus(*left, part)?;
        lots.push(LotChange::free(drawn.lot_id, part));
    }
    Ok(lots)
}
