//! From the rows that were found to the state that the ledger decides on.

use std::collections::BTreeMap;

use ledger::account::{Account, AccountState, Debited, Reference, Referent};
use ledger::entry::Entry;
use ledger::hold::Hold;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::limit::LimitWindow;
use ledger::lot::Lot;

use super::{Found, Further, FurtherFound, Wanted};
use crate::store::{Loaded, StoreError};

/// What of the rows found calls for more.
pub fn further(loaded: &Loaded, wanted: &Wanted, now: Instant) -> Result<Further, StoreError> {
    let mut further = Further::default();
    for (id, state) in &loaded.state.accounts {
        let account = &state.account;
        if account.holds_due_at.is_some_and(|due| due <= now) {
            further.due_holds_of.push(id.clone());
        }
        for debited in state.debits.values() {
            let lots = debited.entry.body.lots.iter();
            let missing = lots.filter(|lot| state.lots.get(lot.lot_id).is_none());
            let missing = missing.map(|lot| (id.clone(), lot.lot_id));
            further.lots.extend(missing);
        }
        if !account.limits.is_empty() || wanted.uses_of.contains(id) {
            further
                .uses_of
                .push((id.clone(), windows_began(account, now)?));
        }
    }
    Ok(further)
}

/// When the first of the windows began that limits count in.
fn windows_began(account: &Account, now: Instant) -> Result<Instant, StoreError> {
    [LimitWindow::Day, LimitWindow::Week, LimitWindow::Cycle]
        .into_iter()
        .filter_map(|window| window.period(&account.calendar, now))
        .map(|window| window.start)
        .min()
        .ok_or_else(|| StoreError::corrupt("the calendar of an account has ended"))
}

/// Puts what was found first together.
pub fn assemble(found: Found) -> Result<Loaded, StoreError> {
    let mut loaded = Loaded::default();
    for row in found.accounts {
        let account = Account::try_from(row)?;
        let state = AccountState::new(account);
        let id = state.account.id.clone();
        loaded.state.accounts.insert(id, state);
    }
    for row in found.keys {
        let (id, used, answer) = row.parse()?;
        if let Some(answer) = answer {
            loaded.answers.insert(id.clone(), answer);
        }
        loaded.state.keys.insert(id, used);
    }
    let mut lots: BTreeMap<String, Vec<Lot>> = BTreeMap::new();
    for row in found.lots {
        let account = row.account_id.clone();
        lots.entry(account).or_default().push(Lot::try_from(row)?);
    }
    for (account, lots) in lots {
        state_of(&mut loaded, &account)?.lots = lots.into_iter().collect();
    }
    for row in found.holds {
        let state = state_of(&mut loaded, &row.account_id)?;
        let hold = Hold::try_from(row)?;
        state.holds.insert(hold.id, hold);
    }
    add_debits(&mut loaded, found.debits, found.refunds)?;
    for row in found.referenced_debits {
        let account = row.account_id.clone();
        let entry = Entry::try_from(row)?;
        let state = state_of(&mut loaded, &account)?;
        let reference = entry.body.reference.clone().unwrap_or_default();
        let referent = Referent::Debit(entry.id(&state.account.id));
        let reference = Reference::Debit(reference);
        state.references.insert(reference, referent);
    }
    for row in found.referenced_holds {
        let state = state_of(&mut loaded, &row.account_id)?;
        let hold = Hold::try_from(row)?;
        let reference = Reference::Hold(hold.reference.clone());
        state.references.insert(reference, Referent::Hold(hold.id));
    }
    Ok(loaded)
}

fn add_debits(
    loaded: &mut Loaded,
    debits: Vec<crate::store::rows::EntryRow>,
    refunds: Vec<(String, i64, i64)>,
) -> Result<(), StoreError> {
    for row in debits {
        let account = row.account_id.clone();
        let entry = Entry::try_from(row)?;
        let debited = Debited {
            entry,
            refunded_by: None,
        };
        let state = state_of(loaded, &account)?;
        if debited.entry.body.kind.consumes() {
            state.debits.insert(debited.entry.sequence, debited);
        }
    }
    for (account, debit, refund) in refunds {
        let state = state_of(loaded, &account)?;
        if let Some(debited) = state.debits.get_mut(&debit) {
            debited.refunded_by = Some(refund);
        }
    }
    Ok(())
}

/// Adds what was read besides.
pub fn add_further(
    loaded: &mut Loaded,
    further: &Further,
    found: FurtherFound,
) -> Result<(), StoreError> {
    for (id, _) in &further.uses_of {
        if let Some(state) = loaded.state.accounts.get_mut(id) {
            state.used = Some(BTreeMap::new());
        }
    }
    for row in found.uses {
        let state = state_of(loaded, &row.account_id)?;
        let (key, used) = row.parse()?;
        if let Some(sums) = &mut state.used {
            sums.insert(key, used);
        }
    }
    for row in found.due_holds {
        let state = state_of(loaded, &row.account_id)?;
        let hold = Hold::try_from(row)?;
        state.holds.insert(hold.id, hold);
    }
    for (account, due) in found.other_holds_due_at {
        state_of(loaded, &account)?.other_holds_due_at = due.map(Instant::from_micros);
    }
    for row in found.lots {
        let state = state_of(loaded, &row.account_id)?;
        state.lots.insert(Lot::try_from(row)?);
    }
    Ok(())
}

fn state_of<'a>(loaded: &'a mut Loaded, account: &str) -> Result<&'a mut AccountState, StoreError> {
    let id = AccountId::parse(account).map_err(|error| StoreError::corrupt(error.to_string()))?;
    let state = loaded.state.accounts.get_mut(&id);
    state.ok_or_else(|| StoreError::Bug(format!("rows of {account} were found unasked")))
}
