//! The entries by themselves: no gap, no break, every total the sum of its changes.

use ledger::account::{Account, AccountState};
use ledger::entry::{Entry, EntryKind};

pub fn assert_unbroken(before: &AccountState, after: &AccountState, entries: &[Entry]) {
    let account = &before.account;
    let mut sequence = account.sequence;
    let mut hash = account.last_hash;
    let mut totals = totals_of(account);
    for entry in entries {
        let body = &entry.body;
        let changes = [
            body.amount,
            body.held_change,
            body.frozen_change,
            body.debt_change,
        ];
        for (total, change) in totals.iter_mut().zip(changes) {
            *total += change.micro();
        }
        sequence += 1;
        assert_eq!(entry.sequence, sequence, "the sequence has no gap");
        assert_eq!(
            entry.balance_after.micro(),
            totals[0],
            "the balance is the sum of entries"
        );
        assert_eq!(
            entry.hash,
            entry.expected_hash(&after.account.id, &hash),
            "the chain is whole"
        );
        assert!(entry.balance_after >= entry.available_after);
        assert_amounts(entry);
        hash = entry.hash;
    }
    let account = &after.account;
    assert_eq!((account.sequence, account.last_hash), (sequence, hash));
    assert_eq!(totals_of(account), totals);
    assert!(
        totals.iter().all(|total| *total >= 0),
        "nothing is negative: {account:?}"
    );
    let owed = |entry: &&Entry| entry.body.kind == EntryKind::Clawback;
    let clawed = entries
        .iter()
        .filter(owed)
        .map(|entry| entry.body.debt_change.micro().max(0));
    let most = before.account.debt.max(account.overdraft_limit).micro();
    let most = most + clawed.sum::<i64>();
    assert!(account.debt.micro() <= most, "no more is owed than may be");
}

fn totals_of(account: &Account) -> [i64; 4] {
    [account.balance, account.held, account.frozen, account.debt].map(|total| total.micro())
}

fn assert_amounts(entry: &Entry) {
    let body = &entry.body;
    let lots = || body.lots.iter();
    let credits: i64 = lots().map(|change| change.credits.micro()).sum();
    let held: i64 = lots().map(|change| change.held.micro()).sum();
    assert_eq!(credits, body.amount.micro(), "an amount is its lots' sum");
    assert_eq!(
        held,
        body.held_change.micro(),
        "what is held is its lots' sum"
    );
    let frozen: i64 = lots().map(|change| change.frozen.micro()).sum();
    assert_eq!(
        frozen,
        body.frozen_change.micro(),
        "what is frozen is its lots' sum"
    );
    for change in lots() {
        let is_for_nothing =
            change.credits.is_zero() && change.held.is_zero() && change.frozen.is_zero();
        assert!(!is_for_nothing, "no lot is named for nothing");
        let named = lots().filter(|other| other.lot_id == change.lot_id);
        assert_eq!(named.count(), 1, "a lot is named once");
    }
    let owes = body.debt_change.micro();
    match body.kind {
        EntryKind::Capture => assert!(owes >= 0, "a capture forgives nothing"),
        EntryKind::DebtPayment => assert_eq!(owes, body.amount.micro()),
        EntryKind::Refund => assert!(owes <= 0, "a refund is never owed"),
        EntryKind::Clawback => assert!(
            owes.signum() * body.amount.micro().signum() <= 0,
            "what is taken back and what is owed for it go one way"
        ),
        _ => assert_eq!(owes, 0, "{:?} changes no debt", body.kind),
    }
}
