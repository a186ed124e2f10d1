//! What a batch of the writer reads and stores, as rows: the same for both engines, which differ in
//! how they find and store many rows at once.

mod assemble;
mod changed;
mod found;
mod wanted;

pub use assemble::{add_further, assemble, further};
pub use changed::{Changed, ChangedAccount};
pub use found::{Found, Further, FurtherFound};
pub use wanted::Wanted;

use super::StoreError;

/// Under the account's lock nothing else can have changed the rows; if something did, all is undone.
pub fn expect_rows(what: &str, expected: usize, changed: usize) -> Result<(), StoreError> {
    if changed == expected {
        return Ok(());
    }
    Err(StoreError::Conflict(format!(
        "{changed} rows of {what} changed, not {expected}"
    )))
}
