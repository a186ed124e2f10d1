//! The sandbox's clock, which can be moved forward; nothing else here may ask the system for the time.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds and milliseconds since 1970, the first of which can be moved forward by hand.
pub(crate) struct Clock {
    offset_s: AtomicI64,
}

impl Clock {
    pub(crate) fn new(offset_s: i64) -> Clock {
        Clock {
            offset_s: AtomicI64::new(offset_s),
        }
    }

    /// The sandbox's time: what objects are dated with and sessions expire by.
    pub(crate) fn now(&self) -> i64 {
        wall_ms()
            .div_euclid(1_000)
            .saturating_add(self.offset_s.load(Ordering::Acquire))
    }

    pub(crate) fn set_offset(&self, offset_s: i64) {
        self.offset_s.store(offset_s, Ordering::Release);
    }
}

/// The machine's own time. Signatures and retries go by it, because the receiver's clock is not moved with ours.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place of the crate that reads the system's clock"
)]
pub(crate) fn wall_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_millis()).ok())
        .unwrap_or(0)
}
