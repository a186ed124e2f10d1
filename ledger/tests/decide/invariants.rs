//! What holds of an account after every command, whatever it was: written from the rules, and
//! never by asking the code that decides.

use std::collections::BTreeMap;

use ledger::account::AccountState;
use ledger::entry::Entry;

/// Entries that `after` has and `before` had not.
pub fn new_entries<'a>(before: &AccountState, after: &'a AccountState) -> &'a [Entry] {
    let seen = before.changes.entries.len();
    assert_eq!(
        after.changes.entries[..seen],
        before.changes.entries,
        "entries never change"
    );
    &after.changes.entries[seen..]
}

pub fn assert_step(before: &AccountState, after: &AccountState) {
    let mut sequence = before.account.sequence;
    let mut hash = before.account.last_hash;
    let mut balance = before.account.balance.micro();
    let mut held = before.account.held.micro();
    let lots = before
        .lots
        .iter()
        .map(|lot| (lot.id, lot.remaining.micro()));
    let mut remaining: BTreeMap<_, _> = lots.collect();
    for entry in new_entries(before, after) {
        let body = &entry.body;
        sequence += 1;
        balance += body.amount.micro();
        held += body.held_change.micro();
        let changes = body.lots.iter().map(|change| change.credits.micro());
        assert_eq!(
            changes.sum::<i64>(),
            body.amount.micro(),
            "an amount is its lots' sum"
        );
        for change in &body.lots {
            assert!(!change.credits.is_zero(), "no lot is named for nothing");
            *remaining.entry(change.lot_id).or_default() += change.credits.micro();
        }
        assert_eq!(entry.sequence, sequence, "the sequence has no gap");
        assert_eq!(
            entry.balance_after.micro(),
            balance,
            "the balance is the sum of entries"
        );
        assert_eq!(
            entry.hash,
            entry.expected_hash(&after.account.id, &hash),
            "the chain is whole"
        );
        assert!(entry.balance_after >= entry.available_after);
        assert!(!entry.available_after.is_negative());
        hash = entry.hash;
    }
    let account = &after.account;
    assert_eq!((account.sequence, account.last_hash), (sequence, hash));
    assert_eq!(
        (account.balance.micro(), account.held.micro()),
        (balance, held)
    );
    assert_lots(after, &remaining);
}

fn assert_lots(after: &AccountState, expected: &BTreeMap<ledger::ids::LotId, i64>) {
    let mut total = 0;
    for lot in after.lots.iter() {
        let parts = [
            lot.remaining,
            lot.consumed,
            lot.expired,
            lot.clawed,
            lot.held,
        ];
        assert!(
            parts.iter().all(|part| !part.is_negative()),
            "nothing is negative: {lot:?}"
        );
        let explained = parts[..4].iter().map(|part| part.micro()).sum::<i64>();
        assert_eq!(
            lot.granted.micro(),
            explained,
            "a lot is accounted for: {lot:?}"
        );
        assert!(lot.held <= lot.remaining, "{lot:?}");
        let moved = expected.get(&lot.id).copied();
        assert_eq!(
            moved,
            Some(lot.remaining.micro()),
            "nothing changes a lot but an entry: {lot:?}"
        );
        total += lot.remaining.micro();
    }
    assert_eq!(
        after.account.balance.micro(),
        total,
        "the balance is what remains of the lots"
    );
}
