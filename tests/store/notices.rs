//! What people were told is kept as it was told, page by page, with the mark of what they have read; and
//! the auditor misses what was not.

use std::sync::Mutex;

use credits::verify::verify;
use ledger::command::{Action, Preferences};
use ledger::credits::Credits;
use ledger::ids::{EndpointId, LotId, PurchaseId};
use ledger::instant::Instant;
use ledger::limit::LimitWindow;
use ledger::notice::{Audience, Choices, Kind, News};
use ledger::recharge::{CapNotice, Suspension};
use uuid::Uuid;

use super::verify::only_violation;
use crate::support::databases::TestDatabase;
use crate::support::decisions::{account, adjust, at, command, credits, decide};

const NOON: &str = "2026-03-01T12:00:00Z";

/// One of each kind, with all that it can say.
fn everything() -> Vec<News> {
    let purchase_id = PurchaseId::from_uuid(Uuid::from_u128(7));
    let lot_id = LotId::from_uuid(Uuid::from_u128(9));
    let credits = credits("12.000001");
    let (threshold, available) = (Credits::from_micro(i64::MAX / 1_024), credits);
    let mut news = vec![
        News::PurchasePaid {
            purchase_id,
            credits,
        },
        News::CreditsGiven { credits },
        News::CreditsTaken { credits },
        News::CreditsExpiring {
            days: 30,
            credits,
            ends_at: at(NOON),
        },
        News::CreditsExpired { lot_id, credits },
        News::BalanceLow {
            threshold,
            available,
        },
        News::BalanceRecovered {
            threshold,
            available,
        },
        News::LimitReached {
            operation: None,
            window: LimitWindow::Week,
            credits,
            resets_at: at(NOON),
        },
        News::LimitReached {
            operation: Some("backtesting".to_owned()),
            window: LimitWindow::Cycle,
            credits,
            resets_at: at(NOON),
        },
        News::DebtIncurred {
            credits,
            debt: threshold,
        },
        News::PaymentReversed {
            purchase_id,
            credits,
        },
        News::ReversalUndone {
            purchase_id,
            credits,
        },
        News::PaymentDisputed {
            purchase_id,
            credits,
        },
        News::DisputeEnded {
            purchase_id,
            credits,
        },
        News::RechargeFailed {
            purchase_id,
            code: "do_not_honor \" \u{1f4b3}".to_owned(),
        },
        News::RechargeNeedsAuthentication { purchase_id },
        News::EndpointDisabled {
            endpoint_id: EndpointId::from_uuid(Uuid::from_u128(8)),
            url: "https://one.example/\u{1f4b3}?a=\"b\"".to_owned(),
        },
    ];
    let reasons = [
        Suspension::TooManyFailures,
        Suspension::CardRefused,
        Suspension::CardRemoved,
        Suspension::PaymentReversed,
    ];
    news.extend(reasons.map(|why| News::RechargeSuspended { why }));
    let notices = [CapNotice::Eighty, CapNotice::Ninety, CapNotice::Reached];
    news.extend(notices.map(|reached| News::RechargeCap { reached }));
    news
}

async fn numbers(db: &TestDatabase, before: Option<i64>) -> Vec<i64> {
    let page = db
        .store
        .notices(&account("user-1"), before, 2)
        .await
        .unwrap();
    page.iter().map(|fed| fed.notice.number).collect()
}

async fn give(db: &TestDatabase, times: usize) {
    for _ in 0..times {
        let given = adjust(&account("user-1"), "+200", None);
        decide(&db.store, given, at(NOON)).await.unwrap();
    }
}

