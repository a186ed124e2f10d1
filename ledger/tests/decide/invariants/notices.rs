//! What the account's owner was told: each entry that they did not make themselves, once; everything
//! numbered without a gap.

use ledger::account::AccountState;
use ledger::entry::{Entry, EntryKind};
use ledger::notice::Notice;

/// Notices that `after` has and `before` had not.
pub fn new_notices<'a>(before: &AccountState, after: &'a AccountState) -> &'a [Notice] {
    let seen = before.changes.notices.len();
    assert_eq!(
        after.changes.notices[..seen],
        before.changes.notices,
        "notices never change"
    );
    &after.changes.notices[seen..]
}

pub fn assert_told(before: &AccountState, after: &AccountState, entries: &[Entry]) {
    let notices = new_notices(before, after);
    let numbers: Vec<i64> = notices.iter().map(|notice| notice.number).collect();
    let expected: Vec<i64> = (before.account.notices + 1..=after.account.notices).collect();
    assert_eq!(numbers, expected, "notices are numbered without a gap");
    let due = entries.iter().filter(|entry| is_told(entry));
    let due: Vec<i64> = due.map(|entry| entry.sequence).collect();
    let told = notices.iter().filter_map(|notice| notice.sequence);
    let told: Vec<i64> = told.collect();
    assert_eq!(told, due, "each entry that calls for a notice has one");
}

fn is_told(entry: &Entry) -> bool {
    use EntryKind as K;
    match entry.body.kind {
        K::Grant | K::Expiry | K::Adjustment | K::Clawback | K::Freeze | K::Thaw => true,
        K::Debit | K::Capture => entry.body.debt_change.is_positive(),
        K::Hold | K::Release | K::Refund | K::DebtPayment => false,
    }
}
