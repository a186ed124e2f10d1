//! Many debits in one request: each is judged on its own and answered in its place, and the request
//! is repeated as a whole.

use credits::http::error::ErrorCode;
use serde_json::{Value, json};

use crate::support::work::debit_of;

const BATCH: &str = "/v1/debits/batch";

fn statuses(answer: &Value) -> Vec<u64> {
    let results = answer["results"].as_array().unwrap().iter();
    results.map(|it| it["status"].as_u64().unwrap()).collect()
}

with_app! {
    async fn each_is_judged_on_its_own_and_answered_in_its_place(app: &mut TestApp) {
        app.give("user-1", "+60").await;
        app.give("user-2", "+1").await;
        let body = json!({"debits": [
            debit_of("user-1", "1", "r-1"),
            {"account_id": "user-1", "operation": "dreaming", "quantities": {"nights": 1}, "reference": "r-2"},
            debit_of("user-2", "2", "r-1"),
            {"account_id": "user-1", "operation": "market_analysis", "quantities": {"reports": 2}, "reference": "r-3"},
            debit_of("user-1", "0", "r-4"),
            debit_of("user-1", "5", "r-1"),
            {"account_id": "user-1"},
            42,
            debit_of("user-2", "1", "r-2"),
        ]});
        let answer = app.as_service().post(BATCH, &body).fresh_key().await;
        assert_eq!(answer.status, 200);
        let answer = answer.ok();
        assert_eq!(statuses(&answer), [201, 422, 402, 201, 400, 409, 400, 400, 201]);
        let results = answer["results"].as_array().unwrap();
        let code = |place: usize| results[place]["problem"]["code"].clone();
        assert_eq!((code(1), code(2), code(4)), (json!("unknown_operation"), json!("insufficient_credits"), json!("invalid_body")));
        assert_eq!(results[2]["problem"]["shortfall"], "1");
        assert_eq!(results[5]["problem"]["existing_id"], results[0]["debit"]["id"]);
        assert_eq!(results[3]["debit"]["balance"], json!({"available": "9"}));
        assert_eq!(results[8]["debit"]["account_id"], "user-2");
        for result in results {
            let (debit, problem) = (result.get("debit"), result.get("problem"));
            assert_eq!((debit.is_some(), problem.is_some()), (result["status"] == 201, result["status"] != 201));
            if let Some(problem) = problem {
                assert_eq!((&problem["status"], problem["type"].is_string()), (&result["status"], true));
            }
        }
        assert_eq!((app.available("user-1").await, app.available("user-2").await), ("9".to_owned(), "0".to_owned()));
    }

    async fn a_batch_is_repeated_as_a_whole(app: &mut TestApp) {
        app.give("user-1", "+1").await;
        let service = app.as_service();
        let body = json!({"debits": [debit_of("user-1", "1", "r-1"), debit_of("user-1", "1", "r-2"), {"not": "a debit"}]});
        let first = service.post(BATCH, &body).key("k").await;
        assert_eq!(statuses(&first.ok()), [201, 402, 400]);
        app.give("user-1", "+5").await;
        let again = service.post(BATCH, &body).key("k").await;
        assert_eq!((again.status, again.is_replayed(), &again.text), (200, true, &first.text));
        let other = json!({"debits": [debit_of("user-1", "1", "r-1"), debit_of("user-1", "1", "r-2"), {"not": "a  debit"}]});
        service.post(BATCH, &other).key("k").await.problem(ErrorCode::IdempotencyKeyReused);
        // With another key what was refused is tried again, and what was done is not done twice.
        let anew = service.post(BATCH, &body).key("new").await.ok();
        assert_eq!(statuses(&anew), [409, 201, 400]);
        assert_eq!(app.available("user-1").await, "4");
    }

    async fn a_thousand_go_in_one_request_and_no_more(app: &mut TestApp) {
        app.give("user-1", "+999").await;
        let service = app.as_service();
        let long = "x".repeat(500);
        let batch = |count: usize| {
            let debits = (0..count).map(|number| {
                let mut debit = debit_of("user-1", "1", &format!("r-{number}"));
                debit["description"] = json!(long);
                debit
            });
            json!({"debits": debits.collect::<Vec<_>>()})
        };
        service.post(BATCH, &batch(1_001)).fresh_key().await.problem(ErrorCode::InvalidBody);
        service.post(BATCH, &batch(0)).fresh_key().await.problem(ErrorCode::InvalidBody);
        service.post(BATCH, &json!({})).fresh_key().await.problem(ErrorCode::InvalidBody);
        service.post_text(BATCH, "x".repeat(4 * 1024 * 1024 + 1)).fresh_key().await.problem(ErrorCode::BodyTooLarge);
        let done = service.post(BATCH, &batch(1_000)).key("k").await;
        let statuses = statuses(&done.ok());
        assert_eq!(statuses.iter().filter(|it| **it == 201).count(), 999);
        assert_eq!(statuses[999], 402);
        let again = service.post(BATCH, &batch(1_000)).key("k").await;
        assert!(again.is_replayed() && again.text == done.text);
        assert_eq!(app.available("user-1").await, "0");
    }

    async fn batches_at_once_never_take_more_than_there_is(app: &mut TestApp) {
        app.give("user-1", "+50").await;
        app.give("user-2", "+50").await;
        let service = app.as_service();
        let calls = (0..8).map(|batch: u32| {
            // Accounts in both orders, so that batches meet head on.
            let debits = (0..20).map(|number: u32| {
                let account = format!("user-{}", 1 + (number + batch) % 2);
                debit_of(&account, "1", &format!("r-{batch}-{number}"))
            });
            service.post(BATCH, &json!({"debits": debits.collect::<Vec<_>>()})).fresh_key().into_future()
        });
        let answers = futures_util::future::join_all(calls).await;
        let all: Vec<u64> = answers.iter().flat_map(|answer| statuses(&answer.ok())).collect();
        let count = |status| all.iter().filter(|it| **it == status).count();
        assert_eq!((count(201), count(402)), (100, 60));
    }
}
