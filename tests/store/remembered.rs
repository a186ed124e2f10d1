//! What a process remembers of an account is never seen when it has changed, whoever changed it, and
//! never outlives what ends by itself.

use credits::store::{Holdings, Store};
use ledger::command::{Action, Command, Finality};
use ledger::ids::AccountId;
use ledger::instant::Instant;
use ledger::outlook;
use ledger::purchase::{Evidence, SessionState};

use crate::support::commands::{capture, configure, debit, hold, hold_of, refund};
use crate::support::databases::TestDatabase;
use crate::support::decisions::{
    account, adjust, at, command, decide, evidence, open, record, session,
};

const NOON: &str = "2026-03-01T12:00:00Z";

/// What a balance shows of holdings.
fn shown(holdings: &Holdings, now: Instant) -> String {
    let lots = holdings.lots.iter().filter(|lot| !lot.has_ended(now));
    let mut lots: Vec<_> = lots.collect();
    lots.sort_by_key(|lot| lot.id);
    let available = outlook::available(&holdings.lots, now).unwrap();
    let account = holdings.account.as_ref();
    let settings = account.map(|it| (&it.calendar, &it.limits, it.overdraft_limit));
    let sums = (&holdings.used, holdings.first_use);
    let owned = (available, holdings.held, holdings.debt(), holdings.pending);
    format!("{owned:?} {lots:?} {settings:?} {sums:?}")
}

/// One process looks at an account while another changes it.
struct Two<'a> {
    looking: &'a Store,
    changing: Store,
    id: AccountId,
}

impl Two<'_> {
    async fn look(&self, now: Instant) -> String {
        shown(&self.looking.holdings(&self.id, now).await.unwrap(), now)
    }

    /// What whoever remembers nothing sees.
    async fn truth(&self, db: &TestDatabase, now: Instant) -> String {
        let store = db.reopen().await.unwrap();
        shown(&store.holdings(&self.id, now).await.unwrap(), now)
    }

    async fn carry_out(&self, db: &TestDatabase, command: Command) {
        let before = self.look(at(NOON)).await;
        decide(&self.changing, command.clone(), at(NOON))
            .await
            .unwrap();
        let after = self.look(at(NOON)).await;
        assert_ne!(before, after, "{command:?} shows");
        assert_eq!(after, self.truth(db, at(NOON)).await, "{command:?}");
    }
}

on_both_engines! {
    async fn what_another_process_changed_is_seen_at_once(db: TestDatabase) {
        let id = account("user-1");
        let two = Two { looking: &db.store, changing: db.reopen().await.unwrap(), id: id.clone() };
        two.carry_out(&db, adjust(&id, "+100", None)).await;
        two.carry_out(&db, debit(&id, "5", "backtesting", "run-1")).await;
        two.carry_out(&db, refund(&id, 2, None)).await;
        two.carry_out(&db, hold(&id, "30", "backtesting", "run-2")).await;
        let placed = decide(&two.changing, hold(&id, "20", "backtesting", "run-3"), at(NOON)).await;
        let placed = hold_of(placed.unwrap());
        two.carry_out(&db, capture(&id, placed.id, "10", Finality::Partial)).await;
        two.carry_out(&db, command(&id, Action::ReleaseHold(placed.id))).await;
        two.carry_out(&db, configure(&id, "Asia/Kolkata", 15, Vec::new())).await;
        decide(&two.changing, open(&id, 1), at(NOON)).await.unwrap();
        decide(&two.changing, record(&id, 1), at(NOON)).await.unwrap();
        let says = |state| vec![Evidence::Session(session(&id, 1, state))];
        two.carry_out(&db, evidence(&id, 1, says(SessionState::CompleteUnpaid))).await;
        two.carry_out(&db, evidence(&id, 1, says(SessionState::CompletePaid))).await;
    }

    async fn what_ends_by_itself_is_not_remembered_beyond_its_end(db: TestDatabase) {
        let id = account("user-1");
        let two = Two { looking: &db.store, changing: db.reopen().await.unwrap(), id: id.clone() };
        decide(&db.store, adjust(&id, "+100", None), at(NOON)).await.unwrap();
        decide(&db.store, adjust(&id, "+10", Some("2026-03-01T12:30:00Z")), at(NOON)).await.unwrap();
        decide(&db.store, hold(&id, "30", "backtesting", "run-1"), at(NOON)).await.unwrap();
        let mut seen = Vec::new();
        // The lot ends at half past twelve, the hold at one. Then a clock is set back.
        for time in ["12:29:59", "12:30:00", "12:59:59", "13:00:00", "12:29:59"] {
            let now = at(&format!("2026-03-01T{time}Z"));
            let look = two.look(now).await;
            assert_eq!(look, two.look(now).await, "looking changes nothing");
            assert_eq!(look, two.truth(&db, now).await, "{time}");
            seen.push(look);
        }
        assert_ne!(seen[0], seen[1]);
        assert_eq!(seen[1], seen[2]);
        assert_ne!(seen[2], seen[3]);
        assert_eq!(seen[0], seen[4]);
    }
}
