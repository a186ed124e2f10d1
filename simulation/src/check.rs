//! The model held against what was decided and stored. It finds differences, and never says who is
//! wrong.

use std::fmt::Debug;

use ledger::account::Account as Totals;
use ledger::command::{Configured, Outcome};
use ledger::ids::{HoldId, LotId};
use ledger::rejection::Rejection;
use ledger::usage::{UsageKey, Used};

use crate::memory::Stored;
use crate::model::Account;
use crate::rows::Rows;

/// What differs, in words.
pub type Checked = Result<(), String>;

pub fn same<T: PartialEq + Debug>(what: &str, foretold: &T, found: &T) -> Checked {
    if foretold == found {
        return Ok(());
    }
    let (foretold, found) = (format!("{foretold:?}"), format!("{found:?}"));
    let pairs = foretold.chars().zip(found.chars());
    let agreed = pairs.take_while(|(one, other)| one == other).count();
    Err(format!(
        "{what}\n  by the model:  {}\n  by the ledger: {}",
        excerpt(&foretold, agreed),
        excerpt(&found, agreed)
    ))
}

/// What is told around the first difference.
fn excerpt(text: &str, agreed: usize) -> String {
    let from = agreed.saturating_sub(160);
    let dots = if from > 0 { "…" } else { "" };
    let part: String = text.chars().skip(from).take(600).collect();
    format!("{dots}{part}")
}

pub fn answer(
    foretold: &Result<Outcome, Rejection>,
    found: &Result<Outcome, Rejection>,
) -> Checked {
    match (foretold, found) {
        (Ok(Outcome::Configured(foretold)), Ok(Outcome::Configured(found))) => {
            let shown = |it: &Configured| (it.available, it.held, it.standings.clone());
            same("what is shown", &shown(foretold), &shown(found))?;
            totals(&foretold.account, &found.account)
        }
        _ => same("the answer", foretold, found),
    }
}

/// An account's row, but for what the model does not foretell.
fn totals(foretold: &Totals, found: &Totals) -> Checked {
    let figures = |it: &Totals| {
        let owned = (it.balance, it.held, it.frozen, it.debt);
        (owned, it.sequence, it.last_hash, it.overdraft_limit)
    };
    same("the totals", &figures(foretold), &figures(found))?;
    same("the limits", &foretold.limits, &found.limits)?;
    same("the calendar", &foretold.calendar, &found.calendar)
}

/// What the last batch may have changed.
pub fn touched(account: &Account, stored: &Stored, uses: &[UsageKey]) -> Checked {
    let Stored { rows, indexes } = stored;
    account_row(account, rows)?;
    new_entries(account, rows)?;
    let count = (account.lots.len(), account.active.len());
    let found = (indexes.open_lots.len(), indexes.active_holds.len());
    same("how many lots and holds are open", &count, &found)?;
    for lot in &account.lots {
        one_lot(account, lot.id, rows)?;
    }
    for hold in &account.active {
        one_hold(account, hold.id, rows)?;
    }
    uses.iter().try_for_each(|key| one_use(account, key, rows))
}

/// Everything that is stored of an account.
pub fn everything(account: &Account, rows: &Rows) -> Checked {
    account_row(account, rows)?;
    same("the entries", &account.entries, &rows.entries)?;
    same("the refunds", &account.refunds, &rows.refunds)?;
    same("the purchases", &account.purchases, &rows.purchases)?;
    let lots = account.lots.len() + account.spent.len();
    same("how many lots there are", &lots, &rows.lots.len())?;
    rows.lots
        .keys()
        .try_for_each(|id| one_lot(account, *id, rows))?;
    let holds = account.active.len() + account.ended.len();
    same("how many holds there are", &holds, &rows.holds.len())?;
    rows.holds
        .keys()
        .try_for_each(|id| one_hold(account, *id, rows))?;
    let keys = account.used.keys().chain(rows.used.keys());
    keys.into_iter()
        .try_for_each(|key| one_use(account, key, rows))
}

fn account_row(account: &Account, rows: &Rows) -> Checked {
    totals(&account.totals(rows.account.created_at), &rows.account)?;
    let first = account.active.iter().map(|hold| hold.ends).min();
    let due = rows.account.holds_due_at;
    match (first, due) {
        (Some(first), due) if due.is_none_or(|due| due > first) => Err(format!(
            "a hold ends at {first}, and the account expects none before {due:?}"
        )),
        _ => Ok(()),
    }
}

/// The entries before them were compared when they were new.
fn new_entries(account: &Account, rows: &Rows) -> Checked {
    same(
        "how many entries there are",
        &account.entries.len(),
        &rows.entries.len(),
    )?;
    let pairs = account.entries.iter().zip(&rows.entries).rev();
    let differing = pairs.take_while(|(foretold, found)| foretold != found);
    match differing.last() {
        Some((foretold, found)) => same("an entry", foretold, found),
        None => Ok(()),
    }
}

fn one_lot(account: &Account, id: LotId, rows: &Rows) -> Checked {
    let open = account.lots.iter().find(|lot| lot.id == id);
    let foretold = open.or_else(|| account.spent.get(&id));
    let foretold = foretold.map(|lot| lot.told(account.held_of(id)));
    same("a lot", &foretold.as_ref(), &rows.lots.get(&id))
}

fn one_hold(account: &Account, id: HoldId, rows: &Rows) -> Checked {
    let active = account.active.iter().find(|hold| hold.id == id);
    let foretold = active.or_else(|| account.ended.get(&id));
    let foretold = foretold.map(crate::model::Hold::told);
    same("a hold", &foretold.as_ref(), &rows.holds.get(&id))
}

/// A row of nothing is as good as none.
fn one_use(account: &Account, key: &UsageKey, rows: &Rows) -> Checked {
    let is_something = |used: &&Used| **used != Used::nothing(used.date);
    let foretold = account.used.get(key).filter(is_something);
    let found = rows.used.get(key).filter(is_something);
    same(&format!("the use of {key:?}"), &foretold, &found)
}
