//! I7 for the platform's own names of debits: one is used once for ever. The database refuses a
//! second time; this finds what an index that was lost let in.

use super::{Report, Violation};
use crate::store::{Store, StoreError};

const MOST_NAMED: i64 = 100;

pub async fn check(store: &Store, report: &mut Report) -> Result<(), StoreError> {
    for (account_id, reference) in store.repeated_references(MOST_NAMED).await? {
        report.violations.push(Violation {
            invariant: "I7",
            account_id,
            place: format!("reference {reference}"),
            detail: "several debits have it".to_owned(),
        });
    }
    Ok(())
}
