//! Summaries of use: every grouping adds up to the same total, and says nothing of days on which
//! nothing was used.

use std::collections::BTreeMap;

use ledger::calendar::Date;
use ledger::credits::Credits;
use ledger::instant::Instant;
use ledger::summary::{Group, Grouping, Sums, summary, total};
use ledger::usage::{UsageKey, Used};
use proptest::prelude::*;

const ALL: [Grouping; 5] = [
    Grouping::Operation,
    Grouping::Variant,
    Grouping::Day,
    Grouping::Week,
    Grouping::Month,
];

fn row(day: i32, operation: &str, variant: &str, figures: (i64, i64, i64)) -> (UsageKey, Used) {
    let date = Date::from_days(day).unwrap();
    let (consumed, refunded, count) = figures;
    let key = UsageKey {
        day_start: Instant::from_micros(i64::from(day) * 86_400_000_000),
        operation: operation.to_owned(),
        variant: variant.to_owned(),
    };
    let used = Used {
        consumed: Credits::from_micro(consumed),
        refunded: Credits::from_micro(refunded),
        held: Credits::from_micro(7),
        count,
        ..Used::nothing(date)
    };
    (key, used)
}

fn by(rows: &BTreeMap<UsageKey, Used>, grouping: Grouping) -> BTreeMap<Group, Sums> {
    summary(rows, grouping).unwrap()
}

#[test]
fn a_week_begins_on_monday_and_a_month_on_its_first() {
    // Sunday 1 March 2026, and the day after.
    let rows = BTreeMap::from([
        row(20_513, "a", "", (5, 1, 1)),
        row(20_514, "a", "", (2, 0, 1)),
    ]);
    let dates = |grouping| {
        let groups = by(&rows, grouping).into_keys();
        let dates = groups.map(|group| group.date.unwrap().to_string());
        dates.collect::<Vec<_>>()
    };
    assert_eq!(dates(Grouping::Day), ["2026-03-01", "2026-03-02"]);
    assert_eq!(dates(Grouping::Week), ["2026-02-23", "2026-03-02"]);
    assert_eq!(dates(Grouping::Month), ["2026-03-01"]);
}

#[test]
fn a_variant_is_told_apart_only_where_it_is_asked_for() {
    let rows = BTreeMap::from([
        row(1, "a", "large", (5, 0, 1)),
        row(1, "a", "small", (2, 3, 2)),
        row(1, "b", "", (1, 0, 1)),
    ]);
    assert_eq!(by(&rows, Grouping::Operation).len(), 2);
    let variants = by(&rows, Grouping::Variant).into_iter();
    let variants = variants.map(|(group, sums)| (group.variant, sums.net().unwrap().micro()));
    let named = |text: &str| Some(text.to_owned());
    let expected = [(named("large"), 5), (named("small"), -1), (None, 1)];
    assert_eq!(variants.collect::<Vec<_>>(), expected);
}

#[test]
fn a_hold_made_and_let_go_is_no_use() {
    let rows = BTreeMap::from([row(1, "a", "", (0, 0, 0))]);
    for grouping in ALL {
        assert_eq!(by(&rows, grouping), BTreeMap::new(), "{grouping:?}");
    }
}

proptest! {
    #[test]
    fn every_grouping_adds_up_to_the_total(
        rows in prop::collection::vec(
            (0..400_i32, "[abc]", "[xy]?", (0..1_000_i64, 0..1_000_i64, 0..9_i64)), 0..40,
        ),
    ) {
        let rows = rows.iter().map(|(day, operation, variant, figures)| row(*day, operation, variant, *figures));
        let rows: BTreeMap<UsageKey, Used> = rows.collect();
        let all = total(rows.values()).unwrap();
        for grouping in ALL {
            let groups = by(&rows, grouping);
            let sum = |figure: fn(&Sums) -> i64| groups.values().map(figure).sum::<i64>();
            prop_assert_eq!(sum(|it| it.consumed.micro()), all.consumed.micro());
            prop_assert_eq!(sum(|it| it.refunded.micro()), all.refunded.micro());
            prop_assert_eq!(sum(|it| it.count), all.count);
        }
    }
}
