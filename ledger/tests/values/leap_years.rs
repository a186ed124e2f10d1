//! Every day of a 400-year Gregorian cycle, against a calendar walked day by day that shares
//! nothing with the code it checks.

use std::collections::HashMap;

use ledger::instant::Instant;

const MICROS_PER_DAY: i64 = 86_400_000_000;
const DAYS_IN_CYCLE: usize = 146_097;
/// 2000-01-01T00:00:00Z in days since 1970.
const FIRST_DAY: i64 = 10_957;

/// Year, month and day.
type Day = (i64, i64, i64);

fn is_leap(year: i64) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The days from 2000-01-01 on, for the cycle and the year after it.
fn walked_calendar() -> Vec<Day> {
    let mut days = Vec::new();
    for year in 2000..=2400 {
        for month in 1..=12 {
            for day in 1..=days_in_month(year, month) {
                days.push((year, month, day));
            }
        }
    }
    days
}

fn instant(index: usize, micros_into_day: i64) -> Instant {
    let day = FIRST_DAY + i64::try_from(index).unwrap();
    Instant::from_micros(day * MICROS_PER_DAY + micros_into_day)
}

#[test]
fn a_year_later_is_right_for_every_day_of_400_years() {
    let calendar = walked_calendar();
    let index_of: HashMap<Day, usize> = calendar
        .iter()
        .enumerate()
        .map(|(index, day)| (*day, index))
        .collect();
    for (index, (year, month, day)) in calendar.iter().take(DAYS_IN_CYCLE).enumerate() {
        let clamped = if (*month, *day) == (2, 29) { 28 } else { *day };
        let expected = index_of[&(year + 1, *month, clamped)];
        let some_time_of_day = i64::try_from(index).unwrap() * 591_387 % MICROS_PER_DAY;
        for micros_into_day in [0, some_time_of_day, MICROS_PER_DAY - 1] {
            assert_eq!(
                instant(index, micros_into_day).one_calendar_year_later(),
                Some(instant(expected, micros_into_day)),
                "{year}-{month}-{day}"
            );
        }
    }
    assert_eq!(calendar[DAYS_IN_CYCLE], (2400, 1, 1));
}

#[test]
fn every_day_of_400_years_prints_its_own_date() {
    for (index, (year, month, day)) in walked_calendar().into_iter().enumerate() {
        let expected = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
        assert_eq!(instant(index, 0).to_string(), expected);
    }
}

#[test]
fn the_29th_of_february_ends_on_the_28th() {
    let later = |text: &str| {
        let instant: Instant = text.parse().unwrap();
        instant.one_calendar_year_later().unwrap().to_string()
    };
    assert_eq!(
        later("2024-02-29T23:59:59.999999Z"),
        "2025-02-28T23:59:59.999999Z"
    );
    assert_eq!(later("2024-02-28T12:00:00Z"), "2025-02-28T12:00:00Z");
    assert_eq!(later("2023-02-28T12:00:00Z"), "2024-02-28T12:00:00Z");
    assert_eq!(later("2023-03-01T00:00:00Z"), "2024-03-01T00:00:00Z");
    assert_eq!(later("2024-12-31T00:00:00Z"), "2025-12-31T00:00:00Z");
}
