//! The sums of use are the entries, added up by day, operation and variant. Captures and refunds
//! count when they happen; what a hold sets aside counts on the day on which it was made.

use std::collections::BTreeMap;

use ledger::account::AccountState;
use ledger::entry::{Entry, EntryKind};
use ledger::instant::Instant;
use ledger::usage::{UNNAMED_OPERATION, Usage, UsageKey, Used};

/// Consumed, refunded, held, count; rows of nothing are left out.
type Rows = BTreeMap<UsageKey, [i64; 4]>;

pub fn assert_equal(before: &AccountState, after: &AccountState, entries: &[Entry]) {
    let carried_on = |used: &BTreeMap<UsageKey, Used>| {
        let mut rows = rows(used);
        for entry in entries {
            // A calendar changes without an entry, so these belong to the one before.
            let day = before.account.calendar.day(entry.created_at).unwrap();
            add(&mut rows, after, entry, day.period.start);
        }
        rows.retain(|_, row| *row != [0; 4]);
        rows
    };
    assert_eq!(
        rows(&after.changes.used),
        carried_on(&before.changes.used),
        "what is stored is what the entries add up to"
    );
    assert_eq!(
        after.used.as_ref().map(rows),
        before.used.as_ref().map(carried_on),
        "limits are held against the same sums"
    );
}

fn add(rows: &mut Rows, after: &AccountState, entry: &Entry, today: Instant) {
    let body = &entry.body;
    let mut count = |day, usage: Option<&Usage>, change: [i64; 4]| {
        let row = rows.entry(key(day, usage)).or_default();
        for (sum, change) in row.iter_mut().zip(change) {
            *sum += change;
        }
    };
    let cost = body.debt_change.micro() - body.amount.micro();
    match body.kind {
        EntryKind::Debit | EntryKind::Capture => {
            count(today, body.usage.as_ref(), [cost, 0, 0, 1]);
        }
        EntryKind::Refund => count(today, body.usage.as_ref(), [0, -cost, 0, 0]),
        _ => {}
    }
    if !body.held_change.is_zero() {
        let hold = &after.holds[&body.hold_id.unwrap()];
        let held = body.held_change.micro();
        count(hold.day_start, hold.usage.as_ref(), [0, 0, held, 0]);
    }
}

fn key(day_start: Instant, usage: Option<&Usage>) -> UsageKey {
    let operation = usage.map_or(UNNAMED_OPERATION, |usage| &usage.operation);
    let variant = usage.and_then(|usage| usage.variant.clone());
    UsageKey {
        day_start,
        operation: operation.to_owned(),
        variant: variant.unwrap_or_default(),
    }
}

fn rows(used: &BTreeMap<UsageKey, Used>) -> Rows {
    let rows = used.iter().map(|(key, sum)| {
        let amounts = [sum.consumed, sum.refunded, sum.held].map(|it| it.micro());
        let [consumed, refunded, held] = amounts;
        (key.clone(), [consumed, refunded, held, sum.count])
    });
    rows.filter(|(_, row)| *row != [0; 4]).collect()
}
