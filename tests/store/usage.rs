//! The sums of use: what a summary says is what the entries say, by a count of days that is made
//! here and not by the code that made the sums; and what holds past their end no longer hold.

use std::collections::BTreeMap;

use credits::store::{EntryFilter, Store};
use ledger::calendar::{Calendar, Date};
use ledger::credits::Credits;
use ledger::entry::EntryKind;
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::summary::{Group, Grouping, summary};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::support::commands::{configure, debit, hold, refund};
use crate::support::decisions::{account, adjust, at, command, credits, decide};

#[derive(Clone, Debug)]
enum Step {
    Debit(u32, bool),
    Refund(usize),
    Zone(&'static str, i16),
    Wait(i64),
}

/// Days and nights around changes of clocks, in zones of half and three quarter hours.
fn story() -> impl Strategy<Value = Vec<Step>> {
    let zones = prop_oneof![
        Just("Asia/Kolkata"),
        Just("Asia/Kathmandu"),
        Just("Australia/Lord_Howe"),
        Just("America/New_York"),
        Just("UTC"),
        Just("Pacific/Kiritimati"),
    ];
    let step = prop_oneof![
        6 => (1..5_000_000_u32, any::<bool>()).prop_map(|(micro, other)| Step::Debit(micro, other)),
        2 => any::<usize>().prop_map(Step::Refund),
        1 => (zones, 1..31_i16).prop_map(|(zone, day)| Step::Zone(zone, day)),
        6 => (1..200_000_i64).prop_map(Step::Wait),
    ];
    prop::collection::vec(step, 40..60)
}

type Sums = BTreeMap<Group, (i64, i64, i64)>;

/// What the sums of days say.
async fn summed(store: &Store, id: &AccountId, by: Grouping) -> Sums {
    let days = store.used(id, Instant::MIN, Instant::MAX).await.unwrap();
    let rows = summary(days.iter().map(|(key, used)| (key, used)), by).unwrap();
    let rows = rows.into_iter();
    rows.map(|(group, it)| (group, (it.consumed.micro(), it.refunded.micro(), it.count)))
        .collect()
}

/// What the entries say, each on the date that its account's calendar showed when it was made.
async fn counted(store: &Store, id: &AccountId, dates: &BTreeMap<i64, Date>, by: Grouping) -> Sums {
    let entries = store
        .entries(id, &EntryFilter::default(), None, 10_000)
        .await
        .unwrap();
    let mut sums = Sums::new();
    for entry in entries {
        let body = &entry.body;
        let cost = body.cost().unwrap().micro();
        let change = match body.kind {
            EntryKind::Debit => (cost, 0, 1),
            EntryKind::Refund => (0, -cost, 0),
            _ => continue,
        };
        let usage = body.usage.clone().unwrap();
        let date = dates[&entry.sequence];
        let (year_month, _) = date
            .to_string()
            .rsplit_once('-')
            .map(|(it, day)| (it.to_owned(), day.to_owned()))
            .unwrap();
        let group = match by {
            Grouping::Operation => Group {
                operation: Some(usage.operation),
                ..Group::default()
            },
            Grouping::Variant => Group {
                operation: Some(usage.operation),
                variant: usage.variant,
                ..Group::default()
            },
            Grouping::Day => Group {
                date: Some(date),
                ..Group::default()
            },
            // 1970-01-05 was a Monday.
            Grouping::Week => Group {
                date: Date::from_days((date.days() - 4).div_euclid(7) * 7 + 4),
                ..Group::default()
            },
            Grouping::Month => Group {
                date: Some(format!("{year_month}-01").parse().unwrap()),
                ..Group::default()
            },
        };
        let sum = sums.entry(group).or_default();
        *sum = (sum.0 + change.0, sum.1 + change.1, sum.2 + change.2);
    }
    sums
}

async fn play(store: &Store, id: &AccountId, story: Vec<Step>) -> BTreeMap<i64, Date> {
    // Clocks change in New York on the 8th, on Lord Howe on 5 April.
    let mut now = at("2026-03-06T20:00:00Z");
    let mut calendar = Calendar::default();
    let mut debits = Vec::new();
    let mut dates = BTreeMap::new();
    let mut sequence = 1;
    decide(store, adjust(id, "+100000", None), now)
        .await
        .unwrap();
    for (number, step) in story.into_iter().enumerate() {
        let command = match step {
            Step::Wait(seconds) => {
                now = now.plus_seconds(seconds).unwrap();
                continue;
            }
            Step::Zone(zone, anchor_day) => {
                // An entry of the same instant would be of the day before, and look as of the day after.
                now = now.plus_seconds(1).unwrap();
                let command = configure(id, zone, anchor_day, Vec::new());
                if let ledger::command::Action::Configure(it) = &command.action {
                    calendar = calendar
                        .changed(it.zone.clone(), it.anchor_day, now)
                        .unwrap();
                }
                decide(store, command, now).await.unwrap();
                // Two changes at one instant would leave no day between them.
                now = now.plus_seconds(1).unwrap();
                continue;
            }
            Step::Debit(micro, other) => {
                let amount = Credits::from_micro(i64::from(micro)).to_string();
                let work = if other {
                    "model_inference/large"
                } else {
                    "backtesting"
                };
                debits.push(sequence + 1);
                debit(id, &amount, work, &format!("job-{number}"))
            }
            Step::Refund(which) if !debits.is_empty() => {
                refund(id, debits.remove(which % debits.len()), None)
            }
            Step::Refund(_) => continue,
        };
        decide(store, command, now).await.unwrap();
        sequence += 1;
        dates.insert(sequence, calendar.day(now).unwrap().date);
    }
    dates
}

on_both_engines! {
    async fn a_summary_is_the_sum_of_the_entries(db: TestDatabase) {
        for seed in 0..4 {
            let config = Config { rng_seed: RngSeed::Fixed(seed), ..Config::default() };
            let story = story().new_tree(&mut TestRunner::new(config)).unwrap().current();
            let id = account(&format!("user-{seed}"));
            let dates = play(&db.store, &id, story.clone()).await;
            for by in [Grouping::Operation, Grouping::Variant, Grouping::Day, Grouping::Week, Grouping::Month] {
                let counted = counted(&db.store, &id, &dates, by).await;
                assert_eq!(summed(&db.store, &id, by).await, counted, "{by:?} of {story:?}");
                assert!(!counted.is_empty());
            }
        }
        let report = credits::verify::verify(&db.store).await.unwrap();
        assert!(report.is_healthy(), "{:#?}", report.violations);
    }

    async fn a_hold_past_its_end_holds_nothing_before_that_is_booked(db: TestDatabase) {
        let id = account("user-1");
        let noon = at("2026-03-01T12:00:00Z");
        decide(&db.store, adjust(&id, "+100", None), noon).await.unwrap();
        decide(&db.store, adjust(&id, "+10", Some("2026-03-01T12:30:00Z")), noon).await.unwrap();
        decide(&db.store, hold(&id, "30", "backtesting", "run-1"), noon).await.unwrap();
        let later = noon.plus_seconds(600).unwrap();
        decide(&db.store, hold(&id, "20", "backtesting", "run-2"), later).await.unwrap();
        let look = async |seconds: i64| {
            let now = noon.plus_seconds(seconds).unwrap();
            let it = db.store.holdings(&id, now).await.unwrap();
            (ledger::outlook::available(&it.lots, now).unwrap(), it.held)
        };
        let shown = |available: &str, held: &str| (credits(available), credits(held));
        assert_eq!(look(3_599).await, shown("60", "50"), "ten of the held ones have ended");
        assert_eq!(look(3_600).await, shown("80", "20"), "and are not given back");
        assert_eq!(look(4_200).await, shown("100", "0"));
        let due = async |seconds: i64| db.store.holds_due(noon.plus_seconds(seconds).unwrap(), 10).await.unwrap();
        assert_eq!(due(3_599).await, []);
        assert_eq!(
            due(4_200).await,
            std::slice::from_ref(&id),
            "an account is named once"
        );
        let book = command(&id, ledger::command::Action::BookDue);
        decide(&db.store, book, noon.plus_seconds(4_200).unwrap()).await.unwrap();
        assert_eq!(due(4_200).await, []);
        assert_eq!(look(4_200).await, shown("100", "0"), "booking it changes nothing that is seen");
    }

    async fn a_cycle_that_changed_its_calendar_is_read_from_its_beginning(db: TestDatabase) {
        let id = account("user-1");
        decide(&db.store, adjust(&id, "+100", None), at("2026-03-01T12:00:00Z")).await.unwrap();
        decide(&db.store, debit(&id, "5", "backtesting", "run-1"), at("2026-03-02T12:00:00Z")).await.unwrap();
        decide(&db.store, configure(&id, "UTC", 30, Vec::new()), at("2026-03-30T12:00:00Z")).await.unwrap();
        // The cycle of 1 March now runs until 30 April.
        let now = at("2026-04-29T12:00:00Z");
        let holdings = db.store.holdings(&id, now).await.unwrap();
        let cycle = holdings.calendar().cycle(now).unwrap();
        assert_eq!(cycle.start, at("2026-03-01T00:00:00Z"));
        assert_eq!(holdings.used.keys().next().unwrap().day_start, at("2026-03-02T00:00:00Z"));
        // Where nothing is remembered, no more is read than is needed.
        let elsewhere = db.reopen().await.unwrap();
        let later = elsewhere.holdings(&id, at("2026-06-20T12:00:00Z")).await.unwrap();
        assert_eq!(later.used, BTreeMap::new());
        assert_eq!(later.first_use.unwrap().to_string(), "2026-03-02");
    }
}
