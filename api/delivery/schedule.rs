//! When a delivery that failed is attempted again: soon at first, then ever later, ten times over about
//! three days. Whoever was down has come back by then, or somebody has to look.

use ledger::instant::Instant;

/// After each attempt but the last.
pub const PAUSES_SECONDS: [i64; 9] = [5, 60, 300, 1_800, 7_200, 21_600, 43_200, 86_400, 86_400];

/// An endpoint that nothing has got through to for so long is disabled.
pub const LONGEST_FAILING_SECONDS: i64 = 5 * 86_400;

/// When to attempt again after so many attempts; none: never. `jitter` is between 0 and 1, so that what
/// failed together does not come back together: a pause is up to a fifth shorter or longer.
pub fn next_attempt(attempts: i32, now: Instant, jitter: f64) -> Option<Instant> {
    let done = usize::try_from(attempts).unwrap_or(0);
    let pause = *PAUSES_SECONDS.get(done.checked_sub(1)?)?;
    // Whole thousandths, from 800 to 1 200.
    let thousandths = 800_i64.saturating_add(thousandths_of(jitter, 400));
    let micros = pause.saturating_mul(thousandths).saturating_mul(1_000);
    let next = now.micros().checked_add(micros);
    next.map(Instant::from_micros)
}

#[expect(
    clippy::as_conversions,
    reason = "a number between 0 and a few hundred"
)]
fn thousandths_of(jitter: f64, most: i64) -> i64 {
    let whole = (jitter.clamp(0.0, 1.0) * most as f64).round();
    whole as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_together_comes_back_one_by_one() {
        let now = Instant::from_micros(0);
        let pauses = [0.0, 0.25, 1.0].map(|jitter| next_attempt(1, now, jitter).unwrap());
        assert_eq!(
            pauses.map(Instant::micros),
            [4_000_000, 4_500_000, 6_000_000]
        );
    }

    #[test]
    fn ten_attempts_spread_over_about_three_days_and_then_no_more() {
        for jitter in [0.0, 0.5, 1.0] {
            let begin = Instant::from_micros(0);
            let mut now = begin;
            let mut attempts = 1;
            while let Some(next) = next_attempt(attempts, now, jitter) {
                assert!(next > now);
                now = next;
                attempts += 1_i32;
            }
            assert_eq!(attempts, 10);
            let hours = now.seconds_since(begin) / 3_600;
            assert!((54..84).contains(&hours), "{hours} hours");
        }
        assert_eq!(next_attempt(0, Instant::from_micros(0), 0.5), None);
    }
}
