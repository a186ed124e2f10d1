//! Holds set credits aside, so that work that was admitted can be paid for and no account is ever
//! oversold.

use credits::http::error::ErrorCode;
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::input::nonsense;
use crate::support::app::TestApp;
use crate::support::client::{Answer, Client};
use crate::support::databases::TestDatabase;
use crate::support::work::{HOLDS, QUOTES, hold_of};

fn path(hold: &Value, what: &str) -> String {
    format!("{HOLDS}/{}{what}", hold["id"].as_str().unwrap())
}

fn analysis(reference: &str) -> Value {
    json!({"account_id": "user-1", "operation": "market_analysis", "quantities": {"reports": 3}, "reference": reference})
}

async fn quote(app: &TestApp, account: &str) -> Value {
    let body = json!({"account_id": account, "operation": "market_analysis", "quantities": {"reports": 3}});
    app.as_service().post(QUOTES, &body).await.ok()
}

/// The price of a report from now on.
async fn charge_more(app: &TestApp, price: &str) {
    let micros = app.clock.now().micros();
    app.db.sql(&format!(
        "INSERT INTO rates (operation, variant, version, effective_at, base) VALUES ('market_analysis', '', 2, {micros}, '0'); \
         INSERT INTO rate_components (operation, variant, version, quantity, position, unit, per, price) \
             VALUES ('market_analysis', '', 2, 'reports', 1, 'report', 1, '{price}')"
    )).await;
    app.running().app.rates.refresh().await.unwrap();
}

/// Twenty holds of 75 at once, by several clients in turn.
async fn twenty_holds(clients: &[Client]) -> Vec<Answer> {
    let clients = clients.iter().cycle();
    let calls = clients.take(20).enumerate().map(|(number, client)| {
        let body = hold_of("user-1", "75", &format!("run-{number}"));
        client.post(HOLDS, &body).fresh_key().into_future()
    });
    join_all(calls).await
}

fn exactly_six(answers: &[Answer]) {
    let admitted = answers.iter().filter(|it| it.status == 201).count();
    assert_eq!(admitted, 6);
    for refused in answers.iter().filter(|it| it.status != 201) {
        let problem = refused.problem(ErrorCode::InsufficientCredits);
        assert_eq!(problem["required"], "75");
    }
}

