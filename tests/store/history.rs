//! Finding one's way in a long history: a time is found by halving the sequence, and a filter keeps
//! exactly what it says wherever in the history it lies.

use credits::store::{Direction, EntryFilter, Span};
use ledger::command::Action;
use ledger::ids::AccountId;
use ledger::instant::Instant;

use crate::support::commands::{debit, entry_of, new_debit, refund};
use crate::support::databases::TestDatabase;
use crate::support::decisions::{account, adjust, at, command, decide};

const NOON: &str = "2026-03-01T12:00:00Z";

fn minute(minutes: i64) -> Instant {
    at(NOON).plus_seconds(minutes * 60).unwrap()
}

/// A gift, and then so many debits, ten a minute.
async fn furnish(db: &TestDatabase, id: &AccountId, debits: i64) {
    decide(&db.store, adjust(id, "+1000", None), at(NOON))
        .await
        .unwrap();
    for start in (0..debits).step_by(10) {
        let batch = (start..debits.min(start + 10)).map(|it| {
            (
                id.clone(),
                new_debit("0.01", "market_analysis", &format!("job-{it}")),
            )
        });
        let many = Action::DebitMany(batch.collect());
        decide(&db.store, command(id, many), minute(start / 10))
            .await
            .unwrap();
    }
}

async fn sequences(db: &TestDatabase, id: &AccountId, filter: &EntryFilter) -> Vec<i64> {
    let entries = db.store.entries(id, filter, None, 10_000).await.unwrap();
    entries.iter().map(|entry| entry.sequence).collect()
}

on_both_engines! {
    async fn a_time_is_found_wherever_it_lies(db: TestDatabase) {
        let id = account("user-1");
        furnish(&db, &id, 2_000).await;
        let all = db.store.entries(&id, &EntryFilter::default(), None, 10_000).await.unwrap();
        assert_eq!(all.len(), 2_001);
        for (from, to) in [(0, 1), (3, 7), (100, 101), (199, 300), (-5, 0), (50, 50), (70, 60), (0, 200)] {
            let filter = EntryFilter { from: Some(minute(from)), to: Some(minute(to)), ..EntryFilter::default() };
            let kept = all.iter().filter(|it| minute(from) <= it.created_at && it.created_at < minute(to));
            let kept: Vec<i64> = kept.map(|it| it.sequence).collect();
            assert_eq!(sequences(&db, &id, &filter).await, kept, "{from} to {to}");
        }
    }

    async fn only_a_stretch_around_a_time_is_looked_through(db: TestDatabase) {
        let id = account("user-1");
        furnish(&db, &id, 2_000).await;
        let filter = EntryFilter { from: Some(minute(90)), to: Some(minute(91)), ..EntryFilter::default() };
        let span = db.store.span(&id, &filter).await.unwrap();
        // An hour either side, for clocks that differ, and the last stretch, which is not halved.
        assert!(span.after >= 0 && span.after <= 300, "{span:?}");
        assert!(span.up_to >= 1_510 && span.up_to <= 1_770, "{span:?}");
    }

    async fn a_clock_that_stepped_back_hides_nothing(db: TestDatabase) {
        let id = account("user-1");
        decide(&db.store, adjust(&id, "+1000", None), at(NOON)).await.unwrap();
        let mut made = Vec::new();
        for number in 0..600_i64 {
            // Every third by a clock that is half an hour behind.
            let now = minute(number - (number % 3 / 2) * 30);
            let name = format!("job-{number}");
            let entry = decide(&db.store, debit(&id, "0.01", "market_analysis", &name), now).await.unwrap();
            made.push(entry_of(entry));
        }
        let filter = EntryFilter { from: Some(minute(300)), to: Some(minute(310)), ..EntryFilter::default() };
        let kept = made.iter().rev().filter(|it| minute(300) <= it.created_at && it.created_at < minute(310));
        let kept: Vec<i64> = kept.map(|it| it.sequence).collect();
        assert_eq!(sequences(&db, &id, &filter).await, kept);
        assert_eq!(kept.len(), 10);
    }

    async fn a_reference_is_found_with_all_that_is_about_it(db: TestDatabase) {
        let id = account("user-1");
        furnish(&db, &id, 300).await;
        furnish(&db, &account("user-2"), 20).await;
        decide(&db.store, refund(&id, 8, None), minute(60)).await.unwrap();
        let filter = EntryFilter { reference: Some("job-6".to_owned()), ..EntryFilter::default() };
        assert_eq!(sequences(&db, &id, &filter).await, [302, 8]);
        let page = db.store.entries(&id, &filter, Some(302), 10).await.unwrap();
        assert_eq!(page.iter().map(|it| it.sequence).collect::<Vec<_>>(), [8]);
        let filter = EntryFilter { operation: Some("market_analysis".to_owned()), ..filter };
        let span = Span { after: 0, up_to: 302 };
        let oldest = db.store.entries_in(&id, &filter, span, Direction::OldestFirst, 1).await.unwrap();
        assert_eq!(oldest[0].sequence, 8);
        let filter = EntryFilter { operation: Some("backtesting".to_owned()), ..filter };
        assert_eq!(sequences(&db, &id, &filter).await, Vec::<i64>::new());
    }
}
