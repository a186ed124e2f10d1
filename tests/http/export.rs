//! The whole history as a file: complete, in order, harmless in a spreadsheet, and made no faster
//! than its reader takes it.

use credits::http::error::ErrorCode;
use ledger::command::Action;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::commands::new_debit;
use crate::support::decisions::{account, command};

const PATH: &str = "/v1/usage-history/export";

/// So many debits, with notes of so many bytes.
async fn furnish(app: &TestApp, debits: usize, notes: usize) {
    app.give("user-1", "+1000").await;
    let notes = json!({"note": "n".repeat(notes)}).to_string();
    let debits: Vec<usize> = (0..debits).collect();
    for batch in debits.chunks(500) {
        let debits = batch.iter().map(|number| {
            let mut debit = new_debit("0.001", "backtesting", &format!("run-{number}"));
            debit.metadata = Some(notes.clone());
            (account("user-1"), debit)
        });
        let many = Action::DebitMany(debits.collect());
        app.carry_out(command(&account("user-1"), many)).await;
    }
}

with_app! {
    async fn every_entry_is_there_oldest_first(app: &mut TestApp) {
        furnish(app, 2_500, 5).await;
        let user = app.as_user("user-1");
        let csv = user.get(PATH).await;
        assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
        assert_eq!(csv.header("content-disposition"), Some("attachment; filename=\"usage-history.csv\""));
        let lines: Vec<&str> = csv.text.split_terminator("\r\n").collect();
        assert_eq!(lines.len(), 2_502);
        assert!(lines[0].starts_with("id,sequence,created_at,kind,amount,"));
        let numbers: Vec<usize> = lines[1..].iter().map(|line| line.split(',').nth(1).unwrap().parse().unwrap()).collect();
        assert_eq!(numbers, (1..=2_501).collect::<Vec<_>>());
        let jsonl = user.get(&format!("{PATH}?format=jsonl")).await;
        let entries: Vec<Value> = jsonl.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(entries.len(), 2_501);
        let page = user.get("/v1/usage-history?limit=1").await.ok();
        assert_eq!(entries[2_500], page["data"][0], "a line is an entry as the history shows it");
        assert_eq!(jsonl.header("content-type"), Some("application/jsonl; charset=utf-8"));
    }

    async fn filters_keep_what_they_keep_in_the_history(app: &mut TestApp) {
        furnish(app, 30, 5).await;
        let user = app.as_user("user-1");
        for (filter, lines) in [
            ("kind=adjustment", 1), ("kind=clawback", 0), ("operation=backtesting", 30), ("operation=other", 0),
            ("reference=run-7", 1), ("from=2000-01-01T00:00:00Z&to=2001-01-01T00:00:00Z", 0), ("from=2000-01-01T00:00:00Z", 31),
        ] {
            let export = user.get(&format!("{PATH}?format=jsonl&{filter}")).await;
            assert_eq!((export.status, export.text.lines().count()), (200, lines), "{filter}");
            let page = user.get(&format!("/v1/usage-history?limit=100&{filter}")).await.ok();
            assert_eq!(page["data"].as_array().unwrap().len(), lines, "{filter}");
        }
        let nobody = app.as_user("user-2").get(PATH).await;
        assert_eq!(nobody.text.split_terminator("\r\n").count(), 1, "of an account without entries there are only the names");
        for wrong in ["format=xls", "limit=5", "cursor=abc", "from=yesterday"] {
            user.get(&format!("{PATH}?{wrong}")).await.problem(ErrorCode::InvalidQuery);
        }
    }

    async fn a_formula_reaches_nobodys_spreadsheet(app: &mut TestApp) {
        app.give("user-1", "+10").await;
        app.consume("user-1", "1", "backtesting", "=HYPERLINK(\"http://evil\")").await;
        let csv = app.as_user("user-1").get(PATH).await;
        assert!(csv.text.contains("\"'=HYPERLINK(\"\"http://evil\"\")\""), "{}", csv.text);
        assert!(csv.text.contains(",debit,-1,0,0,0,9,9,backtesting,"), "numbers stay numbers: {}", csv.text);
    }

    async fn slow_readers_hold_no_connection(app: &mut TestApp) {
        // More than the buffers between here and there take in.
        furnish(app, 4_000, 4_000).await;
        let user = app.as_user("user-1");
        let mut exports = Vec::new();
        // Twice as many as there are connections to the database.
        for _ in 0..16 {
            let request = app.http.get(format!("{}{PATH}?format=jsonl", app.url()));
            let mut export = request.bearer_auth(user.token.clone().unwrap()).send().await.unwrap();
            assert!(!export.chunk().await.unwrap().unwrap().is_empty());
            exports.push(export);
        }
        assert_eq!(app.available("user-1").await, "996");
        let mut last = exports.pop().unwrap();
        let mut bytes = 0;
        while let Some(chunk) = last.chunk().await.unwrap() {
            bytes += chunk.len();
        }
        assert!(bytes > 10_000_000, "{bytes}");
    }
}
