//! Debt: what an account owes because admitted work cost more than it had. The next grant pays it
//! first.

use super::draw::{self, Fate};
use crate::account::AccountState;
use crate::entry::{EntryBody, EntryKind};
use crate::exact::negated;
use crate::instant::Instant;
use crate::rejection::Rejection;

/// Pays what is owed, as far as what can be spent goes.
pub fn pay(account: &mut AccountState, now: Instant) -> Result<(), Rejection> {
    let payment = account.account.debt.min(account.available(now)?);
    if !payment.is_positive() {
        return Ok(());
    }
    let lots = draw::take(account, payment, Fate::Consumed, now)?;
    let paid = negated(payment)?;
    let body = EntryBody {
        amount: paid,
        debt_change: paid,
        lots,
        ..EntryBody::of(EntryKind::DebtPayment)
    };
    account.append(body, now)?;
    Ok(())
}
