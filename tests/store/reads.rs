//! What people and services look at: pages follow one another without a gap or a repeat, filters
//! keep what they say, and one account never shows in another's lists.

use credits::store::{EntryFilter, Store};
use ledger::entry::EntryKind;
use ledger::ids::AccountId;
use ledger::purchase::{Evidence, SessionState};

use crate::support::databases::TestDatabase;
use crate::support::decisions::{
    account, adjust, at, buy, credits, decide, evidence, open, purchase_id, record, session,
};

const NOON: &str = "2026-03-01T12:00:00Z";

async fn give(store: &Store, id: &AccountId, amount: &str, end: Option<&str>, now: &str) {
    decide(store, adjust(id, amount, end), at(now))
        .await
        .unwrap();
}

async fn sequences(store: &Store, id: &AccountId, filter: EntryFilter) -> Vec<i64> {
    let entries = store.entries(id, &filter, None, 100).await.unwrap();
    entries.iter().map(|entry| entry.sequence).collect()
}

on_both_engines! {
    async fn an_account_nobody_has_seen_has_nothing(db: TestDatabase) {
        let id = account("nobody");
        let holdings = db.store.holdings(&id, at(NOON)).await.unwrap();
        assert!(holdings.account.is_none() && holdings.lots.is_empty());
        assert!(holdings.pending.is_zero());
        assert_eq!(db.store.purchase(&id, purchase_id(1)).await.unwrap(), None);
        assert_eq!(sequences(&db.store, &id, EntryFilter::default()).await, Vec::<i64>::new());
    }

    async fn lots_come_soonest_end_first_and_page_by_page(db: TestDatabase) {
        let id = account("user-1");
        // Two that end together are told apart by their ids.
        for day in ["07", "05", "06", "05", "08"] {
            let end = format!("2026-04-{day}T00:00:00Z");
            give(&db.store, &id, "+1", Some(&end), NOON).await;
        }
        let all = db.store.lots(&id, at(NOON), None, 100).await.unwrap();
        let ends: Vec<_> = all.iter().map(|lot| (lot.expires_at, lot.id)).collect();
        assert!(ends.is_sorted() && ends.len() == 5);
        let mut paged = Vec::new();
        let mut after = None;
        loop {
            let page = db.store.lots(&id, at(NOON), after, 2).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some((last.expires_at, last.id));
            paged.extend(page);
        }
        assert_eq!(paged, all);
    }

    async fn entries_come_newest_first_and_page_by_page(db: TestDatabase) {
        let id = account("user-1");
        for _ in 0..5 {
            give(&db.store, &id, "+1", None, NOON).await;
        }
        give(&db.store, &account("user-2"), "+1", None, NOON).await;
        let page = db.store.entries(&id, &EntryFilter::default(), Some(4), 2).await.unwrap();
        let numbers: Vec<_> = page.iter().map(|entry| entry.sequence).collect();
        assert_eq!(numbers, [3, 2]);
        assert_eq!(sequences(&db.store, &id, EntryFilter::default()).await, [5, 4, 3, 2, 1]);
    }

    async fn entries_are_filtered_by_kind_and_time(db: TestDatabase) {
        let id = account("user-1");
        give(&db.store, &id, "+1", None, "2026-03-01T00:00:00Z").await;
        buy(&db.store, &id, 1, at("2026-03-02T00:00:00Z")).await;
        give(&db.store, &id, "-1", None, "2026-03-03T00:00:00Z").await;
        let kinds = |kinds: &[EntryKind]| EntryFilter { kinds: kinds.to_vec(), ..EntryFilter::default() };
        assert_eq!(sequences(&db.store, &id, kinds(&[EntryKind::Grant])).await, [2]);
        assert_eq!(sequences(&db.store, &id, kinds(&[EntryKind::Expiry])).await, Vec::<i64>::new());
        let both = kinds(&[EntryKind::Grant, EntryKind::Adjustment]);
        assert_eq!(sequences(&db.store, &id, both).await, [3, 2, 1]);
        let time = EntryFilter {
            from: Some(at("2026-03-02T00:00:00Z")),
            to: Some(at("2026-03-03T00:00:00Z")),
            ..EntryFilter::default()
        };
        assert_eq!(sequences(&db.store, &id, time).await, [2], "from is inclusive, to is not");
        let named = EntryFilter { reference: Some("job-1".to_owned()), ..EntryFilter::default() };
        assert_eq!(sequences(&db.store, &id, named).await, Vec::<i64>::new());
    }

    async fn purchases_come_newest_first_and_only_to_their_owner(db: TestDatabase) {
        let id = account("user-1");
        for number in 1..=4 {
            decide(&db.store, open(&id, number), at(NOON)).await.unwrap();
        }
        decide(&db.store, open(&account("user-2"), 5), at(NOON)).await.unwrap();
        decide(&db.store, record(&id, 3), at(NOON)).await.unwrap();
        let page = db.store.purchases(&id, Some(purchase_id(4)), 2).await.unwrap();
        let ids: Vec<_> = page.iter().map(|it| it.terms.purchase_id).collect();
        assert_eq!(ids, [purchase_id(3), purchase_id(2)]);
        assert_eq!(db.store.purchases(&id, None, 100).await.unwrap().len(), 4);
        let found = db.store.purchase_by_session(&id, "cs_3").await.unwrap().unwrap();
        assert_eq!(found.terms.purchase_id, purchase_id(3));
        let other = account("user-2");
        assert_eq!(db.store.purchase_by_session(&other, "cs_3").await.unwrap(), None);
        assert_eq!(db.store.purchase(&other, purchase_id(3)).await.unwrap(), None);
    }

    async fn money_under_way_is_pending(db: TestDatabase) {
        let id = account("user-1");
        for command in [open(&id, 1), record(&id, 1), open(&id, 2)] {
            decide(&db.store, command, at(NOON)).await.unwrap();
        }
        let unpaid = vec![Evidence::Session(session(&id, 1, SessionState::CompleteUnpaid))];
        decide(&db.store, evidence(&id, 1, unpaid), at(NOON)).await.unwrap();
        let pending = db.store.holdings(&id, at(NOON)).await.unwrap().pending;
        assert_eq!(pending, credits("1050"));
    }

    async fn undecided_purchases_are_due_when_their_time_has_come(db: TestDatabase) {
        let (one, two) = (account("user-1"), account("user-2"));
        decide(&db.store, open(&one, 1), at("2026-03-01T12:00:01Z")).await.unwrap();
        decide(&db.store, open(&two, 2), at(NOON)).await.unwrap();
        buy(&db.store, &two, 3, at(NOON)).await;
        assert_eq!(db.store.open_purchases().await.unwrap(), 2, "a paid one is decided");
        let due = |now: &'static str| {
            let store = db.store.clone();
            async move {
                let due = store.purchases_due(at(now), 10).await.unwrap();
                due.iter().map(|it| it.terms.purchase_id).collect::<Vec<_>>()
            }
        };
        assert_eq!(due("2026-03-01T12:00:59.999999Z").await, []);
        assert_eq!(due("2026-03-01T12:01:00Z").await, [purchase_id(2)]);
        assert_eq!(due("2026-03-01T13:00:00Z").await, [purchase_id(2), purchase_id(1)]);
    }

    async fn accounts_are_walked_once_each(db: TestDatabase) {
        let names: Vec<_> = (0..7).map(|number| account(&format!("user-{number}"))).collect();
        for id in &names {
            give(&db.store, id, "+1", None, NOON).await;
        }
        let mut walked = Vec::new();
        loop {
            let page = db.store.accounts_after(walked.last(), 3).await.unwrap();
            if page.is_empty() {
                break;
            }
            walked.extend(page.into_iter().map(|row| row.id));
        }
        assert_eq!(walked.len(), 7);
        walked.sort();
        assert_eq!(walked, names);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_read_on_a_lost_connection_is_asked_on_another() {
    let db = TestDatabase::postgres().await;
    let id = account("user-1");
    give(&db.store, &id, "+7", None, NOON).await;
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    for _ in 0..3 {
        // All of the connections that reads share are in use.
        for _ in 0..4 {
            assert_eq!(sequences(&db.store, &id, EntryFilter::default()).await, [1]);
        }
        db.sql_in("", cut).await;
        let holdings = db.store.holdings(&id, at(NOON)).await.unwrap();
        assert!(holdings.account.is_some());
    }
}
