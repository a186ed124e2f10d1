//! Rows of accounts that do not exist, which no walk over the accounts would ever meet. A few of
//! each table are named: one is enough to know that something is wrong.

use super::{Report, Violation};
use crate::store::{Store, StoreError};

const MOST_NAMED: i64 = 100;

pub async fn check(store: &Store, report: &mut Report) -> Result<(), StoreError> {
    for orphan in store.orphans(MOST_NAMED).await? {
        report.violations.push(Violation {
            invariant: "orphan",
            account_id: orphan.account_id,
            place: orphan.table.to_owned(),
            detail: format!(
                "rows in bucket {}, and no such account or purchase there",
                orphan.bucket
            ),
        });
    }
    Ok(())
}