on_both_engines! {
    async fn whatever_is_told_is_kept_word_for_word(db: TestDatabase) {
        let id = account("user-1");
        give(&db, 1).await;
        let told = everything();
        tell(&db, &told).await;
        let kept = db.store.notices(&id, None, 100).await.unwrap();
        let kept: Vec<News> = kept.into_iter().rev().map(|fed| fed.notice.news).skip(1).collect();
        assert_eq!(kept, told);
    }

    async fn notices_come_newest_first_and_are_read_up_to_a_number(db: TestDatabase) {
        let id = account("user-1");
        give(&db, 5).await;
        assert_eq!(numbers(&db, None).await, [5, 4]);
        assert_eq!(numbers(&db, Some(4)).await, [3, 2]);
        assert_eq!(numbers(&db, Some(2)).await, [1]);
        assert_eq!(db.store.count_unread_notices(&id).await.unwrap(), 5);
        let read = async |until, now| db.store.read_notices(&id, until, at(now)).await.unwrap();
        assert_eq!(read(3, NOON).await, 3);
        assert_eq!(read(3, "2026-03-02T12:00:00Z").await, 0, "the first reading is the one that counts");
        let feed = db.store.notices(&id, None, 100).await.unwrap();
        let read_at: Vec<Option<Instant>> = feed.iter().map(|fed| fed.read_at).collect();
        assert_eq!(read_at, [None, None, Some(at(NOON)), Some(at(NOON)), Some(at(NOON))]);
        assert_eq!(db.store.count_unread_notices(&account("user-2")).await.unwrap(), 0);
    }

    async fn reminders_and_thresholds_are_remembered(db: TestDatabase) {
        let id = account("user-1");
        decide(&db.store, adjust(&id, "+10", Some("2026-04-01T12:00:00Z")), at(NOON)).await.unwrap();
        let remind = || command(&id, Action::Remind(vec![30, 7]));
        for (now, told) in [("2026-03-02T11:59:59Z", 1), ("2026-03-02T12:00:00Z", 2), ("2026-03-20T12:00:00Z", 2),
            ("2026-03-25T12:00:00Z", 3), ("2026-03-26T12:00:00Z", 3)] {
            decide(&db.store, remind(), at(now)).await.unwrap();
            let feed = db.store.notices(&id, None, 100).await.unwrap();
            assert_eq!(feed.len(), told, "{now}");
        }
        let nowhere = Audience { feed: false, mail: false };
        let mut choices = Choices::default();
        choices.choose(Kind::CreditsTaken, nowhere);
        let set = command(&id, Action::SetPreferences(Preferences {
            low_balance: vec![credits("5"), credits("2.5")],
            choices,
        }));
        decide(&db.store, set, at(NOON)).await.unwrap();
        decide(&db.store, adjust(&id, "-6", None), at(NOON)).await.unwrap();
        let kept = &db.store.holdings(&id, at(NOON)).await.unwrap();
        let kept = kept.account.as_ref().unwrap();
        assert_eq!(kept.low_balance.thresholds(), [credits("2.5"), credits("5")]);
        assert_eq!(kept.low_balance.fallen_below(), Some(credits("5")));
        assert_eq!(kept.choices, choices);
        let taken = db.store.notice(&id, 4).await.unwrap().unwrap();
        assert_eq!((taken.news.kind(), taken.audience), (Kind::CreditsTaken, nowhere));
        let feed = db.store.notices(&id, None, 100).await.unwrap();
        let numbers: Vec<i64> = feed.iter().map(|it| it.notice.number).collect();
        assert_eq!(numbers, [5, 3, 2, 1], "what is nowhere to be told stands in no feed");
    }

    async fn an_entry_that_nobody_was_told_of_is_i11(db: TestDatabase) {
        give(&db, 3).await;
        db.sql("UPDATE notices SET sequence = NULL WHERE number = 2").await;
        let found = only_violation(&db).await;
        assert!(found.starts_with("I11: account user-1, entry 2:"), "{found}");
    }

    async fn a_notice_of_an_entry_that_calls_for_none_is_i11(db: TestDatabase) {
        give(&db, 3).await;
        tell(&db, &[News::CreditsGiven { credits: credits("1") }]).await;
        db.sql("UPDATE notices SET sequence = 4 WHERE number = 4").await;
        let found = only_violation(&db).await;
        assert!(found.starts_with("I11: account user-1, notice 4:"), "{found}");
    }

    async fn a_notice_that_is_gone_is_i11(db: TestDatabase) {
        give(&db, 3).await;
        tell(&db, &[News::CreditsGiven { credits: credits("1") }]).await;
        db.sql("DELETE FROM notices WHERE number = 4").await;
        let found = only_violation(&db).await;
        assert!(found.starts_with("I11: account user-1, account:"), "{found}");
    }

    async fn notices_without_an_account_are_orphans(db: TestDatabase) {
        give(&db, 1).await;
        db.sql("UPDATE notices SET account_id = 'ghost'").await;
        let found = verify(&db.store).await.unwrap().violations;
        assert!(found.iter().any(|it| it.invariant == "orphan" && it.account_id == "ghost"), "{found:?}");
    }
}

/// Tells the account as a decision would, past the rules of when.
async fn tell(db: &TestDatabase, news: &[News]) {
    let id = account("user-1");
    let wanted = credits::store::Wanted {
        accounts: [id.clone()].into(),
        ..Default::default()
    };
    let basis = credits::store::Basis::Stored;
    let now = at(NOON);
    let left = Mutex::new(news.to_vec());
    let decide = move |mut loaded: credits::store::Loaded| {
        let state = loaded.state.accounts.get_mut(&id).unwrap();
        for news in left.lock().unwrap().drain(..) {
            state.tell(news, None, now);
        }
        let decided = credits::store::Decided {
            state: loaded.state,
            keys: Vec::new(),
        };
        Ok((decided, ()))
    };
    db.store.write(&wanted, basis, now, &decide).await.unwrap();
}
