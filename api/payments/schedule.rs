//! When Stripe is asked about a purchase again, should no event come: often enough that credits
//! arrive within a quarter of an hour with every webhook lost, and ever more rarely after. It
//! never says that a purchase is decided.

use ledger::instant::Instant;
use ledger::purchase::{Evidence, PaymentIntentState};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A checkout session is open for a day at most. Whatever waits longer is a delayed payment,
/// which takes days.
const SESSION_LIFE: i64 = DAY + HOUR;
const DELAYED_PAYMENT: i64 = 30 * DAY;

/// How far along the purchase is known to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expecting {
    Nothing,
    /// A payment ended, and the session has yet to say so: its event may be lost.
    TheSessionsWord,
}

impl Expecting {
    pub fn after(evidence: &[Evidence]) -> Expecting {
        let ended = evidence.iter().any(|evidence| match evidence {
            Evidence::PaymentIntent(payment) => payment.state == PaymentIntentState::Succeeded,
            Evidence::Session(_)
            | Evidence::Refund(_)
            | Evidence::Dispute(_)
            | Evidence::Ruling(_)
            | Evidence::Invoice(_) => false,
        });
        let session = evidence
            .iter()
            .any(|evidence| matches!(evidence, Evidence::Session(_)));
        if ended && !session {
            Expecting::TheSessionsWord
        } else {
            Expecting::Nothing
        }
    }
}

/// As long as it is old, from one minute up to five; hourly once its session must be closed;
/// daily once no payment takes that long.
pub fn next_check_at(created_at: Instant, now: Instant, expecting: Expecting) -> Instant {
    let age = now.seconds_since(created_at);
    let pause = match expecting {
        Expecting::TheSessionsWord => MINUTE,
        Expecting::Nothing if age <= SESSION_LIFE => age.clamp(MINUTE, 5 * MINUTE),
        Expecting::Nothing if age <= DELAYED_PAYMENT => HOUR,
        Expecting::Nothing => DAY,
    };
    now.plus_seconds(pause).unwrap_or(Instant::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Instant {
        let start = Instant::from_unix_seconds(1_800_000_000).unwrap();
        start.plus_seconds(seconds).unwrap()
    }

    fn pause(age: i64) -> i64 {
        next_check_at(at(0), at(age), Expecting::Nothing).seconds_since(at(age))
    }

    #[test]
    fn the_pause_grows_with_age() {
        assert_eq!(pause(-5), 60);
        assert_eq!(pause(0), 60);
        assert_eq!(pause(100), 100);
        assert_eq!(pause(3_600), 300);
        assert_eq!(pause(25 * 3_600), 300);
        assert_eq!(pause(25 * 3_600 + 1), 3_600);
        assert_eq!(pause(31 * 86_400), 86_400);
    }

    #[test]
    fn with_every_webhook_lost_a_payment_is_seen_within_fifteen_minutes() {
        // Whenever the buyer pays while the session is open, the next question, put off by a
        // sweep that has just passed, comes in time.
        let sweep_every = 60;
        let mut checked = 0;
        while checked <= 24 * 3_600 {
            let next = checked + pause(checked) + sweep_every;
            assert!(
                next - checked <= 15 * 60,
                "paid at {checked}, seen at {next}"
            );
            checked = next;
        }
    }

    #[test]
    fn a_payment_without_its_session_is_looked_into_soon() {
        let late = next_check_at(at(0), at(10 * 86_400), Expecting::TheSessionsWord);
        assert_eq!(late, at(10 * 86_400 + 60));
    }

    #[test]
    fn the_end_of_time_is_no_overflow() {
        let end = next_check_at(at(0), Instant::MAX, Expecting::Nothing);
        assert_eq!(end, Instant::MAX);
    }
}
