//! Limits: what a day, a week or a cycle may cost, of everything or of one operation. The tightest
//! says no, and says when it will not any more.

use credits::http::error::ErrorCode;
use ledger::limit::LimitWindow;
use serde_json::json;

use crate::support::work::{DEBITS, HOLDS, debit_of, hold_of, limit};

with_app! {
    async fn the_tightest_limit_refuses_and_says_until_when(app: &mut TestApp) {
        app.set_clock(1_782_900_000_000_000); // 2026-07-01T10:00:00Z, a Wednesday.
        app.give("user-1", "+1000").await;
        app.configure("user-1", "0", vec![
            limit(None, LimitWindow::Week, "30"),
            limit(Some("backtesting"), LimitWindow::Day, "10"),
        ]).await;
        let service = app.as_service();
        app.debit("user-1", "6", "r-1").await;
        let refused = service.post(DEBITS, &debit_of("user-1", "5", "r-2")).key("k").await;
        let problem = refused.problem(ErrorCode::InsufficientCredits);
        assert_eq!(problem["limited_by"], "limit");
        assert_eq!((&problem["required"], &problem["available"], &problem["shortfall"]), (&json!("5"), &json!("4"), &json!("1")));
        assert_eq!(problem["limit"], json!({"operation": "backtesting", "window": "day", "credits": "10", "used": "6", "room": "4",
            "resets_at": "2026-07-02T00:00:00Z"}));
        assert_eq!(problem["resets_at"], "2026-07-02T00:00:00Z");
        // Another operation has the week's room; what is held counts.
        service.post(HOLDS, &hold_of("user-1", "20", "run-1")).fresh_key().await.ok();
        let mut analysis = debit_of("user-1", "4.5", "r-3");
        analysis["operation"] = json!("market_analysis");
        let problem = service.post(DEBITS, &analysis).fresh_key().await.problem(ErrorCode::InsufficientCredits);
        assert_eq!(problem["limit"], json!({"window": "week", "credits": "30", "used": "26", "room": "4", "resets_at": "2026-07-06T00:00:00Z"}));
        // The day after there is room again, but the refusal was for good.
        app.advance(14 * 3_600);
        let again = service.post(DEBITS, &debit_of("user-1", "5", "r-2")).key("k").await;
        assert_eq!((again.is_replayed(), &again.text), (true, &refused.text));
    }

    async fn a_limit_names_what_it_leaves_only_where_it_is_tighter_than_the_balance(app: &mut TestApp) {
        app.give("user-1", "+5").await;
        app.configure("user-1", "0", vec![limit(None, LimitWindow::Cycle, "8")]).await;
        let refused = app.as_service().post(DEBITS, &debit_of("user-1", "9", "r-1")).fresh_key().await;
        let problem = refused.problem(ErrorCode::InsufficientCredits);
        assert_eq!((&problem["limited_by"], &problem["available"], &problem["limit"]), (&json!("balance"), &json!("5"), &json!(null)));
        app.give("user-1", "+5").await;
        let refused = app.as_service().post(DEBITS, &debit_of("user-1", "9", "r-1")).fresh_key().await;
        assert_eq!(refused.problem(ErrorCode::InsufficientCredits)["limit"]["window"], "cycle");
    }
}
