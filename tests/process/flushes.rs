//! What makes the writer fast, without a clock: clients that wait at the same time share a commit,
//! and a commit is one flush of the log. It hardly depends on the machine.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::future::join_all;
use ledger::command::{Action, Command, NewDebit};
use ledger::credits::Credits;
use ledger::rating::Quantities;
use ledger::usage::Usage;

use crate::support::app::TestApp;
use crate::support::databases::TestDatabase;
use crate::support::decisions::account;

const CLIENTS: usize = 64;
const DEBITS_EACH: usize = 32;
/// Of the clients that wait, so many share a commit at least.
const SHARE: f64 = 0.3;
/// A count that is the same so often in a row is not about to change.
const LOOKS: usize = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_that_wait_together_share_a_commit() {
    let mut app = TestApp::start(TestDatabase::postgres().await).await;
    for client in 0..CLIENTS {
        app.give(&format!("user-{client}"), "+100").await;
    }
    let before = commits(&mut app).await;
    join_all((0..CLIENTS).map(|client| spend(&app, client))).await;
    let commits = commits(&mut app).await - before;
    let debits = CLIENTS * DEBITS_EACH;
    let each = debits as f64 / commits as f64;
    assert!(
        each >= SHARE * CLIENTS as f64,
        "{debits} debits of {CLIENTS} clients took {commits} commits: {each:.1} each"
    );
    app.finish().await;
}

/// One debit after the other, each once the one before is committed.
async fn spend(app: &TestApp, client: usize) {
    let writer = app.running().app.writer.clone();
    for number in 0..DEBITS_EACH {
        let debit = NewDebit {
            credits: Credits::from_micro(1_000_000),
            usage: Usage {
                operation: "market_analysis".to_owned(),
                variant: None,
                quantities: Quantities::default(),
                rate_version: None,
            },
            reference: format!("report-{number}"),
            description: None,
            metadata: None,
        };
        let command = Command {
            account_id: account(&format!("user-{client}")),
            key: None,
            action: Action::Debit(debit),
        };
        let written = writer.submit(command, None).await.unwrap();
        written.decision.unwrap();
    }
}

/// How many transactions the database has committed. Its connections say so when they end.
async fn commits(app: &mut TestApp) -> i64 {
    app.restart(&[]).await;
    let query = "SELECT xact_commit::text AS line FROM pg_stat_database \
                 WHERE datname = current_database()";
    let mut seen = Vec::new();
    loop {
        seen.push(app.db.lines_in("", query).await.remove(0));
        let stands_still = seen.iter().rev().take(LOOKS).collect::<BTreeSet<_>>().len() == 1;
        if seen.len() >= LOOKS && stands_still {
            return seen[seen.len() - 1].parse().unwrap();
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
