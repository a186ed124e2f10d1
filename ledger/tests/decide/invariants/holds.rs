//! Holds: each ends once, and says of itself what the entries say of it.

use ledger::account::AccountState;
use ledger::entry::{Entry, EntryKind};
use ledger::hold::{Hold, HoldStatus};

pub fn assert_sound(before: &AccountState, after: &AccountState, entries: &[Entry]) {
    for (id, was) in &before.holds {
        let is = &after.holds[id];
        if was.status != HoldStatus::Active {
            assert_eq!(was, is, "a hold that has ended never changes");
        }
        assert_eq!(
            (&was.reference, was.created_at, was.overage, was.day_start),
            (&is.reference, is.created_at, is.overage, is.day_start),
            "what a hold was made as never changes"
        );
    }
    for (id, is) in &after.holds {
        let captures = entries.iter().filter(|entry| {
            entry.body.kind == EntryKind::Capture && entry.body.hold_id == Some(*id)
        });
        let charged: i64 = captures.map(|it| it.body.cost().unwrap().micro()).sum();
        let before_it = before.holds.get(id).map_or(0, |was| was.captured.micro());
        assert_eq!(is.captured.micro(), before_it + charged, "{is:?}");
        assert!(
            is.parts.iter().all(|part| part.credits.is_positive()),
            "{is:?}"
        );
        assert!(
            is.status == HoldStatus::Active || is.parts.is_empty(),
            "{is:?}"
        );
        assert_due_date(after, is);
    }
}

/// Whoever looks only at the account's row must not overlook a hold that is due.
fn assert_due_date(after: &AccountState, hold: &Hold) {
    let due = after.account.holds_due_at;
    assert!(
        hold.status != HoldStatus::Active || due.is_some_and(|due| due <= hold.expires_at),
        "{hold:?} is overlooked: {due:?}"
    );
}
