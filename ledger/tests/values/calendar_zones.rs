//! Where days begin in zones that are not UTC: odd offsets, clocks that are put forward and back,
//! midnights and whole days that do not exist.

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use ledger::calendar::{AnchorDay, Day};
use ledger::calendar::{Calendar, UnknownZone, Zone};
use ledger::instant::Instant;

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn calendar(zone: &str) -> Calendar {
    Calendar::new(Zone::parse(zone).unwrap(), AnchorDay::FIRST)
}

fn day(zone: &str, now: &str) -> (String, String, String) {
    let Day { date, period } = calendar(zone).day(at(now)).unwrap();
    (
        date.to_string(),
        period.start.to_string(),
        period.end.to_string(),
    )
}

/// One row: zone, an instant, and the date, beginning and end of the day that it lies in.
fn assert_days(table: &[[&str; 5]]) {
    for [zone, now, date, start, end] in table {
        let expected = ((*date).to_owned(), (*start).to_owned(), (*end).to_owned());
        assert_eq!(day(zone, now), expected, "{zone} {now}");
    }
}

#[rustfmt::skip]
#[test]
fn a_day_is_the_zones_own_whatever_its_offset() {
    assert_days(&[
        ["UTC", "2026-01-31T23:59:59.999999Z", "2026-01-31", "2026-01-31T00:00:00Z", "2026-02-01T00:00:00Z"],
        ["UTC", "1969-12-31T23:59:59.999999Z", "1969-12-31", "1969-12-31T00:00:00Z", "1970-01-01T00:00:00Z"],
        ["Asia/Kolkata", "2026-01-31T18:30:00Z", "2026-02-01", "2026-01-31T18:30:00Z", "2026-02-01T18:30:00Z"],
        ["Asia/Kathmandu", "2026-01-31T18:14:59Z", "2026-01-31", "2026-01-30T18:15:00Z", "2026-01-31T18:15:00Z"],
        ["Pacific/Chatham", "2026-07-01T11:15:00Z", "2026-07-02", "2026-07-01T11:15:00Z", "2026-07-02T11:15:00Z"],
        ["Pacific/Kiritimati", "2026-01-01T10:00:00Z", "2026-01-02", "2026-01-01T10:00:00Z", "2026-01-02T10:00:00Z"],
        ["America/Los_Angeles", "2026-01-01T07:59:59Z", "2025-12-31", "2025-12-31T08:00:00Z", "2026-01-01T08:00:00Z"],
    ]);
}

#[rustfmt::skip]
#[test]
fn a_day_on_which_clocks_are_changed_is_longer_or_shorter() {
    assert_days(&[
        ["Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"],
        ["Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"],
        // By half an hour.
        ["Australia/Lord_Howe", "2026-04-05T00:00:00Z", "2026-04-05", "2026-04-04T13:00:00Z", "2026-04-05T13:30:00Z"],
        ["Australia/Lord_Howe", "2026-10-04T00:00:00Z", "2026-10-04", "2026-10-03T13:30:00Z", "2026-10-04T13:00:00Z"],
    ]);
}

#[rustfmt::skip]
#[test]
fn a_day_without_midnight_begins_where_clocks_leap() {
    assert_days(&[
        ["America/Sao_Paulo", "2018-11-04T12:00:00Z", "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"],
        ["Asia/Beirut", "2026-03-29T12:00:00Z", "2026-03-29", "2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z"],
        // From 23:30 to half past midnight.
        ["America/Toronto", "1919-03-31T12:00:00Z", "1919-03-31", "1919-03-31T04:30:00Z", "1919-04-01T04:00:00Z"],
        ["America/Toronto", "1919-03-31T04:29:59Z", "1919-03-30", "1919-03-30T05:00:00Z", "1919-03-31T04:30:00Z"],
    ]);
}

#[rustfmt::skip]
#[test]
fn a_date_shown_again_after_the_next_has_begun_does_not_come_back() {
    assert_days(&[
        // A minute into Sunday clocks are set back to 23:01 of Saturday.
        ["America/St_Johns", "2010-11-07T02:29:59Z", "2010-11-06", "2010-11-06T02:30:00Z", "2010-11-07T02:30:00Z"],
        ["America/St_Johns", "2010-11-07T02:31:30Z", "2010-11-07", "2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z"],
        // Of two midnights the first counts.
        ["America/Havana", "2024-11-03T05:30:00Z", "2024-11-03", "2024-11-03T04:00:00Z", "2024-11-04T05:00:00Z"],
    ]);
}

