//! A calendar that is changed goes on partitioning time: what was counted stays where it was, and
//! no instant is in two days or two cycles.

use ledger::calendar::{AnchorDay, Calendar, CycleBeginsTooLate, Day, Period, Zone};
use ledger::instant::Instant;
use proptest::prelude::*;

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap()
}

fn anchor_day(day: i16) -> AnchorDay {
    AnchorDay::new(day).unwrap()
}

fn period(start: &str, end: &str) -> Period {
    Period {
        start: at(start),
        end: at(end),
    }
}

fn moved(from: &Calendar, name: &str, day: i16, now: &str) -> Calendar {
    from.changed(zone(name), anchor_day(day), at(now)).unwrap()
}

#[test]
fn the_running_cycle_keeps_its_beginning_and_ends_at_the_next_new_boundary() {
    let now = "2026-03-10T09:00:00Z";
    let running = |day| moved(&Calendar::default(), "UTC", day, now).cycle(at(now));
    let later = period("2026-03-01T00:00:00Z", "2026-03-15T00:00:00Z");
    assert_eq!(running(15), Some(later));
    let longer = period("2026-03-01T00:00:00Z", "2026-04-05T00:00:00Z");
    assert_eq!(running(5), Some(longer));
    let after = moved(&Calendar::default(), "UTC", 5, now).cycle(at("2026-04-05T00:00:00Z"));
    let whole = period("2026-04-05T00:00:00Z", "2026-05-05T00:00:00Z");
    assert_eq!(after, Some(whole));
}

#[test]
fn a_new_boundary_at_the_change_itself_ends_the_running_cycle() {
    let now = "2026-03-15T00:00:00Z";
    let cycle = moved(&Calendar::default(), "UTC", 15, now).cycle(at(now));
    let fresh = period("2026-03-15T00:00:00Z", "2026-04-15T00:00:00Z");
    assert_eq!(cycle, Some(fresh));
}

#[test]
fn the_running_day_ends_at_the_change_and_a_new_one_begins() {
    let now = "2026-03-10T20:00:00Z";
    let calendar = moved(&Calendar::default(), "Asia/Kolkata", 1, now);
    let Day { date, period: day } = calendar.day(at(now)).unwrap();
    assert_eq!(date.to_string(), "2026-03-11");
    assert_eq!(day, period(now, "2026-03-11T18:30:00Z"));
    let next = calendar.day(day.end).unwrap().period;
    assert_eq!(next, period("2026-03-11T18:30:00Z", "2026-03-12T18:30:00Z"));
}

#[test]
fn the_running_week_begins_anew_at_the_change() {
    let now = "2026-03-10T20:00:00Z";
    let calendar = moved(&Calendar::default(), "Asia/Kolkata", 1, now);
    let week = calendar.week(at(now));
    assert_eq!(week, Some(period(now, "2026-03-15T18:30:00Z")));
}

#[test]
fn what_is_the_same_already_is_not_changed() {
    let now = "2026-03-10T09:00:00Z";
    let same = moved(&Calendar::default(), "UTC", 1, now);
    assert_eq!(same, Calendar::default());
}

#[test]
fn a_clock_that_steps_back_behind_the_change_finds_itself_at_it() {
    let now = "2026-03-10T09:00:00Z";
    let calendar = moved(&Calendar::default(), "Asia/Kolkata", 5, now);
    let earlier = at("2026-03-09T09:00:00Z");
    assert_eq!(calendar.day(earlier), calendar.day(at(now)));
    assert_eq!(calendar.cycle(earlier), calendar.cycle(at(now)));
    assert_eq!(calendar.week(earlier), calendar.week(at(now)));
    let again = calendar.changed(Zone::utc(), AnchorDay::FIRST, earlier);
    assert_eq!(again.unwrap().since(), at(now));
}

#[test]
fn a_stored_calendar_is_the_one_that_was_stored() {
    let calendar = moved(
        &Calendar::default(),
        "Asia/Kolkata",
        5,
        "2026-03-10T09:00:00Z",
    );
    let stored = |cycle_start| {
        Calendar::stored(
            calendar.zone().clone(),
            calendar.anchor_day(),
            calendar.since(),
            cycle_start,
        )
    };
    assert_eq!(stored(calendar.cycle_start()), Ok(calendar.clone()));
    let begun_now = stored(calendar.since());
    assert_eq!(begun_now.map(|it| it.cycle_start()), Ok(calendar.since()));
    let too_late = Instant::from_micros(calendar.since().micros() + 1);
    assert_eq!(stored(too_late), Err(CycleBeginsTooLate));
}

/// Zones whose clocks and dates leap, in the years the property walks through.
const ZONES: [&str; 9] = [
    "UTC",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Pacific/Chatham",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Sao_Paulo",
    "Asia/Beirut",
    "America/St_Johns",
];
const HOUR: i64 = 3_600_000_000;

/// A zone, an anchor day, and the microseconds until the next change.
fn any_change() -> impl Strategy<Value = (Zone, AnchorDay, i64)> {
    let gap = prop_oneof![Just(0_i64), 0..HOUR, 0..(24 * HOUR), 0..(90 * 24 * HOUR)];
    (prop::sample::select(&ZONES[..]), 1..=31_i16, gap)
        .prop_map(|(name, day, gap)| (zone(name), anchor_day(day), gap))
}

/// A stretch of time under one calendar, and where the day or cycle begins that it belongs to.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    from: Instant,
    begins: Instant,
}

/// Every day or cycle from one instant to another, the first and the last perhaps in part.
fn stretches(
    from: Instant,
    until: Instant,
    period_of: impl Fn(Instant) -> Option<Period>,
) -> Vec<Stretch> {
    let mut walked = Vec::new();
    let mut now = from;
    while now < until {
        let period = period_of(now).unwrap();
        assert!(period.contains(now), "{now} is not in {period:?}");
        walked.push(Stretch {
            from: now,
            begins: period.start,
        });
        now = period.end;
    }
    walked
}

/// Each stretch goes on with what the one before it belongs to, or begins something new: so what
/// has one beginning lies together, and no instant of it belongs to anything else.
fn assert_partition(stretches: &[Stretch]) {
    for pair in stretches.windows(2) {
        let (before, after) = (pair[0], pair[1]);
        let goes_on = after.begins == before.begins;
        assert!(
            goes_on || after.begins == after.from,
            "{before:?} {after:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn days_and_cycles_partition_time_through_any_changes(
        changes in prop::collection::vec(any_change(), 1..8),
        start in prop::sample::select(vec![
            "2011-12-01T00:00:00Z", "2010-10-20T00:00:00Z", "2018-10-20T00:00:00Z",
            "2024-02-01T00:00:00Z", "2026-03-01T00:00:00Z",
        ]),
    ) {
        let (mut calendar, mut now) = (Calendar::default(), at(start));
        let (mut days, mut cycles) = (Vec::new(), Vec::new());
        for (zone, anchor_day, gap) in changes {
            calendar = calendar.changed(zone, anchor_day, now).unwrap();
            let until = Instant::from_micros(now.micros() + gap);
            days.extend(stretches(now, until, |now| calendar.day(now).map(|day| day.period)));
            cycles.extend(stretches(now, until, |now| calendar.cycle(now)));
            now = until;
        }
        assert_partition(&days);
        assert_partition(&cycles);
        for cycle in cycles.iter().filter(|cycle| cycle.begins == cycle.from) {
            prop_assert!(days.iter().any(|day| day.begins == cycle.begins), "{cycle:?}");
        }
    }
}
