//! Captures: a hold is charged for what its work cost, once or in parts. What work cost beyond its
//! hold goes by the policy named when the hold was made.

use super::draw::{self, Fate};
use super::due;
use super::hold::{active, count_held};
use crate::account::AccountState;
use crate::command::{Capture, Finality, Outcome};
use crate::credits::Credits;
use crate::entry::{EntryBody, EntryKind, LotChange};
use crate::exact::{minus, plus, plus_flow};
use crate::hold::{End, Hold, HoldStatus, Overage};
use crate::instant::Instant;
use crate::rejection::Rejection;
use crate::usage::{UsageKey, Used};

/// Where the credits for a capture come from.
struct Charge {
    /// Out of what is held.
    held: Credits,
    /// Out of what can be spent besides.
    drawn: Credits,
    /// Owed from now on.
    debt: Credits,
    /// Past the overdraft limit: charged to nobody.
    uncovered: Credits,
}

pub fn capture(
    account: &mut AccountState,
    capture: &Capture,
    now: Instant,
) -> Result<Outcome, Rejection> {
    let hold = active(account, capture.hold_id, now)?;
    let charge = charge(account, hold, capture.credits, now)?;
    // From here it must succeed.
    due::book(account, now)?;
    let mut hold = active(account, capture.hold_id, now)?.clone();
    let lots = move_credits(account, &mut hold, &charge, capture.finality, now)?;
    let charged = plus(plus(charge.held, charge.drawn)?, charge.debt)?;
    hold.captured = plus_flow(hold.captured, charged)?;
    if capture.finality == Finality::Final {
        hold.status = HoldStatus::Captured;
    }
    let held_change = due::sum_held(&lots)?;
    count_held(account, &hold, held_change)?;
    let usage = capture.usage.clone().or_else(|| hold.usage.clone());
    let day = account.day(now)?;
    let key = UsageKey::new(day.period.start, usage.as_ref());
    account.count_use(key, Used::consumed(day, charged))?;
    let body = EntryBody {
        amount: due::sum_credits(&lots)?,
        held_change,
        debt_change: charge.debt,
        lots,
        usage,
        hold_id: Some(hold.id),
        reference: Some(hold.reference.clone()),
        description: hold.description.clone(),
        ..EntryBody::of(EntryKind::Capture)
    };
    account.change_hold(hold.clone());
    let entry = account.append(body, now)?;
    due::forfeit_ended_lots(account, now)?;
    Ok(Outcome::Captured {
        hold,
        entry,
        charged,
        uncovered: charge.uncovered,
        available: account.available(now)?,
    })
}

fn charge(
    account: &AccountState,
    hold: &Hold,
    cost: Credits,
    now: Instant,
) -> Result<Charge, Rejection> {
    let available_in_hold = hold.held()?;
    let held = cost.min(available_in_hold);
    let excess = minus(cost, held)?;
    let nothing = Credits::ZERO;
    if !excess.is_positive() {
        return Ok(Charge {
            held,
            drawn: nothing,
            debt: nothing,
            uncovered: nothing,
        });
    }
    match hold.overage {
        Overage::Reject => Err(Rejection::CaptureExceedsHold {
            required: cost,
            held: available_in_hold,
        }),
        Overage::Cap => Ok(Charge {
            held,
            drawn: nothing,
            debt: nothing,
            uncovered: excess,
        }),
        Overage::Cover => {
            let drawn = excess.min(account.available(now)?.max(nothing));
            let rest = minus(excess, drawn)?;
            let totals = &account.account;
            let overdraft = minus(totals.overdraft_limit, totals.debt)?.max(nothing);
            let debt = rest.min(overdraft);
            let uncovered = minus(rest, debt)?;
            Ok(Charge {
                held,
                drawn,
                debt,
                uncovered,
            })
        }
    }
}

fn move_credits(
    account: &mut AccountState,
    hold: &mut Hold,
    charge: &Charge,
    finality: Finality,
    now: Instant,
) -> Result<Vec<LotChange>, Rejection> {
    let parts = hold.take(charge.held, End::Front)?;
    let mut lots = draw::take_held(account, &parts)?;
    lots.extend(draw::take(account, charge.drawn, Fate::Consumed, now)?);
    if finality == Finality::Final {
        let rest = std::mem::take(&mut hold.parts);
        lots.extend(draw::give_back(account, &rest)?);
    }
    draw::merged(account, lots)
}
