//! Every error of consuming, provoked once as a service would meet it.

use credits::http::error::ErrorCode;
use serde_json::json;

use crate::support::work::{DEBITS, HOLDS, QUOTES, debit_of, hold_of};

with_app! {
    async fn every_error_of_consuming_is_a_problem_as_declared(app: &mut TestApp) {
        app.give("user-1", "+100").await;
        let service = app.as_service();
        let debit = |body: serde_json::Value| service.post(DEBITS, &body).fresh_key();
        debit(json!({"account_id": "user-1", "operation": "backtesting", "reference": "r"})).await.problem(ErrorCode::InvalidChoice);
        debit(json!({"account_id": "user-1", "operation": "x", "credits": "1", "reference": "r"})).await.problem(ErrorCode::UnknownOperation);
        let odd = json!({"account_id": "user-1", "operation": "backtesting", "quantities": {"x": 1}, "reference": "r"});
        debit(odd).await.problem(ErrorCode::InvalidQuantities);
        debit(debit_of("user-1", "101", "r")).await.problem(ErrorCode::InsufficientCredits);
        let done = debit(debit_of("user-1", "10", "r")).await.ok();
        debit(debit_of("user-1", "10", "r")).await.problem(ErrorCode::AlreadyExists);

        let refund = format!("{DEBITS}/{}/refund", done["id"].as_str().unwrap());
        let back = |credits: &str| service.post(&refund, &json!({"credits": credits, "reason": "r"})).fresh_key();
        back("11").await.problem(ErrorCode::RefundExceedsDebit);
        back("10").await.ok();
        back("10").await.problem(ErrorCode::AlreadyRefunded);

        let mut body = hold_of("user-1", "10", "run-1");
        body["overage"] = json!("reject");
        let hold = service.post(HOLDS, &body).fresh_key().await.ok();
        let capture = format!("{HOLDS}/{}/capture", hold["id"].as_str().unwrap());
        let charge = |credits: &str| service.post(&capture, &json!({"credits": credits})).fresh_key();
        charge("11").await.problem(ErrorCode::CaptureExceedsHold);
        charge("10").await.ok();
        charge("10").await.problem(ErrorCode::HoldEnded);

        let ask = json!({"account_id": "user-1", "operation": "market_analysis", "quantities": {"reports": 1}});
        let quote = service.post(QUOTES, &ask).await.ok();
        app.advance(900);
        let late = json!({"account_id": "user-1", "quote_id": quote["id"], "reference": "run-2"});
        service.post(HOLDS, &late).fresh_key().await.problem(ErrorCode::QuoteExpired);
    }
}
