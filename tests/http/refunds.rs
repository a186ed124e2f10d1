//! A failed job gives its credits back, once, in whole or in part, to the lots they came from.

use credits::http::error::ErrorCode;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::client::Call;
use crate::support::work::{DEBITS, HOLDS};

fn refund(app: &TestApp, debit: &Value, body: Value) -> Call {
    let path = format!("{DEBITS}/{}/refund", debit["id"].as_str().unwrap());
    app.as_service().post(&path, &body)
}

with_app! {
    async fn a_debit_is_given_back_once(app: &mut TestApp) {
        app.give("user-1", "+10").await;
        let debit = app.debit("user-1", "4", "r-1").await;
        let first = refund(app, &debit, json!({"reason": " No answer came "})).key("k").await;
        assert_eq!(first.status, 201);
        let given = first.ok();
        assert_eq!((&given["debit_id"], &given["account_id"], &given["credits"]), (&debit["id"], &json!("user-1"), &json!("4")));
        assert_eq!(given["balance"], json!({"available": "10"}));
        let entry = &given["entry"];
        assert_eq!((&entry["kind"], &entry["amount"], &entry["id"]), (&json!("refund"), &json!("4"), &given["id"]));
        assert_eq!((&entry["description"], &entry["reference"]), (&json!("No answer came"), &json!("r-1")));
        assert_eq!(entry["lots"][0]["lot_id"], debit["entry"]["lots"][0]["lot_id"], "where it came from");
        let again = refund(app, &debit, json!({"reason": " No answer came "})).key("k").await;
        assert_eq!((again.is_replayed(), &again.text), (true, &first.text));
        for body in [json!({"reason": "r"}), json!({"reason": "r", "credits": "1"}), json!({"reason": "r", "credits": "100"})] {
            refund(app, &debit, body).fresh_key().await.problem(ErrorCode::AlreadyRefunded);
        }
        let shown = app.as_service().get(&format!("{DEBITS}/{}", debit["id"].as_str().unwrap())).await.ok();
        assert_eq!(shown["refunded"], json!({"credits": "4", "entry_id": given["id"], "at": entry["created_at"]}));
        assert_eq!(app.available("user-1").await, "10");
    }

    async fn a_part_of_it_may_be_given_back_and_never_more_than_was_taken(app: &mut TestApp) {
        app.give("user-1", "+10").await;
        let debit = app.debit("user-1", "4", "r-1").await;
        let too_much = refund(app, &debit, json!({"credits": "4.000001", "reason": "r"})).key("k").await;
        let problem = too_much.problem(ErrorCode::RefundExceedsDebit);
        assert_eq!((&problem["required"], &problem["debited"]), (&json!("4.000001"), &json!("4")));
        let again = refund(app, &debit, json!({"credits": "4.000001", "reason": "r"})).key("k").await;
        assert!(again.is_replayed());
        for body in [json!({}), json!({"reason": ""}), json!({"reason": "  "}), json!({"reason": "r", "credits": "0"}),
            json!({"reason": "r", "credits": 1}), json!({"reason": "a\u{0}"}), json!({"reason": "r", "all": true})] {
            refund(app, &debit, body).fresh_key().await.problem(ErrorCode::InvalidBody);
        }
        let part = refund(app, &debit, json!({"credits": "1.5", "reason": "r"})).fresh_key().await.ok();
        assert_eq!((&part["credits"], &part["balance"]["available"]), (&json!("1.5"), &json!("7.5")));
        refund(app, &debit, json!({"credits": "1.5", "reason": "r"})).fresh_key().await.problem(ErrorCode::AlreadyRefunded);
    }

    async fn a_capture_is_refunded_like_a_debit_its_debt_first(app: &mut TestApp) {
        app.give("user-1", "+10").await;
        app.configure("user-1", "100", Vec::new()).await;
        let hold = app.hold("user-1", "10", "run-1").await;
        let path = format!("{HOLDS}/{}/capture", hold["id"].as_str().unwrap());
        let captured = app.as_service().post(&path, &json!({"credits": "15"})).fresh_key().await.ok();
        assert_eq!((&captured["charged"], &captured["entry"]["amount"]), (&json!("15"), &json!("-10")));
        let debit = &captured["entry"];
        let shown = app.as_service().get(&format!("{DEBITS}/{}", debit["id"].as_str().unwrap())).await.ok();
        assert_eq!((&shown["credits"], &shown["entry"]["kind"]), (&json!("15"), &json!("capture")));
        let part = refund(app, debit, json!({"credits": "7", "reason": "r"})).fresh_key().await.ok();
        assert_eq!((&part["entry"]["amount"], &part["balance"]["available"]), (&json!("2"), &json!("2")));
        let shown = app.as_service().get(&format!("{DEBITS}/{}", debit["id"].as_str().unwrap())).await.ok();
        assert_eq!(shown["refunded"]["credits"], "7");
    }

    async fn of_fifty_at_once_one_gives_back(app: &mut TestApp) {
        app.give("user-1", "+10").await;
        let debit = app.debit("user-1", "4", "r-1").await;
        let calls = (0..50).map(|_| refund(app, &debit, json!({"reason": "r"})).fresh_key().into_future());
        let answers = futures_util::future::join_all(calls).await;
        assert_eq!(answers.iter().filter(|it| it.status == 201).count(), 1);
        for refused in answers.iter().filter(|it| it.status != 201) {
            refused.problem(ErrorCode::AlreadyRefunded);
        }
        assert_eq!(app.available("user-1").await, "10");
    }
}
