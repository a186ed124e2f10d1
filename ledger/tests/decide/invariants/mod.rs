//! What holds of an account after every command, whatever it was: written from the rules, and
//! never by asking the code that decides.

mod books;
mod chain;
mod holds;
mod notices;
mod order;
mod storing;
mod sums;

use ledger::account::AccountState;
use ledger::entry::Entry;

use books::Books;
pub use notices::new_notices;

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

/// Of one command, from the state before to the state after it.
pub fn assert_step(before: &AccountState, after: &AccountState) {
    let entries = new_entries(before, after);
    chain::assert_unbroken(before, after, entries);
    let mut books = Books::of(before, after);
    for entry in entries {
        order::assert_kept(&books, after, entry);
        books.carry_out(entry);
        books.assert_told(entry);
    }
    books.assert_equal(before, after);
    if let Some(last) = entries.last() {
        books.assert_nothing_is_due(last.created_at);
    }
    holds::assert_sound(before, after, entries);
    sums::assert_equal(before, after, entries);
    notices::assert_told(before, after, entries);
    storing::assert_told(before, after);
}