with_app! {
    async fn what_is_held_is_not_available_and_still_owned(app: &mut TestApp) {
        app.give("user-1", "+100").await;
        let answer = app.as_service().post(HOLDS, &analysis("run-1")).fresh_key().await;
        assert_eq!(answer.status, 201);
        let mut hold = answer.ok();
        let now = app.clock.now();
        assert_eq!((&hold["created_at"], &hold["expires_at"]), (&json!(now.to_string()), &json!(now.plus_seconds(3_600).unwrap().to_string())));
        let shown = app.as_service().get(&path(&hold, "")).await.ok();
        for varying in ["id", "created_at", "expires_at"] {
            assert_eq!(shown[varying], hold[varying]);
            hold[varying] = json!(null);
        }
        assert_eq!(hold, json!({
            "id": null, "account_id": "user-1", "status": "active", "operation": "market_analysis",
            "quantities": {"reports": 3}, "credits": "75", "captured": "0", "held": "75", "overage": "cover",
            "reference": "run-1", "created_at": null, "expires_at": null, "balance": {"available": "25"},
        }));
        assert_eq!(shown.get("balance"), None);
        let balance = app.as_user("user-1").get("/v1/balance").await.ok();
        assert_eq!((&balance["available"], &balance["held"]), (&json!("25"), &json!("75")));
    }

    async fn twenty_at_once_of_75_on_500_admit_exactly_six(app: &mut TestApp) {
        app.give("user-1", "+500").await;
        let clients: Vec<Client> = (0..5).map(|it| app.with_scope(&format!("service-{it}"), "credits:consume")).collect();
        exactly_six(&twenty_holds(&clients).await);
        assert_eq!(app.available("user-1").await, "50");
    }

    async fn a_repeat_gets_the_same_bytes_and_a_reference_names_one_hold_for_ever(app: &mut TestApp) {
        app.give("user-1", "+100").await;
        let service = app.as_service();
        let first = service.post(HOLDS, &analysis("run-1")).key("k").await;
        let again = service.post(HOLDS, &analysis("run-1")).key("k").await;
        assert_eq!((again.status, again.is_replayed(), &again.text), (201, true, &first.text));
        service.post(&path(&first.ok(), "/release"), &json!({})).fresh_key().await.ok();
        let taken = service.post(HOLDS, &analysis("run-1")).fresh_key().await;
        assert_eq!(taken.problem(ErrorCode::AlreadyExists)["existing_id"], first.ok()["id"]);
        service.post(HOLDS, &analysis("run-2")).key("k").await.problem(ErrorCode::IdempotencyKeyReused);
    }

    async fn a_quote_holds_its_price_until_it_lapses(app: &mut TestApp) {
        app.give("user-1", "+1000").await;
        let quote = quote(app, "user-1").await;
        charge_more(app, "30").await;
        let service = app.as_service();
        let by_quote = |reference: &str| {
            let body = json!({"account_id": "user-1", "quote_id": quote["id"], "reference": reference});
            service.post(HOLDS, &body)
        };
        app.advance(15 * 60 - 1);
        let first = by_quote("run-1").key("k").await;
        let hold = first.ok();
        assert_eq!((&hold["credits"], &hold["operation"], &hold["quantities"]), (&json!("75"), &json!("market_analysis"), &json!({"reports": 3})));
        assert_eq!(service.post(HOLDS, &analysis("run-2")).fresh_key().await.ok()["credits"], "90");
        app.advance(1);
        by_quote("run-3").fresh_key().await.problem(ErrorCode::QuoteExpired);
        // What was made from it in time stays, and a repeat is told so, even when the quote is gone.
        app.db.sql("DELETE FROM quotes").await;
        by_quote("run-3").fresh_key().await.problem(ErrorCode::NotFound);
        let again = by_quote("run-1").key("k").await;
        assert_eq!((again.status, again.is_replayed(), &again.text), (201, true, &first.text));
        // Its captures are priced as it was.
        let captured = service.post(&path(&hold, "/capture"), &json!({"quantities": {"reports": 2}})).fresh_key().await.ok();
        assert_eq!((&captured["charged"], &captured["balance"]["available"]), (&json!("50"), &json!("860")));
    }

    async fn a_quote_is_for_its_account_and_says_all_of_the_work(app: &mut TestApp) {
        app.give("user-1", "+1000").await;
        let (mine, foreign) = (quote(app, "user-1").await, quote(app, "user-2").await);
        let service = app.as_service();
        let with = |quote: &Value, members: Value| {
            let mut body = json!({"account_id": "user-1", "quote_id": quote["id"], "reference": "run-1"});
            body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
            service.post(HOLDS, &body).fresh_key()
        };
        with(&foreign, json!({})).await.problem(ErrorCode::NotFound);
        with(&json!({"id": "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9"}), json!({})).await.problem(ErrorCode::NotFound);
        for more in [json!({"credits": "1"}), json!({"operation": "market_analysis"}), json!({"quantities": {"reports": 1}}), json!({"variant": "x"})] {
            with(&mine, more).await.problem(ErrorCode::InvalidChoice);
        }
        with(&json!({"id": "x"}), json!({})).await.problem(ErrorCode::InvalidBody);
        with(&mine, json!({})).await.ok();
        assert_eq!(app.available("user-1").await, "925");
    }

    async fn work_is_named_in_one_way(app: &mut TestApp) {
        app.give("user-1", "+100").await;
        let service = app.as_service();
        let with = |members: Value| {
            let mut body = json!({"account_id": "user-1", "reference": "run-1"});
            body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
            service.post(HOLDS, &body).fresh_key()
        };
        for neither in [json!({}), json!({"operation": "market_analysis"}), json!({"quantities": {"reports": 1}}),
            json!({"credits": "1", "quantities": {"reports": 1}, "operation": "market_analysis"}), json!({"credits": "1", "variant": "x"})] {
            with(neither).await.problem(ErrorCode::InvalidChoice);
        }
        with(json!({"credits": "1", "operation": "dreaming"})).await.problem(ErrorCode::UnknownOperation);
        with(json!({"operation": "market_analysis", "quantities": {"reports": 0}})).await.problem(ErrorCode::InvalidQuantities);
        for ttl in [json!(0), json!(-1), json!(86_401), json!(1.5), json!("60"), json!(null), json!(i64::MAX)] {
            with(json!({"credits": "1", "ttl_seconds": ttl})).await.problem(ErrorCode::InvalidBody);
        }
        for (number, ttl) in ["60.0", "6e1", "60"].into_iter().enumerate() {
            let body = format!(r#"{{"account_id":"user-2","credits":"1","reference":"run-{number}","ttl_seconds":{ttl}}}"#);
            service.post_text(HOLDS, body).fresh_key().await.problem(ErrorCode::InsufficientCredits);
        }
        for overage in [json!("none"), json!("Cover"), json!(1), json!(null)] {
            with(json!({"credits": "1", "overage": overage})).await.problem(ErrorCode::InvalidBody);
        }
        for credits in nonsense().into_iter().chain([json!("0"), json!("-1")]) {
            with(json!({"credits": credits})).await.problem(ErrorCode::InvalidBody);
        }
        assert_eq!(app.available("user-1").await, "100");
        let hold = with(json!({"credits": "1", "operation": "model_inference", "ttl_seconds": 86_400, "overage": "reject",
            "metadata": {"run": "1"}, "description": "d"})).await.ok();
        assert_eq!((&hold["operation"], hold.get("quantities"), &hold["overage"]), (&json!("model_inference"), None, &json!("reject")));
    }

    async fn a_hold_ends_by_itself_whether_or_not_anybody_booked_it(app: &mut TestApp) {
        app.give("user-1", "+100").await;
        let mut body = hold_of("user-1", "60", "run-1");
        body["ttl_seconds"] = json!(60);
        let service = app.as_service();
        let hold = service.post(HOLDS, &body).fresh_key().await.ok();
        app.advance(59);
        assert_eq!(service.get(&path(&hold, "")).await.ok()["status"], "active");
        app.advance(1);
        let shown = service.get(&path(&hold, "")).await.ok();
        assert_eq!((&shown["status"], &shown["held"], &shown["credits"]), (&json!("expired"), &json!("0"), &json!("60")));
        for (what, body) in [("/capture", json!({"credits": "1"})), ("/release", json!({})), ("/extend", json!({"ttl_seconds": 60}))] {
            let late = service.post(&path(&hold, what), &body).fresh_key().await;
            let problem = late.problem(ErrorCode::HoldEnded);
            assert_eq!((&problem["hold_status"], &problem["credits"], &problem["captured"]), (&json!("expired"), &json!("60"), &json!("0")));
        }
        // Its credits can be used at once.
        let debit = app.debit("user-1", "100", "r-1").await;
        assert_eq!(debit["balance"]["available"], "0");
        assert_eq!(service.get(&path(&hold, "")).await.ok()["status"], "expired");
    }

    async fn a_hold_is_released_once(app: &mut TestApp) {
        app.give("user-1", "+100").await;
        let hold = app.hold("user-1", "60", "run-1").await;
        let service = app.as_service();
        let first = service.post(&path(&hold, "/release"), &json!({})).key("k").await;
        assert_eq!(first.status, 200);
        let released = first.ok();
        assert_eq!((&released["status"], &released["held"], &released["balance"]), (&json!("released"), &json!("0"), &json!({"available": "100"})));
        let again = service.post(&path(&hold, "/release"), &json!({})).key("k").await;
        assert_eq!((again.is_replayed(), &again.text), (true, &first.text));
        let late = service.post(&path(&hold, "/release"), &json!({})).fresh_key().await;
        assert_eq!(late.problem(ErrorCode::HoldEnded)["hold_status"], "released");
        service.post(&path(&hold, "/release"), &json!({"why": "r"})).fresh_key().await.problem(ErrorCode::InvalidBody);
    }

    async fn a_hold_is_extended_and_resized_as_far_as_there_is_something(app: &mut TestApp) {
        app.give("user-1", "+100").await;
        let hold = app.hold("user-1", "60", "run-1").await;
        let service = app.as_service();
        let extend = |body: Value| service.post(&path(&hold, "/extend"), &body);
        app.advance(3_000);
        let longer = extend(json!({"ttl_seconds": 7_200})).fresh_key().await;
        assert_eq!(longer.status, 200);
        assert_eq!(longer.ok()["expires_at"], app.clock.now().plus_seconds(7_200).unwrap().to_string());
        let larger = extend(json!({"credits": "90"})).key("k").await;
        assert_eq!((&larger.ok()["held"], &larger.ok()["balance"]["available"]), (&json!("90"), &json!("10")));
        let refused = extend(json!({"credits": "100.5"})).fresh_key().await;
        assert_eq!(refused.problem(ErrorCode::InsufficientCredits)["required"], "10.5");
        let smaller = extend(json!({"credits": "20", "ttl_seconds": 60})).fresh_key().await.ok();
        assert_eq!((&smaller["credits"], &smaller["held"], &smaller["balance"]["available"]), (&json!("20"), &json!("20"), &json!("80")));
        let again = extend(json!({"credits": "90"})).key("k").await;
        assert_eq!((again.is_replayed(), &again.text), (true, &larger.text));
        extend(json!({})).fresh_key().await.problem(ErrorCode::InvalidChoice);
        for body in [json!({"ttl_seconds": 0}), json!({"ttl_seconds": 86_401}), json!({"credits": "0"}), json!({"credits": 5}), json!({"ttl": 1})] {
            extend(body).fresh_key().await.problem(ErrorCode::InvalidBody);
        }
    }

    async fn what_is_no_hold_is_not_found(app: &mut TestApp) {
        app.give("user-1", "+10").await;
        let debit = app.debit("user-1", "1", "r-1").await;
        let service = app.as_service();
        for id in ["x", "019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9", debit["id"].as_str().unwrap()] {
            service.get(&format!("{HOLDS}/{id}")).await.problem(ErrorCode::NotFound);
            for (what, body) in [("capture", json!({"credits": "1"})), ("release", json!({})), ("extend", json!({"ttl_seconds": 60}))] {
                let answer = service.post(&format!("{HOLDS}/{id}/{what}"), &body).fresh_key().await;
                answer.problem(ErrorCode::NotFound);
            }
        }
    }

    async fn lapsed_quotes_are_forgotten_after_a_day(app: &mut TestApp) {
        quote(app, "user-1").await;
        let lapsed = app.clock.now().plus_seconds(15 * 60).unwrap();
        assert_eq!(app.db.store.forget_quotes(lapsed).await.unwrap(), 0);
        let after = lapsed.plus_seconds(1).unwrap();
        assert_eq!(app.db.store.forget_quotes(after).await.unwrap(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_on_one_postgresql_admit_exactly_six() {
    let app = TestApp::start(TestDatabase::postgres().await).await;
    let second = app.second().await;
    app.give("user-1", "+500").await;
    let here = app.as_service();
    let there = here.at(&second.running.api_url);
    exactly_six(&twenty_holds(&[here, there]).await);
    assert_eq!(app.available("user-1").await, "50");
    second.running.stop_at_once().await;
    app.finish().await;
}
