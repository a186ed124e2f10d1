//! Debits: work paid for in one step, explained afterwards, and done once however often it is asked
//! for.

use credits::http::error::ErrorCode;
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::input::nonsense;
use crate::support::work::{DEBITS, debit_of};

with_app! {
    async fn work_is_priced_by_its_quantities_and_explained(app: &mut TestApp) {
        app.give("user-1", "+10").await;
        let body = json!({"account_id": "user-1", "operation": "model_inference", "variant": "large",
            "quantities": {"input_tokens": 1200, "output_tokens": 350}, "reference": "answer-42",
            "description": "An answer", "metadata": {"team": "quant", "run": "7"}});
        let debit = app.as_service().post(DEBITS, &body).fresh_key().await;
        assert_eq!(debit.status, 201);
        let debit = debit.ok();
        assert_eq!(debit["account_id"], "user-1");
        assert_eq!(debit["balance"], json!({"available": "8.23"}));
        let entry = &debit["entry"];
        assert_eq!((&entry["kind"], &entry["amount"], &entry["id"]), (&json!("debit"), &json!("-1.77"), &debit["id"]));
        assert_eq!((&entry["reference"], &entry["description"]), (&json!("answer-42"), &json!("An answer")));
        assert_eq!(app.available("user-1").await, "8.23");

        let path = format!("{DEBITS}/{}", debit["id"].as_str().unwrap());
        let shown = app.as_service().get(&path).await.ok();
        assert_eq!((&shown["entry"], &shown["credits"], &shown["refunded"]), (entry, &json!("1.77"), &json!(null)));
        assert_eq!(shown["components"][1], json!({"quantity": "output_tokens", "amount": 350, "unit_price": "3",
            "per": 1000, "credits": "1.05", "share": 0.59322}));
    }

    async fn credits_may_be_named_instead(app: &mut TestApp) {
        app.give("user-1", "+10").await;
        let debit = app.debit("user-1", "2.5", "r-1").await;
        assert_eq!(debit["balance"]["available"], "7.5");
        let path = format!("{DEBITS}/{}", debit["id"].as_str().unwrap());
        assert_eq!(app.as_service().get(&path).await.ok().get("components"), None);
        // A variant need not be named where no rate is asked.
        let mut body = debit_of("user-1", "1", "r-2");
        body["operation"] = json!("model_inference");
        app.as_service().post(DEBITS, &body).fresh_key().await.ok();
        body["reference"] = json!("r-3");
        body["variant"] = json!("small");
        app.as_service().post(DEBITS, &body).fresh_key().await.ok();
        assert_eq!(app.available("user-1").await, "5.5");
    }

    async fn work_is_named_in_one_way(app: &mut TestApp) {
        app.give("user-1", "+10").await;
        let service = app.as_service();
        let with = |members: Value| {
            let mut body = json!({"account_id": "user-1", "operation": "market_analysis", "reference": "r"});
            body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
            service.post(DEBITS, &body).fresh_key()
        };
        with(json!({})).await.problem(ErrorCode::InvalidChoice);
        with(json!({"credits": "1", "quantities": {"reports": 1}})).await.problem(ErrorCode::InvalidChoice);
        with(json!({"credits": "1", "operation": "dreaming"})).await.problem(ErrorCode::UnknownOperation);
        with(json!({"credits": "1", "variant": "large"})).await.problem(ErrorCode::UnknownOperation);
        with(json!({"quantities": {"reports": 1}, "variant": "large"})).await.problem(ErrorCode::UnknownOperation);
        with(json!({"quantities": {"pages": 1}})).await.problem(ErrorCode::InvalidQuantities);
        with(json!({"quantities": {"reports": 0}})).await.problem(ErrorCode::InvalidQuantities);
        with(json!({"credits": "1", "operation": "o".repeat(64)})).await.problem(ErrorCode::InvalidBody);
        for unknown in ["quote_id", "ttl_seconds", "amount"] {
            with(json!({"credits": "1", unknown: "1"})).await.problem(ErrorCode::InvalidBody);
        }
        for null in ["credits", "quantities", "variant", "description", "metadata"] {
            with(json!({null: null})).await.problem(ErrorCode::InvalidBody);
        }
        assert_eq!(app.available("user-1").await, "10");
    }

    async fn only_a_plain_decimal_text_is_an_amount(app: &mut TestApp) {
        app.give("user-1", "+10").await;
        let service = app.as_service();
        let refused = nonsense().into_iter().chain([json!("0"), json!("0.000000"), json!("-1"), json!("+1")]);
        for credits in refused {
            let mut body = debit_of("user-1", "1", "r");
            body["credits"] = credits.clone();
            let answer = service.post(DEBITS, &body).fresh_key().await;
            assert_eq!(answer.status, 400, "{credits}: {answer:?}");
            answer.problem(ErrorCode::InvalidBody);
        }
        assert_eq!(app.available("user-1").await, "10");
        for (number, (credits, left)) in [("1.0", "9"), ("0.000001", "8.999999"), ("8.999999", "0")].into_iter().enumerate() {
            let debit = app.debit("user-1", credits, &format!("r-{number}")).await;
            assert_eq!(debit["balance"]["available"], left);
        }
        let most = service.post(DEBITS, &debit_of("user-1", "9000000000", "r-9")).fresh_key().await;
        assert_eq!(most.problem(ErrorCode::InsufficientCredits)["shortfall"], "9000000000");
    }

    async fn references_and_notes_have_bounds(app: &mut TestApp) {
        app.give("user-1", "+100").await;
        let service = app.as_service();
        let with = |member: &str, value: Value| {
            let mut body = debit_of("user-1", "1", &uuid::Uuid::now_v7().to_string());
            body[member] = value;
            service.post(DEBITS, &body).fresh_key()
        };
        let many = |count: usize| Value::Object((0..count).map(|it| (format!("n{it}"), json!("x"))).collect());
        let large = |count: usize| Value::Object((0..count).map(|it| (format!("n{it}"), json!("x".repeat(500)))).collect());
        for (member, value) in [
            ("reference", json!("")), ("reference", json!("a\nb")), ("reference", json!("a\u{0}b")), ("reference", json!("x".repeat(256))),
            ("description", json!("")), ("description", json!("x".repeat(501))), ("description", json!("\u{1b}[31m")),
            ("account_id", json!("")), ("account_id", json!("with space")), ("account_id", json!("a".repeat(256))),
            ("metadata", many(21)), ("metadata", large(9)), ("metadata", json!([])), ("metadata", json!("x")),
            ("metadata", json!({"n": 1})), ("metadata", json!({"n": {}})), ("metadata", json!({"n": null})),
            ("metadata", json!({"": "x"})), ("metadata", json!({"a b": "x"})), ("metadata", json!({"n": "x".repeat(501)})),
            ("metadata", json!({"n": "a\u{0}b"})), ("metadata", json!({"n".repeat(41): "x"})),
        ] {
            with(member, value).await.problem(ErrorCode::InvalidBody);
        }
        let twice = r#"{"account_id":"user-1","operation":"backtesting","credits":"1","reference":"r","metadata":{"n":"1","n":"2"}}"#;
        service.post_text(DEBITS, twice).fresh_key().await.problem(ErrorCode::InvalidBody);
        assert_eq!(app.available("user-1").await, "100");
        for (member, value) in [("reference", json!("ü".repeat(255))), ("reference", json!("'; DROP TABLE entries; --")),
            ("description", json!("💰".repeat(500))), ("metadata", many(20)), ("metadata", large(7)), ("metadata", json!({})),
            ("account_id", json!("user-1"))] {
            with(member, value).await.ok();
        }
    }

    async fn a_repeat_gets_the_same_bytes_and_a_reference_names_one_debit_for_ever(app: &mut TestApp) {
        app.give("user-1", "+10").await;
        let service = app.as_service();
        let body = debit_of("user-1", "1", "r-1");
        let first = service.post(DEBITS, &body).key("k").await;
        app.advance(3_600);
        let again = service.post(DEBITS, &body).key("k").await;
        assert_eq!((again.status, again.is_replayed(), &again.text), (201, true, &first.text));
        let other = service.post(DEBITS, &debit_of("user-1", "2", "r-1")).key("k").await;
        other.problem(ErrorCode::IdempotencyKeyReused);
        for credits in ["1", "2", "1000"] {
            let taken = service.post(DEBITS, &debit_of("user-1", credits, "r-1")).fresh_key().await;
            assert_eq!(taken.problem(ErrorCode::AlreadyExists)["existing_id"], first.ok()["id"]);
        }
        // The same reference of another account is another one, and so is a hold's.
        app.give("user-2", "+1").await;
        app.debit("user-2", "1", "r-1").await;
        app.hold("user-1", "1", "r-1").await;
        assert_eq!(app.available("user-1").await, "8");
    }

    async fn a_refusal_is_kept_and_says_what_is_missing(app: &mut TestApp) {
        let service = app.as_service();
        let body = debit_of("never-seen", "2.5", "r-1");
        let refused = service.post(DEBITS, &body).key("k").await;
        let problem = refused.problem(ErrorCode::InsufficientCredits);
        assert_eq!(problem["limited_by"], "balance");
        assert_eq!((&problem["required"], &problem["available"], &problem["shortfall"]), (&json!("2.5"), &json!("0"), &json!("2.5")));
        app.give("never-seen", "+5").await;
        let again = service.post(DEBITS, &body).key("k").await;
        again.problem(ErrorCode::InsufficientCredits);
        assert_eq!((again.is_replayed(), &again.text), (true, &refused.text));
        // What was refused has not used its reference up.
        app.debit("never-seen", "2.5", "r-1").await;
    }

    async fn an_operation_withdrawn_since_is_still_what_was_paid_for(app: &mut TestApp) {
        app.give("user-1", "+10").await;
        let service = app.as_service();
        let body = json!({"account_id": "user-1", "operation": "backtesting",
            "quantities": {"assets": 4, "bar_years": 10}, "reference": "r-1"});
        let first = service.post(DEBITS, &body).key("k").await;
        first.ok();
        app.db.sql("DELETE FROM rate_components WHERE operation = 'backtesting'; \
            DELETE FROM rates WHERE operation = 'backtesting'; DELETE FROM operations WHERE operation = 'backtesting'").await;
        app.running().app.rates.refresh().await.unwrap();
        let again = service.post(DEBITS, &body).key("k").await;
        assert_eq!((again.status, again.is_replayed(), &again.text), (201, true, &first.text));
        service.post(DEBITS, &body).key("new").await.problem(ErrorCode::UnknownOperation);
        let other = debit_of("user-1", "1", "r-1");
        service.post(DEBITS, &other).key("k").await.problem(ErrorCode::IdempotencyKeyReused);
    }

    async fn what_is_no_debit_is_not_found(app: &mut TestApp) {
        app.give("user-1", "+10").await;
        let hold = app.hold("user-1", "1", "run-1").await;
        let debit = app.debit("user-1", "1", "r-1").await;
        let id = debit["id"].as_str().unwrap();
        // An id of the same bucket and millisecond, but for one digit of its hash.
        let last = if id.ends_with('0') { "1" } else { "0" };
        let close = format!("{}{last}", &id[..id.len() - 1]);
        let service = app.as_service();
        for id in ["x", "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9", "6b1f0f52-6f4e-4a1d-9c55-1f0d6f5b2a7e",
            "ffffffff-ffff-7fff-bfff-ffffffffffff", &close, hold["id"].as_str().unwrap()] {
            service.get(&format!("{DEBITS}/{id}")).await.problem(ErrorCode::NotFound);
            let refund = service.post(&format!("{DEBITS}/{id}/refund"), &json!({"reason": "r"})).fresh_key();
            refund.await.problem(ErrorCode::NotFound);
        }
        // Of other kinds of entries there are no debits.
        let history = app.as_user("user-1").get("/v1/usage-history").await.ok();
        for entry in history["data"].as_array().unwrap() {
            let found = service.get(&format!("{DEBITS}/{}", entry["id"].as_str().unwrap())).await;
            assert_eq!(found.status, if entry["kind"] == "debit" { 200 } else { 404 }, "{entry}");
        }
    }

    async fn sixty_four_clients_on_one_account_get_exactly_what_there_is(app: &mut TestApp) {
        app.give("hot", "+96").await;
        let clients = (0..64).map(|client: u32| {
            let service = app.with_scope(&format!("service-{client}"), "credits:consume");
            async move {
                let mut statuses = Vec::new();
                for number in 0..3 {
                    let body = debit_of("hot", "1", &format!("r-{client}-{number}"));
                    statuses.push(service.post(DEBITS, &body).fresh_key().await.status);
                }
                statuses
            }
        });
        let statuses = join_all(clients).await.concat();
        let count = |status| statuses.iter().filter(|it| **it == status).count();
        assert_eq!((count(201), count(402), statuses.len()), (96, 96, 192));
        assert_eq!(app.available("hot").await, "0");
    }
}
