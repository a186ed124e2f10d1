//! Debits: credits consumed in one step, for work whose cost is known. One command may carry many,
//! each judged on its own.

use super::draw::{self, Fate};
use super::tell::Before;
use super::{admission, due};
use crate::account::{AccountState, Reference, Referent, State};
use crate::command::{NewDebit, Outcome};
use crate::entry::{EntryBody, EntryKind};
use crate::exact::negated;
use crate::ids::AccountId;
use crate::instant::Instant;
use crate::rejection::Rejection;
use crate::usage::{UsageKey, Used};

pub fn debit(
    account: &mut AccountState,
    new: &NewDebit,
    now: Instant,
) -> Result<Outcome, Rejection> {
    let reference = Reference::Debit(new.reference.clone());
    if let Some(known) = account.references.get(&reference) {
        return Err(Rejection::ReferenceWasUsed { by: *known });
    }
    admission::check(account, new.credits, Some(&new.usage), now)?;
    // From here it must succeed.
    due::book(account, now)?;
    let day = account.day(now)?;
    let lots = draw::take(account, new.credits, Fate::Consumed, now)?;
    let key = UsageKey::new(day.period.start, Some(&new.usage));
    account.count_use(key, Used::consumed(day, new.credits))?;
    let body = EntryBody {
        amount: negated(new.credits)?,
        lots,
        usage: Some(new.usage.clone()),
        reference: Some(new.reference.clone()),
        description: new.description.clone(),
        metadata: new.metadata.clone(),
        ..EntryBody::of(EntryKind::Debit)
    };
    let entry = account.append(body, now)?;
    let id = entry.id(&account.account.id);
    let referent = Referent::Debit(id);
    account.references.insert(reference, referent);
    let account_id = account.account.id.clone();
    Ok(Outcome::Debited { account_id, entry })
}

/// Each debit as if it had come alone, in order.
///
/// # Errors
/// Only an account whose figures do not add up fails them all.
pub fn debit_many(
    state: &mut State,
    debits: &[(AccountId, NewDebit)],
    now: Instant,
) -> Result<Outcome, Rejection> {
    let mut results = Vec::with_capacity(debits.len());
    for (account_id, new) in debits {
        let account = state.accounts.get_mut(account_id);
        let account = account.ok_or(Rejection::AmountOutOfRange)?;
        let before = Before::of(account);
        let result = super::check_cost(new.credits).and_then(|()| debit(account, new, now));
        if let Err(Rejection::AmountOutOfRange) = result {
            return Err(Rejection::AmountOutOfRange);
        }
        if result.is_ok() {
            super::follow_up(account, &before, now)?;
        }
        results.push(result);
    }
    Ok(Outcome::DebitedMany(results))
}
