//! The tools of the Model Context Protocol: each is the operation of its name, to everybody, with the
//! same rights and the same refusals.

use std::collections::BTreeSet;

use credits::http::agents::Tool;
use credits::http::error::ErrorCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::client::Client;
use crate::support::purchases::{GOOD_CARD, SESSIONS};

/// What a caller gets: an answer, or the problem of this code.
#[derive(Clone, Copy)]
enum Gets {
    Answer,
    Problem(ErrorCode),
}

use Gets::{Answer, Problem};

const NO_SCOPE: Gets = Problem(ErrorCode::InsufficientScope);

/// The callers of the columns, with their scopes. Who has no token is told so before any tool is asked.
const CALLERS: [(&str, &str); 5] = [
    ("reader", "credits:read"),
    ("buyer", "credits:purchase"),
    ("service", "credits:consume"),
    ("admin", "credits:admin"),
    ("nobody's scopes", "openid credits:*"),
];

const READS: [Gets; 5] = [Answer, NO_SCOPE, NO_SCOPE, NO_SCOPE, NO_SCOPE];

const TABLE: &[(Tool, &str, [Gets; 5])] = &[
    (Tool::GetBalance, "{}", READS),
    (Tool::ListUsageHistory, r#"{"limit": 5}"#, READS),
    (Tool::ListPackages, r#"{"currency": "usd"}"#, READS),
    (
        Tool::CreateQuote,
        r#"{"operation": "market_analysis", "quantities": {"reports": 2}}"#,
        [Answer, NO_SCOPE, NO_SCOPE, NO_SCOPE, NO_SCOPE],
    ),
    // Services ask for anybody, and nobody else does.
    (
        Tool::CreateQuote,
        r#"{"account_id": "other", "operation": "market_analysis", "quantities": {"reports": 2}}"#,
        [NO_SCOPE, NO_SCOPE, Answer, NO_SCOPE, NO_SCOPE],
    ),
    (
        Tool::CreateCheckoutSession,
        r#"{"package_id": "starter", "idempotency_key": "{fresh}"}"#,
        [NO_SCOPE, Answer, NO_SCOPE, NO_SCOPE, NO_SCOPE],
    ),
];

fn arguments(text: &str) -> Value {
    let fresh = Uuid::now_v7().to_string();
    serde_json::from_str(&text.replace("{fresh}", &fresh)).unwrap()
}

/// Of tools and arguments, what the tool says of them.
async fn refused(client: &Client, cases: &[(&str, Value, &str)]) {
    for (tool, arguments, code) in cases {
        let result = client.call_tool(tool, arguments).await;
        assert_eq!(result.code(), *code, "{tool} {arguments}");
    }
}

with_app! {
    async fn every_tool_takes_whom_its_operation_takes(app: &mut TestApp) {
        let judged: BTreeSet<&str> = TABLE.iter().map(|row| row.0.operation()).collect();
        let all: BTreeSet<&str> = Tool::ALL.iter().map(|it| it.operation()).collect();
        assert_eq!(judged, all);
        for (tool, text, outcomes) in TABLE {
            let name = tool.operation();
            let params = json!({"name": name, "arguments": arguments(text)});
            let answer = app.anonymous().say("tools/call", params).await;
            answer.problem(ErrorCode::Unauthorized);
            assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
            for ((caller, scope), gets) in CALLERS.iter().zip(outcomes) {
                let client = app.with_scope("owner", scope);
                let result = client.call_tool(name, &arguments(text)).await;
                match gets {
                    Answer => _ = result.ok(),
                    Problem(code) => assert_eq!(result.code(), code.spec().code, "{name} by {caller}"),
                }
            }
        }
    }

    async fn a_tool_answers_what_its_operation_answers(app: &mut TestApp) {
        app.give("owner", "+100").await;
        app.debit("owner", "10", "r-1").await;
        app.give("other", "+7").await;
        app.code(&json!({"code": "KNOWN", "percent_off": 10})).await;
        let owner = app.as_user("owner");
        for (tool, arguments, path) in [
            ("get_balance", json!({}), "/v1/balance"),
            ("list_packages", json!({}), "/v1/packages"),
            ("list_packages", json!({"promotion_code": "KNOWN"}), "/v1/packages?promotion_code=KNOWN"),
            ("list_usage_history", json!({}), "/v1/usage-history"),
            ("list_usage_history", json!({"kind": "debit", "reference": "r-1"}),
                "/v1/usage-history?kind=debit&reference=r-1"),
        ] {
            let told = owner.call_tool(tool, &arguments).await;
            assert_eq!(told.ok(), &owner.get(path).await.ok(), "{tool} {arguments}");
        }
        let first = owner.call_tool("list_usage_history", &json!({"limit": 1})).await;
        let cursor = first.ok()["next_cursor"].as_str().unwrap();
        let rest = json!({"limit": 1, "cursor": cursor});
        let second = owner.call_tool("list_usage_history", &rest).await;
        assert_eq!(second.ok()["data"][0]["sequence"], 1);
        // A cursor is its caller's.
        refused(&app.as_user("other"), &[("list_usage_history", rest, "invalid_cursor")]).await;
    }

    async fn a_quote_of_a_tool_is_one_that_a_hold_can_name(app: &mut TestApp) {
        app.give("owner", "+100").await;
        let work = json!({"operation": "market_analysis", "quantities": {"reports": 2}});
        let quote = app.as_user("owner").call_tool("create_quote", &work).await;
        assert_eq!(quote.ok()["credits"], "50");
        assert_eq!(app.available("owner").await, "100");
        let body = json!({"account_id": "owner", "quote_id": quote.ok()["id"], "reference": "run-1"});
        let service = app.with_scope("service-1", "credits:consume");
        let hold = service.post("/v1/holds", &body).fresh_key().await.ok();
        assert_eq!(hold["credits"], "50");
    }

    async fn a_link_is_for_a_person_to_pay(app: &mut TestApp) {
        let owner = app.as_user("owner");
        let order = arguments(r#"{"package_id": "starter", "idempotency_key": "{fresh}"}"#);
        let result = owner.call_tool("create_checkout_session", &order).await;
        let session = result.ok();
        let remark = result.0["content"][1]["text"].as_str().unwrap();
        assert!(remark.starts_with("Nothing is paid yet."), "{remark}");
        assert_eq!(app.available("owner").await, "0");
        app.pay(session, GOOD_CARD).await;
        app.until_status("owner", session, "paid").await;
        assert_eq!(app.available("owner").await, "1000");
    }

    async fn a_key_counts_for_the_operation_whichever_way_it_is_called(app: &mut TestApp) {
        let owner = app.as_user("owner");
        let order = json!({"package_id": "starter", "idempotency_key": "once"});
        let session = owner.call_tool("create_checkout_session", &order).await;
        let again = owner.call_tool("create_checkout_session", &order).await;
        assert_eq!(again.ok(), session.ok());
        let over_http = owner.post(SESSIONS, &json!({"package_id": "starter"})).key("once").await;
        assert!(over_http.is_replayed());
        assert_eq!(&over_http.ok(), session.ok());
        let tool = "create_checkout_session";
        refused(&owner, &[
            (tool, json!({"package_id": "plus", "idempotency_key": "once"}), "idempotency_key_reused"),
            (tool, json!({"package_id": "starter"}), "idempotency_key_missing"),
            (tool, json!({"package_id": "starter", "idempotency_key": ""}), "idempotency_key_invalid"),
            (tool, json!({"package_id": "starter", "idempotency_key": 7}), "idempotency_key_invalid"),
        ]).await;
        let purchases = owner.get("/v1/purchases").await.ok();
        assert_eq!(purchases["data"].as_array().unwrap().len(), 1);
    }

    async fn a_refusal_that_is_kept_is_an_error_each_time(app: &mut TestApp) {
        let owner = app.as_user("owner");
        app.code(&json!({"code": "ONCE", "percent_off": 10, "first_purchase_only": true})).await;
        app.paid_starter("owner").await;
        let order = json!({"package_id": "plus", "promotion_code": "ONCE", "idempotency_key": "kept"});
        let case = ("create_checkout_session", order, "promotion_code_refused");
        refused(&owner, &[case.clone(), case]).await;
    }

    async fn arguments_that_are_wrong_are_refused_as_those_of_the_operation_are(app: &mut TestApp) {
        let key = "idempotency_key";
        refused(&app.as_user("owner"), &[
            ("get_balance", json!({"account_id": "other"}), "invalid_query"),
            ("list_usage_history", json!({"limit": 101}), "invalid_query"),
            ("list_usage_history", json!({"limit": "5"}), "invalid_query"),
            ("list_usage_history", json!({"limit": 1e300}), "invalid_query"),
            ("list_usage_history", json!({"kind": "gift"}), "invalid_query"),
            ("list_usage_history", json!({"reference": "\u{0}"}), "invalid_query"),
            ("list_usage_history", json!({"from": "yesterday"}), "invalid_query"),
            ("list_usage_history", json!({"cursor": "made-up"}), "invalid_cursor"),
            ("list_usage_history", json!({"account_id": "other"}), "invalid_query"),
            ("list_packages", json!({"currency": ["usd"]}), "invalid_query"),
            ("list_packages", json!({"currency": "xxx"}), "unknown_currency"),
            ("create_quote", json!({}), "invalid_body"),
            ("create_quote", json!({"operation": "alchemy", "quantities": {}}), "unknown_operation"),
            ("create_quote", json!({"operation": "market_analysis", "quantities": {"reports": -1}}), "invalid_body"),
            ("create_quote", json!({"operation": "market_analysis", "quantities": {"reports": 1}, "why": 1}), "invalid_body"),
            ("create_checkout_session", json!({"package_id": "starter", "credits": "5", key: "a"}), "invalid_offer"),
            ("create_checkout_session", json!({"package_id": "starter", "price": 1, key: "b"}), "invalid_body"),
            ("create_checkout_session", json!({"package_id": null, key: "c"}), "invalid_body"),
            ("create_checkout_session", json!({"package_id": "none", key: "d"}), "not_found"),
            ("create_checkout_session", json!({"credits": "1", key: "e"}), "credits_out_of_range"),
        ]).await;
    }
}
