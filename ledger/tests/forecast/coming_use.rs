//! How much the coming year will likely take: as surely as weeks scatter, and for as long as a
//! habit has been seen.

use ledger::forecast::{DailyUse, Estimate, Holdings, advise};

use super::{credits, days_ago, now, today, use_since};
use ledger::credits::Credits;

fn expected(daily_use: &DailyUse) -> Option<Estimate> {
    let nothing = Holdings {
        lots: &[],
        pending: Credits::ZERO,
        debt: Credits::ZERO,
    };
    let advice = advise(daily_use, &nothing, &[], now()).unwrap();
    advice.forecast.map(|forecast| forecast.expected_use)
}

fn estimate(low: &str, likely: &str, high: &str) -> Option<Estimate> {
    Some(Estimate {
        low: credits(low),
        likely: credits(likely),
        high: credits(high),
    })
}

#[test]
fn a_year_of_even_use_is_expected_again() {
    let daily_use = use_since(365, &["10"]);
    assert_eq!(expected(&daily_use), estimate("3650", "3650", "3650"));
    // Whatever the day of the week.
    let working_days = use_since(371, &["10", "10", "10", "10", "10", "0", "0"]);
    let seen = expected(&working_days).unwrap();
    assert_eq!((seen.low, seen.high), (seen.likely, seen.likely));
}

#[test]
fn a_habit_surely_lasts_as_long_as_it_has_lasted() {
    let daily_use = use_since(28, &["10"]);
    assert_eq!(expected(&daily_use), estimate("280", "3650", "3650"));
    assert_eq!(expected(&use_since(27, &["10"])), None);
}

#[test]
fn weeks_that_scatter_widen_the_range() {
    // Weeks of 70, 140, 70 and 140: the mean of a day is 15, the variance of a week 4900/3.
    // low:  28 days, 420 - 2.353 * sqrt(4900/3 * 28/7 * (1 + 28/28))
    // high: 365 days, 5475 + 2.353 * sqrt(4900/3 * 365/7 * (1 + 365/28))
    let days = (1..=28).map(|ago| {
        let amount = if (ago - 1) / 7 % 2 == 0 { "10" } else { "20" };
        (days_ago(ago), credits(amount))
    });
    let daily_use = DailyUse::new(days, Some(days_ago(28)), today());
    let seen = expected(&daily_use).unwrap();
    let near = |found: Credits, wanted| {
        let apart = found.checked_sub(credits(wanted)).unwrap();
        assert!(
            apart.abs().unwrap() < credits("0.001"),
            "{found}, not {wanted}"
        );
    };
    near(seen.low, "151.0297");
    near(seen.likely, "5475");
    near(seen.high, "8047.6103");
}

#[test]
fn a_habit_given_up_or_taken_up_lately_widens_the_range() {
    let since = |busy: std::ops::RangeInclusive<i32>| {
        let days = busy.map(|ago| (days_ago(ago), credits("10")));
        DailyUse::new(days, Some(days_ago(364)), today())
    };
    let given_up = expected(&since(92..=364)).unwrap();
    assert_eq!(
        (given_up.low, given_up.likely),
        (Credits::ZERO, Credits::ZERO)
    );
    assert!(given_up.high > credits("2737"));
    let taken_up = expected(&since(1..=91)).unwrap();
    assert_eq!(taken_up.likely, credits("3650"));
    assert!(taken_up.low < credits("910"), "{taken_up:?}");
}

#[test]
fn use_is_never_expected_to_be_negative() {
    let daily_use = use_since(364, &["-10"]);
    assert_eq!(expected(&daily_use), estimate("0", "0", "0"));
}

#[test]
fn no_use_however_large_leaves_the_range_of_credits() {
    let most = use_since(364, &["9000000000"]);
    let bound = "9000000000";
    assert_eq!(expected(&most), estimate(bound, bound, bound));
    let wild: Vec<&str> = [["9000000000"; 7], ["-9000000000"; 7]].concat();
    let seen = expected(&use_since(364, &wild)).unwrap();
    assert_eq!((seen.low, seen.high), (Credits::ZERO, Credits::MAX));
}

/// A number from 0 to 1 million, each as likely as the next.
fn chance(state: &mut u64) -> i64 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    i64::try_from((*state >> 33) % 1_000_000).unwrap()
}

/// Nothing on most days, and much on a few.
fn bursty_day(state: &mut u64) -> Credits {
    let is_busy = chance(state) < 150_000;
    let size = chance(state) * chance(state) / 1_000;
    Credits::from_micro(if is_busy { size } else { 0 })
}

#[test]
fn bursty_use_falls_below_the_low_end_less_than_once_in_twenty() {
    let (mut state, rounds, mut below, mut above) = (7, 400, 0, 0);
    for round in 0..rounds {
        let seen = 28 + round % 337;
        let days: Vec<_> = (1..=seen)
            .map(|ago| (days_ago(ago), bursty_day(&mut state)))
            .collect();
        let daily_use = DailyUse::new(days, Some(days_ago(seen)), today());
        let range = expected(&daily_use).unwrap();
        let comes: i64 = (0..365).map(|_| bursty_day(&mut state).micro()).sum();
        below += i32::from(comes < range.low.micro());
        above += i32::from(comes > range.high.micro());
    }
    assert!(below < rounds / 20, "{below} of {rounds} below the low end");
    // Bursts lie on one side, which few weeks do not show.
    assert!(
        above < rounds / 10,
        "{above} of {rounds} above the high end"
    );
}