#[rustfmt::skip]
#[test]
fn a_date_that_a_zone_left_out_has_no_day() {
    assert_days(&[
        ["Pacific/Apia", "2011-12-30T09:59:59.999999Z", "2011-12-29", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"],
        ["Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"],
    ]);
}

#[test]
fn a_week_runs_from_monday_to_monday_of_the_zone() {
    let week = calendar("Europe/Berlin")
        .week(at("2026-03-29T12:00:00Z"))
        .unwrap();
    assert_eq!(week.start, at("2026-03-22T23:00:00Z"));
    assert_eq!(week.end, at("2026-03-29T22:00:00Z"));
}

#[test]
fn a_zone_is_known_by_its_name_and_only_by_it() {
    for name in ["UTC", "Asia/Kolkata", "Asia/Calcutta", "Etc/GMT+12"] {
        assert_eq!(Zone::parse(name).unwrap().name(), name);
    }
    assert_eq!(Zone::parse("utc"), Ok(Zone::utc()));
    let odd_case = Zone::parse("asia/KOLKATA").unwrap();
    assert_eq!(odd_case, Zone::parse("Asia/Kolkata").unwrap());
    assert_eq!(odd_case.name(), "Asia/Kolkata");
    for name in [
        "",
        " ",
        "Asia",
        "Asia/Nowhere",
        "Etc/Unknown",
        "+05:30",
        "EST5EDT,M3.2.0,M11.1.0",
        "../../etc/localtime",
        "/etc/localtime",
        "Asia/Kolkata ",
        "Asia/Kolkata\0",
    ] {
        assert_eq!(Zone::parse(name), Err(UnknownZone), "{name:?}");
    }
}

fn date_shown(zone: &TimeZone, instant: Instant) -> String {
    let timestamp = Timestamp::from_microsecond(instant.micros()).unwrap();
    zone.to_datetime(timestamp).date().to_string()
}

#[test]
fn around_every_change_of_every_zones_clocks_days_follow_each_other() {
    let database = TimeZoneDatabase::bundled();
    let (first, last) = (at("1900-01-01T00:00:00Z"), at("2040-01-01T00:00:00Z"));
    let mut changes = 0;
    for name in database.available() {
        let (zone, Ok(known)) = (
            database.get(name.as_str()).unwrap(),
            Zone::parse(name.as_str()),
        ) else {
            panic!("{name} is in the database");
        };
        let calendar = Calendar::new(known, AnchorDay::FIRST);
        let from = Timestamp::from_microsecond(first.micros()).unwrap();
        for change in zone.following(from) {
            let change = Instant::from_micros(change.timestamp().as_microsecond());
            if change > last {
                break;
            }
            changes += 1;
            for now in [-1, 0, 1].map(|micros| Instant::from_micros(change.micros() + micros)) {
                let day = calendar.day(now).unwrap();
                assert!(day.period.contains(now), "{name} {now}");
                let last = Instant::from_micros(day.period.end.micros() - 1);
                assert_eq!(calendar.day(last), Some(day), "{name} {now}");
                let next = calendar.day(day.period.end).unwrap();
                assert_eq!(next.period.start, day.period.end, "{name} {now}");
                assert!(next.date > day.date, "{name} {now}");
                let shown = date_shown(&zone, day.period.start);
                assert_eq!(shown, day.date.to_string(), "{name} {now}");
            }
        }
    }
    assert!(changes > 10_000, "{changes}");
}

#[test]
fn a_zone_says_its_name_and_the_date_of_an_instant() {
    let zone = Zone::parse("Asia/Kolkata").unwrap();
    assert_eq!(format!("{zone:?}"), "Asia/Kolkata");
    let date = |now| zone.date(at(now)).unwrap().to_string();
    assert_eq!(date("2026-03-01T18:29:59Z"), "2026-03-01");
    assert_eq!(date("2026-03-01T18:30:00Z"), "2026-03-02");
}
