//! A cycle is half open, cycles leave no gap, and an anchor day that a month lacks is its last.

use ledger::calendar::{AnchorDay, AnchorDayIsOutOfRange, Calendar, Period, Zone};
use ledger::instant::Instant;
use proptest::prelude::*;

fn calendar(zone: &str, anchor_day: i16) -> Calendar {
    Calendar::new(
        Zone::parse(zone).unwrap(),
        AnchorDay::new(anchor_day).unwrap(),
    )
}

fn spelled(period: Period) -> (String, String) {
    (period.start.to_string(), period.end.to_string())
}

fn assert_cycles(calendar: &Calendar, table: &[(&str, &str, &str)]) {
    for (now, start, end) in table {
        let cycle = calendar.cycle(now.parse().unwrap()).unwrap();
        let expected = ((*start).to_owned(), (*end).to_owned());
        assert_eq!(spelled(cycle), expected, "{now}");
    }
}

#[test]
fn a_month_runs_from_its_first_midnight_to_the_next() {
    assert_cycles(
        &Calendar::default(),
        &[
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
        ],
    );
}

#[test]
fn an_anchor_day_that_a_month_lacks_is_its_last() {
    let ends = |anchor_day| {
        let calendar = calendar("UTC", anchor_day);
        let mut ends = Vec::new();
        // From a leap year into a common one.
        let mut now: Instant = "2023-12-31T12:00:00Z".parse().unwrap();
        for _ in 0..15 {
            now = calendar.cycle(now).unwrap().end;
            ends.push(now.to_string()[..10].to_owned());
        }
        ends
    };
    assert_eq!(
        ends(31)[..6],
        [
            "2024-01-31",
            "2024-02-29",
            "2024-03-31",
            "2024-04-30",
            "2024-05-31",
            "2024-06-30"
        ]
    );
    assert_eq!(
        ends(30)[..4],
        ["2024-01-30", "2024-02-29", "2024-03-30", "2024-04-30"]
    );
    assert_eq!(ends(29)[1..3], ["2024-02-29", "2024-03-29"]);
    for anchor_day in [29, 30, 31] {
        assert_eq!(ends(anchor_day)[13], "2025-02-28", "{anchor_day}");
    }
    assert_eq!(ends(28)[13..], ["2025-02-28", "2025-03-28"]);
}

#[test]
fn a_cycle_begins_with_the_zones_own_day() {
    assert_cycles(
        &calendar("Asia/Kolkata", 15),
        &[
            (
                "2026-03-14T18:29:59Z",
                "2026-02-14T18:30:00Z",
                "2026-03-14T18:30:00Z",
            ),
            (
                "2026-03-14T18:30:00Z",
                "2026-03-14T18:30:00Z",
                "2026-04-14T18:30:00Z",
            ),
        ],
    );
    // The clocks of Sydney go back an hour on 5 April 2026.
    assert_cycles(
        &calendar("Australia/Sydney", 1),
        &[(
            "2026-04-15T00:00:00Z",
            "2026-03-31T13:00:00Z",
            "2026-04-30T14:00:00Z",
        )],
    );
    // Samoa had no 30 December 2011: that cycle begins with the 31st.
    assert_cycles(
        &calendar("Pacific/Apia", 30),
        &[
            (
                "2011-12-30T09:59:59Z",
                "2011-11-30T10:00:00Z",
                "2011-12-30T10:00:00Z",
            ),
            (
                "2011-12-30T10:00:00Z",
                "2011-12-30T10:00:00Z",
                "2012-01-29T10:00:00Z",
            ),
        ],
    );
}

#[test]
fn the_last_month_of_the_calendar_has_no_end() {
    let calendar = Calendar::default();
    assert_eq!(calendar.cycle(Instant::MAX), None);
    assert_eq!(calendar.cycle(Instant::from_micros(i64::MAX)), None);
    assert_eq!(calendar.day(Instant::MAX), None);
    assert_eq!(calendar.week(Instant::MAX), None);
}

#[test]
fn an_anchor_day_is_a_day_of_the_month() {
    for day in 1..=31_u8 {
        assert_eq!(AnchorDay::new(day.into()).map(AnchorDay::get), Ok(day));
    }
    for day in [0, 32, -1, 256 + 1, i16::MAX, i16::MIN] {
        assert_eq!(AnchorDay::new(day), Err(AnchorDayIsOutOfRange), "{day}");
    }
}

proptest! {
    #[test]
    fn every_instant_lies_in_its_own_cycle_and_the_next_begins_at_its_end(
        micros in Instant::MIN.micros()..250_000_000_000_000_000_i64,
        anchor_day in 1..=31_i16,
    ) {
        let calendar = calendar("UTC", anchor_day);
        let now = Instant::from_micros(micros);
        let cycle = calendar.cycle(now).unwrap();
        prop_assert!(cycle.contains(now));
        prop_assert!(!cycle.contains(cycle.end));
        let next = calendar.cycle(cycle.end).unwrap();
        prop_assert_eq!(next.start, cycle.end);
        let last = Instant::from_micros(cycle.end.micros() - 1);
        prop_assert_eq!(calendar.cycle(last), Some(cycle));
        let days = next.end.seconds_since(next.start) / 86_400;
        prop_assert!((28..=31).contains(&days), "{}", days);
    }
}
