//! Which lots an entry draws on: those that burn first, of what is free or of what its hold holds;
//! and what is given back goes first to those that burn last.

use std::collections::BTreeMap;

use ledger::account::AccountState;
use ledger::entry::{Entry, EntryKind, LotChange};
use ledger::ids::LotId;

use super::books::Books;

type Amounts = BTreeMap<LotId, i64>;

/// `books` stand as they did before the entry.
pub fn assert_kept(books: &Books, after: &AccountState, entry: &Entry) {
    let changes = || entry.body.lots.iter();
    match entry.body.kind {
        EntryKind::Debit | EntryKind::DebtPayment => {
            let drawn = amounts(changes().map(|it| (it.lot_id, -it.credits.micro())));
            assert_eq!(drawn, from_free(books, entry, &drawn), "in burn order");
        }
        EntryKind::Adjustment if entry.body.amount.is_negative() => {
            let drawn = amounts(changes().map(|it| (it.lot_id, -it.credits.micro())));
            assert_eq!(drawn, from_free(books, entry, &drawn), "in burn order");
        }
        EntryKind::Hold if entry.body.held_change.is_positive() => {
            let held = amounts(changes().map(|it| (it.lot_id, it.held.micro())));
            assert_eq!(held, from_free(books, entry, &held), "in burn order");
        }
        EntryKind::Hold => {
            let freed = amounts(changes().map(|it| (it.lot_id, -it.held.micro())));
            let parts = parts(books, entry);
            let lots = books.lots.iter().rev().map(|lot| lot.id);
            assert_eq!(
                freed,
                first(lots, &parts, sum(&freed)),
                "the last of the hold"
            );
        }
        EntryKind::Capture => {
            let used = amounts(changes().map(used_of_hold));
            let lots = books.lots.iter().map(|lot| lot.id);
            let parts = parts(books, entry);
            assert_eq!(
                used,
                first(lots, &parts, sum(&used)),
                "the first of the hold"
            );
            let drawn = amounts(changes().map(drawn_besides));
            assert_eq!(drawn, from_free(books, entry, &drawn), "in burn order");
        }
        EntryKind::Refund => assert_refund(books, after, entry),
        EntryKind::Expiry => {
            let [change] = entry.body.lots.as_slice() else {
                panic!("one entry a lot: {entry:?}");
            };
            let free = books.contents[&change.lot_id].free();
            assert_eq!(
                change.credits.micro(),
                -free,
                "all that nobody holds, and only that"
            );
        }
        EntryKind::Clawback | EntryKind::Freeze | EntryKind::Thaw => assert_own_lots(books, entry),
        EntryKind::Grant | EntryKind::Adjustment | EntryKind::Release => {}
    }
}

/// Money that goes back moves credits of its own purchase only. Debt that was paid meanwhile comes back
/// as a lot of its own.
fn assert_own_lots(books: &Books, entry: &Entry) {
    for change in &entry.body.lots {
        let lot = books
            .lots
            .iter()
            .find(|lot| lot.id == change.lot_id)
            .unwrap();
        let is_new = lot.granted_at == entry.created_at && change.credits == lot.granted;
        assert!(
            is_new || lot.purchase_id == entry.body.purchase_id,
            "{entry:?}"
        );
    }
}

/// Back to where it came from; only what was owed and has been paid since is a lot of its own.
fn assert_refund(books: &Books, after: &AccountState, entry: &Entry) {
    let refunded = entry.body.refunds.unwrap();
    let debit = &after.debits[&refunded].entry;
    let taken = amounts(
        debit
            .body
            .lots
            .iter()
            .map(|it| (it.lot_id, -it.credits.micro())),
    );
    let given = entry
        .body
        .lots
        .iter()
        .map(|it| (it.lot_id, it.credits.micro()));
    let (back, new): (Vec<_>, Vec<_>) = given.partition(|(lot, _)| taken.contains_key(lot));
    let back = amounts(back.into_iter());
    let lots = books.lots.iter().rev().map(|lot| lot.id);
    assert_eq!(
        back,
        first(lots, &taken, sum(&back)),
        "the last to burn first"
    );
    if !new.is_empty() {
        assert_eq!(back, taken, "a new lot holds only what no lot gave");
    }
    let given_back = sum(&amounts(
        entry
            .body
            .lots
            .iter()
            .map(|it| (it.lot_id, it.credits.micro())),
    )) - entry.body.debt_change.micro();
    assert!(
        given_back <= debit.body.cost().unwrap().micro(),
        "no more than was taken"
    );
    assert_eq!(after.debits[&refunded].refunded_by, Some(entry.sequence));
    assert_eq!(after.changes.refunds.get(&refunded), Some(&entry.sequence));
}

fn used_of_hold(change: &LotChange) -> (LotId, i64) {
    let used = change.credits.micro().max(change.held.micro());
    (change.lot_id, -used)
}

fn drawn_besides(change: &LotChange) -> (LotId, i64) {
    let drawn = change.held.micro() - change.credits.micro();
    (change.lot_id, drawn.max(0))
}

/// Where as much would come from of what is free in lots that have not ended.
fn from_free(books: &Books, entry: &Entry, like: &Amounts) -> Amounts {
    let living = books
        .lots
        .iter()
        .filter(|lot| lot.expires_at > entry.created_at);
    let free = amounts(
        living
            .clone()
            .filter_map(|lot| Some((lot.id, books.contents.get(&lot.id)?.free()))),
    );
    first(living.map(|lot| lot.id), &free, sum(like))
}

fn parts(books: &Books, entry: &Entry) -> Amounts {
    let hold = entry.body.hold_id.unwrap();
    books.parts.get(&hold).cloned().unwrap_or_default()
}

/// The first `total` of `stock`, in the order of `lots`.
fn first(lots: impl Iterator<Item = LotId>, stock: &Amounts, total: i64) -> Amounts {
    let mut left = total;
    let shares = lots.map(|lot| {
        let share = stock.get(&lot).copied().unwrap_or_default().min(left);
        left -= share;
        (lot, share)
    });
    amounts(shares)
}

fn amounts(pairs: impl Iterator<Item = (LotId, i64)>) -> Amounts {
    pairs.filter(|(_, amount)| *amount != 0).collect()
}

fn sum(amounts: &Amounts) -> i64 {
    amounts.values().sum()
}
