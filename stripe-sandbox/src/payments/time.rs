//! Moving the sandbox's clock; it never goes back.

use super::Work;
use crate::store::{CLOCK_OFFSET, StoreError};

/// Moves the clock forward by some seconds, once the transaction is over. Gives the whole offset.
pub(crate) fn move_clock_by(work: &Work<'_>, seconds: i64) -> Result<i64, StoreError> {
    let offset: i64 = work.tx.setting(CLOCK_OFFSET)?.unwrap_or(0);
    let offset = offset.saturating_add(seconds.max(0));
    work.tx.set(CLOCK_OFFSET, &offset)?;
    Ok(offset)
}

/// Moves the clock forward to an instant; not at all when that has passed.
pub(crate) fn move_clock_to(work: &Work<'_>, instant: i64) -> Result<i64, StoreError> {
    move_clock_by(work, instant.saturating_sub(work.now))
}
