//! A date knows its week and its month, and is written in one way.

use ledger::calendar::Date;
use proptest::prelude::*;

fn date(days: i32) -> Date {
    Date::from_days(days).unwrap()
}

#[test]
fn a_date_is_written_year_month_day() {
    let table = [
        (0, "1970-01-01"),
        (-1, "1969-12-31"),
        (11_016, "2000-02-29"),
        (20_454, "2026-01-01"),
        (2_932_896, "9999-12-31"),
    ];
    for (days, text) in table {
        assert_eq!(date(days).to_string(), text);
        assert_eq!(date(days).days(), days);
    }
}

#[test]
fn the_calendar_has_ends() {
    assert_eq!(Date::from_days(2_932_897), None);
    assert_eq!(Date::from_days(i32::MAX), None);
    assert_eq!(Date::from_days(i32::MIN), None);
    assert_eq!(date(2_932_896).next_day(), None);
    assert_eq!(date(0).plus_days(i32::MAX), None);
}

#[test]
fn a_week_begins_on_monday_and_may_lie_in_two_years() {
    // 1 January 2026 was a Thursday, and 5 January the Monday after.
    let monday = |days| date(days).monday().unwrap().to_string();
    assert_eq!(monday(20_454), "2025-12-29");
    assert_eq!(monday(20_457), "2025-12-29");
    assert_eq!(monday(20_458), "2026-01-05");
    assert_eq!(monday(0), "1969-12-29");
}

#[test]
fn a_month_has_a_first_and_a_last_day() {
    let month = |days| {
        let date = date(days);
        (
            date.first_of_month().to_string(),
            date.last_of_month().to_string(),
        )
    };
    let expected = ("2024-02-01".to_owned(), "2024-02-29".to_owned());
    assert_eq!(month(19_754), expected);
    assert_eq!(month(19_782), expected);
    assert_eq!(month(19_783).0, "2024-03-01");
}

proptest! {
    #[test]
    fn seven_days_have_one_monday(days in -700_000..2_900_000_i32) {
        let monday = date(days).monday().unwrap();
        prop_assert!((0..7).contains(&(days - monday.days())));
        for later in 0..7 {
            prop_assert_eq!(monday.plus_days(later).unwrap().monday(), Some(monday));
        }
        prop_assert_eq!(monday.next_day(), monday.plus_days(1));
        prop_assert_eq!(monday.previous_day(), monday.plus_days(-1));
    }
}

#[test]
fn a_date_is_read_as_it_is_written_and_in_no_other_way() {
    for text in ["2026-11-23", "2024-02-29", "0000-01-01", "9999-12-31"] {
        assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
    }
    for text in [
        "",
        "2026-11-31",
        "2026-02-29",
        "2026-13-01",
        "2026-00-01",
        "2026-01-00",
        "2026-1-1",
        "26-01-01",
        "20260101",
        "2026-01-01T00:00:00Z",
        "2026-01-01-01",
        "-2026-01-01",
        "+026-01-01",
        "2026-01-0１",
        " 2026-01-01",
        "2026/01/01",
    ] {
        assert!(text.parse::<Date>().is_err(), "{text}");
    }
}
