//! What the writer is told to store: everything that is new, everything that has changed, and each
//! in one way only.

use std::collections::BTreeSet;
use std::fmt::Debug;

use ledger::account::AccountState;

pub fn assert_told(before: &AccountState, after: &AccountState) {
    let changes = &after.changes;
    assert_each(
        |id| before.lots.get(*id),
        after.lots.iter().map(|lot| (lot.id, lot)),
        &changes.new_lots,
        &changes.changed_lots,
    );
    assert_each(
        |id| before.holds.get(id),
        after.holds.iter().map(|(id, hold)| (*id, hold)),
        &changes.new_holds,
        &changes.changed_holds,
    );
    assert_each(
        |id| before.purchases.get(id),
        after.purchases.iter().map(|(id, purchase)| (*id, purchase)),
        &changes.new_purchases,
        &changes.changed_purchases,
    );
    assert!(
        before.recharge == after.recharge || changes.recharge,
        "a changed auto-recharge is stored"
    );
    assert!(
        before.account.watch == after.account.watch || changes.watch,
        "when it is looked at is stored"
    );
    let is_changed = before.account != after.account;
    assert!(
        !is_changed || changes.account,
        "a changed account is stored"
    );
    assert!(
        !is_changed || after.account.version > before.account.version,
        "whoever remembers the account can tell"
    );
}

fn assert_each<'a, Id: Ord + Debug, Row: PartialEq + Debug + 'a>(
    was: impl Fn(&Id) -> Option<&'a Row>,
    rows: impl Iterator<Item = (Id, &'a Row)>,
    new: &BTreeSet<Id>,
    changed: &BTreeSet<Id>,
) {
    assert!(
        new.is_disjoint(changed),
        "what is new is stored whole: {new:?}, {changed:?}"
    );
    for (id, row) in rows {
        match was(&id) {
            None => assert!(new.contains(&id), "{row:?} is new"),
            Some(was) if was == row => {}
            Some(_) => assert!(
                new.contains(&id) || changed.contains(&id),
                "{row:?} has changed"
            ),
        }
    }
}
