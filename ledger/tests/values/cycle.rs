//! A calendar month is half open, and months leave no gap.

use ledger::cycle::Cycle;
use ledger::instant::Instant;
use proptest::prelude::*;

fn month(now: &str) -> (String, String) {
    let cycle = Cycle::calendar_month_utc(now.parse().unwrap()).unwrap();
    (cycle.start.to_string(), cycle.end.to_string())
}

#[test]
fn a_month_runs_from_its_first_midnight_to_the_next() {
    let table = [
        (
            "2026-01-31T12:00:00Z",
            "2026-01-01T00:00:00Z",
            "2026-02-01T00:00:00Z",
        ),
        (
            "2026-02-01T00:00:00Z",
            "2026-02-01T00:00:00Z",
            "2026-03-01T00:00:00Z",
        ),
        (
            "2026-01-31T23:59:59.999999Z",
            "2026-01-01T00:00:00Z",
            "2026-02-01T00:00:00Z",
        ),
        (
            "2024-02-29T00:00:00Z",
            "2024-02-01T00:00:00Z",
            "2024-03-01T00:00:00Z",
        ),
        (
            "2026-12-31T23:59:59Z",
            "2026-12-01T00:00:00Z",
            "2027-01-01T00:00:00Z",
        ),
        (
            "2026-12-31T23:00:00-08:00",
            "2027-01-01T00:00:00Z",
            "2027-02-01T00:00:00Z",
        ),
        (
            "9999-11-30T00:00:00Z",
            "9999-11-01T00:00:00Z",
            "9999-12-01T00:00:00Z",
        ),
    ];
    for (now, start, end) in table {
        assert_eq!(month(now), (start.to_owned(), end.to_owned()), "{now}");
    }
}

#[test]
fn the_last_month_of_the_calendar_has_no_end() {
    assert_eq!(Cycle::calendar_month_utc(Instant::MAX), None);
    assert_eq!(
        Cycle::calendar_month_utc(Instant::from_micros(i64::MAX)),
        None
    );
}

proptest! {
    #[test]
    fn every_instant_lies_in_its_own_month_and_the_next_begins_at_its_end(
        micros in Instant::MIN.micros()..250_000_000_000_000_000_i64
    ) {
        let now = Instant::from_micros(micros);
        let cycle = Cycle::calendar_month_utc(now).unwrap();
        prop_assert!(cycle.contains(now));
        prop_assert!(!cycle.contains(cycle.end));
        let next = Cycle::calendar_month_utc(cycle.end).unwrap();
        prop_assert_eq!(next.start, cycle.end);
        let last = Instant::from_micros(cycle.end.micros() - 1);
        prop_assert_eq!(Cycle::calendar_month_utc(last), Some(cycle));
        let days = cycle.end.seconds_since(cycle.start) / 86_400;
        prop_assert!((28..=31).contains(&days), "{}", days);
    }
}
