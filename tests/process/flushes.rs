//! What makes the writer fast, without a clock: clients that wait at the same time share a commit,
//! and a commit is one flush of the log. All of it runs on one thread, so that no other work of the machine
//! comes between the clients.

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
const SHARE_PERCENT: usize = 30;

#[tokio::test]
async fn clients_that_wait_together_share_a_commit() {
    let app = TestApp::start(TestDatabase::postgres().await).await;
    for client in 0..CLIENTS {
        app.give(&format!("user-{client}"), "+100").await;
    }
    join_all((0..CLIENTS).map(|client| spend(&app, client))).await;
    let commits = commits(&app).await;
    let debits = CLIENTS * DEBITS_EACH;
    assert!(
        debits * 100 >= commits * CLIENTS * SHARE_PERCENT,
        "{debits} debits of {CLIENTS} clients took {commits} commits"
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

/// In how many transactions the debits were stored: PostgreSQL says of every row which one made it.
async fn commits(app: &TestApp) -> usize {
    let query = "SELECT count(DISTINCT xmin::text)::text AS line FROM entries WHERE kind = 4";
    let lines = app.db.lines_in("", query).await;
    lines[0].parse().unwrap()
}
