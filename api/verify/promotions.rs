//! I14: how often a promotion code is used is counted once in its row and once in the purchases. Both
//! are read in one statement, so that a service at work makes them no different.

use super::{Report, Violation};
use crate::store::{Store, StoreError};

pub async fn check(store: &Store, report: &mut Report) -> Result<(), StoreError> {
    for uses in store.promotion_uses().await? {
        if uses.stored != uses.counted {
            report.violations.push(Violation {
                invariant: "I14",
                account_id: "any".to_owned(),
                place: format!("promotion code {}", uses.code),
                detail: format!(
                    "{} uses are stored and {} purchases use it",
                    uses.stored, uses.counted
                ),
            });
        }
    }
    Ok(())
}
