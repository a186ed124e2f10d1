//! An instant reads and prints as RFC 3339, and no arithmetic leaves the calendar.

use ledger::instant::{Instant, ParseInstantError};
use proptest::prelude::*;

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

#[test]
fn the_fraction_of_a_second_is_printed_only_if_there_is_one() {
    let table = [
        (0, "1970-01-01T00:00:00Z"),
        (1, "1970-01-01T00:00:00.000001Z"),
        (500_000, "1970-01-01T00:00:00.500000Z"),
        (-1, "1969-12-31T23:59:59.999999Z"),
        (951_782_400_000_000, "2000-02-29T00:00:00Z"),
    ];
    for (micros, expected) in table {
        let instant = Instant::from_micros(micros);
        assert_eq!(instant.to_string(), expected);
        assert_eq!(at(expected), instant);
    }
    assert_eq!(Instant::MIN.to_string(), "0000-01-01T00:00:00Z");
    assert_eq!(Instant::MAX.to_string(), "9999-12-31T23:59:59.999999Z");
}

#[test]
fn what_rfc_3339_cannot_write_still_prints() {
    assert_eq!(
        Instant::from_micros(i64::MAX).to_string(),
        "@9223372036854775807us"
    );
    assert_eq!(
        Instant::from_micros(i64::MIN).to_string(),
        "@-9223372036854775808us"
    );
}

#[test]
fn any_offset_is_read_as_the_same_instant_in_utc() {
    let noon = at("2026-01-31T12:00:00Z");
    for text in [
        "2026-01-31T12:00:00+00:00",
        "2026-01-31T12:00:00-00:00",
        "2026-01-31T17:30:00+05:30",
        "2026-01-31T04:00:00-08:00",
        "2026-02-01T02:00:00+14:00",
        "2026-01-31T12:00:00.000000Z",
        "2026-01-31T12:00:00.0000009Z",
    ] {
        assert_eq!(at(text), noon, "{text}");
    }
}

#[test]
fn what_is_finer_than_a_microsecond_is_cut_off_towards_the_past() {
    assert_eq!(at("1970-01-01T00:00:00.1234569Z").micros(), 123_456);
    assert_eq!(at("1969-12-31T23:59:59.9999999Z").micros(), -1);
}

#[test]
fn a_text_that_is_no_time_is_refused() {
    for text in [
        "",
        "now",
        "0",
        "2026-01-31",
        "2026-01-31T12:00:00",
        "2026-02-29T12:00:00Z",
        "2026-13-01T12:00:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T12:60:00Z",
        "2026-01-31T12:00:00+25:00",
        "20260131T120000Z",
        "2026-01-31T12:00:00Z ",
        " 2026-01-31T12:00:00Z",
        "+12026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.Z",
    ] {
        assert_eq!(
            text.parse::<Instant>(),
            Err(ParseInstantError::TimeIsNotRfc3339),
            "{text:?}"
        );
    }
    assert!("0000-01-01T00:00:00+23:59".parse::<Instant>().is_err());
    assert!("9999-12-31T23:59:59-23:59".parse::<Instant>().is_err());
}

#[test]
fn unix_seconds_are_bounded_by_the_calendar() {
    let last = Instant::MAX.unix_seconds();
    assert_eq!(
        Instant::from_unix_seconds(last).map(Instant::unix_seconds),
        Some(last)
    );
    for seconds in [last + 1, i64::MAX, i64::MIN, -62_167_219_201] {
        assert_eq!(Instant::from_unix_seconds(seconds), None, "{seconds}");
    }
    assert_eq!(Instant::from_micros(-1).unix_seconds(), -1);
}

#[test]
fn arithmetic_stops_at_the_ends_of_the_calendar() {
    assert_eq!(Instant::MAX.plus_seconds(1), None);
    assert_eq!(Instant::MIN.plus_seconds(-1), None);
    assert_eq!(Instant::MAX.plus_days(1), None);
    assert_eq!(Instant::MAX.plus_seconds(0), Some(Instant::MAX));
    assert_eq!(Instant::MAX.one_calendar_year_later(), None);
    assert_eq!(
        Instant::from_micros(i64::MAX).one_calendar_year_later(),
        None
    );
    for amount in [i64::MAX, i64::MIN] {
        assert_eq!(at("2026-01-31T12:00:00Z").plus_seconds(amount), None);
        assert_eq!(at("2026-01-31T12:00:00Z").plus_days(amount), None);
    }
}

#[test]
fn a_day_is_24_hours() {
    let before = at("2026-03-29T00:30:00Z");
    assert_eq!(before.plus_days(1), Some(at("2026-03-30T00:30:00Z")));
    assert_eq!(before.plus_days(-1), Some(at("2026-03-28T00:30:00Z")));
}

#[test]
fn elapsed_seconds_are_rounded_down() {
    let start = Instant::from_micros(0);
    let seconds = |micros| Instant::from_micros(micros).seconds_since(start);
    assert_eq!(seconds(999_999), 0);
    assert_eq!(seconds(1_000_000), 1);
    assert_eq!(seconds(-1), -1);
    assert_eq!(seconds(-1_000_000), -1);
    let far = Instant::from_micros(i64::MIN);
    assert!(Instant::from_micros(i64::MAX).seconds_since(far) > 0);
}

proptest! {
    #[test]
    fn what_is_printed_reads_back_as_the_same_instant(
        micros in Instant::MIN.micros()..=Instant::MAX.micros()
    ) {
        let instant = Instant::from_micros(micros);
        prop_assert_eq!(instant.to_string().parse::<Instant>(), Ok(instant));
    }

    #[test]
    fn any_text_is_read_or_refused_without_panic(text in "[-+0-9TZtz:. ]{0,40}|.{0,40}") {
        let _ = text.parse::<Instant>();
    }

    #[test]
    fn seconds_added_are_seconds_elapsed(
        micros in Instant::MIN.micros()..=Instant::MAX.micros(),
        seconds in -100_000_000_000_i64..100_000_000_000,
    ) {
        let start = Instant::from_micros(micros);
        if let Some(end) = start.plus_seconds(seconds) {
            prop_assert_eq!(end.seconds_since(start), seconds);
        }
    }
}
