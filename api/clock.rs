//! The one clock of the service. Everything that needs the time asks it, so that tests move it by
//! hand; nothing else looks at the wall.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use ledger::instant::Instant;
use time::OffsetDateTime;

#[derive(Clone, Debug)]
pub enum Clock {
    System,
    /// Microseconds since 1970 UTC, for tests.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    pub fn manual(start: Instant) -> Clock {
        Clock::Manual(Arc::new(AtomicI64::new(start.micros())))
    }

    pub fn now(&self) -> Instant {
        match self {
            Clock::System => system_now(),
            Clock::Manual(micros) => Instant::from_micros(micros.load(Ordering::SeqCst)),
        }
    }

    /// Moves a manual clock; a system clock stays where it is.
    pub fn set(&self, to: Instant) {
        if let Clock::Manual(micros) = self {
            micros.store(to.micros(), Ordering::SeqCst);
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the clock that everything else asks"
)]
fn system_now() -> Instant {
    let micros = OffsetDateTime::now_utc()
        .unix_timestamp_nanos()
        .div_euclid(1000);
    Instant::from_micros(i64::try_from(micros).unwrap_or(i64::MAX))
}
