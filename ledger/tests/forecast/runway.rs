//! The runway is what is available by the mean of the last 30 whole days, and nothing where that
//! says nothing.

use ledger::forecast::{DailyUse, Runway, runway};

use super::{credits, days_ago, today, use_since};

fn days(daily_use: &DailyUse, available: &str) -> Option<f64> {
    runway(daily_use, credits(available)).map(Runway::days)
}

#[test]
fn the_runway_is_what_is_available_by_the_mean_of_the_last_30_days() {
    assert_eq!(days(&use_since(30, &["10"]), "45"), Some(4.5));
    // Only every third day: 100 in 30 days.
    assert_eq!(days(&use_since(30, &["0", "10", "0"]), "50"), Some(15.0));
}

#[test]
fn neither_today_nor_what_lies_longer_back_counts() {
    let day = |ago, amount| (days_ago(ago), credits(amount));
    let given = [
        day(-1, "500"),
        day(0, "500"),
        day(1, "30"),
        day(30, "30"),
        day(31, "500"),
    ];
    let daily_use = DailyUse::new(given, Some(days_ago(31)), today());
    assert_eq!(days(&daily_use, "20"), Some(10.0));
}

#[test]
fn in_the_first_week_there_is_no_runway_and_then_there_is() {
    assert_eq!(days(&use_since(6, &["10"]), "45"), None);
    assert_eq!(days(&use_since(7, &["10"]), "45"), Some(4.5));
    let never = DailyUse::new([], None, today());
    assert_eq!(days(&never, "45"), None);
    let before_it_began = DailyUse::new([], Some(days_ago(-3)), today());
    assert_eq!(days(&before_it_began, "45"), None);
}

#[test]
fn where_nothing_is_used_or_more_is_refunded_there_is_no_runway() {
    assert_eq!(days(&use_since(30, &["0"]), "45"), None);
    assert_eq!(days(&use_since(30, &["10", "-10"]), "45"), None);
    assert_eq!(days(&use_since(30, &["10", "-11"]), "45"), None);
    // A refund makes the use smaller, and no more than that.
    assert_eq!(days(&use_since(30, &["10", "-5"]), "45"), Some(18.0));
}

#[test]
fn two_days_of_one_date_add_up() {
    let twice = (1..=7).flat_map(|ago| [(days_ago(ago), credits("2")); 2]);
    let daily_use = DailyUse::new(twice, Some(days_ago(7)), today());
    assert_eq!(days(&daily_use, "10"), Some(2.5));
}

#[test]
fn a_runway_is_rounded_down_to_a_tenth_and_ends_at_a_hundred_years() {
    assert_eq!(days(&use_since(30, &["3"]), "1"), Some(0.3));
    assert_eq!(days(&use_since(30, &["3"]), "2"), Some(0.6));
    assert_eq!(days(&use_since(30, &["3"]), "0"), Some(0.0));
    assert_eq!(days(&use_since(30, &["3"]), "-1"), Some(0.0));
    let little = use_since(30, &["0.000001"]);
    assert_eq!(days(&little, "9000000000"), Some(36_500.0));
}
