//! One account never sees, names or becomes another: what is somebody else's looks like what does
//! not exist, and nothing a caller sends says who they are but their token.

use credits::http::error::ErrorCode;
use serde_json::{Value, json};

use crate::support::client::Answer;
use crate::support::purchases::SESSIONS;

/// Everything but what differs from one request to the next.
fn without_request_id(answer: &Answer) -> (u16, Value, Vec<(String, String)>) {
    let mut problem = answer.problem(ErrorCode::NotFound);
    problem["request_id"] = Value::Null;
    // Each differs from one request to the next, or is written in any order.
    const VARYING: [&str; 4] = [
        "x-request-id",
        "date",
        "vary",
        "access-control-expose-headers",
    ];
    let headers = answer.headers.iter();
    let headers = headers.filter(|(name, _)| !VARYING.contains(&name.as_str()));
    let mut headers: Vec<(String, String)> = headers
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    headers.sort();
    (answer.status, problem, headers)
}

with_app! {
    async fn somebody_elses_thing_looks_like_one_that_does_not_exist(app: &mut TestApp) {
        let session = app.starter("owner").await;
        let other = app.as_user("other");
        let id = session["id"].as_str().unwrap();
        let purchase = session["purchase_id"].as_str().unwrap();
        let pairs = [
            (format!("{SESSIONS}/{id}"), format!("{SESSIONS}/{}x", &id[..id.len() - 1])),
            (format!("/v1/purchases/{purchase}"), "/v1/purchases/019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9".to_owned()),
        ];
        for (foreign, missing) in pairs {
            let foreign = other.get(&foreign).await;
            let missing = other.get(&missing).await;
            assert_eq!(without_request_id(&foreign), without_request_id(&missing));
            assert_eq!(foreign.text.len(), missing.text.len());
        }
    }

    async fn nothing_but_the_token_says_whose_account_it_is(app: &mut TestApp) {
        app.give("owner", "+100").await;
        let other = app.as_user("other");
        for name in ["x-user-id", "x-account-id", "account-id", "x-forwarded-user", "cookie", "x-tenant"] {
            let balance = other.get("/v1/balance").header(name, "owner").await.ok();
            assert_eq!((&balance["account_id"], &balance["available"]), (&json!("other"), &json!("0")));
        }
        for name in ["account_id", "user_id", "tenant", "sub"] {
            for list in ["/v1/lots", "/v1/usage-history", "/v1/purchases"] {
                other.get(&format!("{list}?{name}=owner")).await.problem(ErrorCode::InvalidQuery);
            }
            let body = json!({"package_id": "starter", name: "owner"});
            other.post(SESSIONS, &body).fresh_key().await.problem(ErrorCode::InvalidBody);
        }
        // A query that an operation does not look at changes nothing either.
        let balance = other.get("/v1/balance?account_id=owner").await;
        assert_ne!(balance.json()["account_id"], "owner");
    }

    async fn a_field_that_is_not_the_callers_to_set_is_refused(app: &mut TestApp) {
        let user = app.as_user("user-1");
        for (field, value) in [
            ("status", json!("paid")), ("balance", json!("100")), ("role", json!("admin")),
            ("price", json!({"amount": 1, "currency": "usd"})), ("bonus_credits", json!("100")),
            ("expires_at", json!("2099-01-01T00:00:00Z")), ("created_at", json!(0)),
            ("purchase_id", json!("019aaf0d-1b00-7c55-9d02-51f0a3c4b7e9")), ("livemode", json!(true)),
        ] {
            let body = json!({"package_id": "starter", field: value});
            let refused = user.post(SESSIONS, &body).fresh_key().await;
            let problem = refused.problem(ErrorCode::InvalidBody);
            assert!(problem["detail"].as_str().unwrap().contains(field), "{problem}");
        }
        for field in ["account_id", "source", "actor", "sequence", "created_at", "priority"] {
            let body = json!({"credits": "+1", "reason": "r", field: "x"});
            let path = "/v1/admin/accounts/user-1/adjustments";
            app.as_admin().post(path, &body).fresh_key().await.problem(ErrorCode::InvalidBody);
        }
        assert_eq!(app.stripe_sessions().await, 0);
        assert_eq!(app.available("user-1").await, "0");
    }

    async fn rights_come_from_the_scope_and_from_no_other_claim(app: &mut TestApp) {
        let path = "/v1/admin/accounts/user-1/adjustments";
        let body = json!({"credits": "+1", "reason": "r"});
        for (claim, value) in [
            ("user_metadata", json!({"role": "admin", "scope": "credits:admin"})),
            ("role", json!("admin")), ("roles", json!(["credits:admin"])),
            ("permissions", json!(["credits:admin"])), ("is_admin", json!(true)),
            ("app_metadata", json!({"scopes": ["credits:admin"]})), ("scp", json!("credits:admin")),
        ] {
            let mut claims = app.claims("user-1", "credits:read");
            claims[claim] = value;
            let refused = app.with_claims(&claims).post(path, &body).fresh_key().await;
            refused.problem(ErrorCode::InsufficientScope);
        }
        let mut claims = app.claims("user-1", "credits:read");
        claims["account_id"] = json!("owner");
        let balance = app.with_claims(&claims).get("/v1/balance").await.ok();
        assert_eq!(balance["account_id"], "user-1");
    }

    async fn a_cursor_is_of_one_caller_and_one_list_and_unchanged(app: &mut TestApp) {
        for account in ["owner", "other"] {
            for _ in 0..3 {
                app.give(account, "+1").await;
            }
        }
        let (owner, other) = (app.as_user("owner"), app.as_user("other"));
        let page = owner.get("/v1/usage-history?limit=1").await.ok();
        let cursor = page["next_cursor"].as_str().unwrap();
        let with = |list: &str, cursor: &str| format!("{list}limit=1&cursor={cursor}");
        owner.get(&with("/v1/usage-history?", cursor)).await.ok();
        other.get(&with("/v1/usage-history?", cursor)).await.problem(ErrorCode::InvalidCursor);
        owner.get(&with("/v1/lots?", cursor)).await.problem(ErrorCode::InvalidCursor);
        owner.get(&with("/v1/purchases?", cursor)).await.problem(ErrorCode::InvalidCursor);
        owner.get(&with("/v1/usage-history?kind=grant&", cursor)).await.problem(ErrorCode::InvalidCursor);
        let mut flipped = cursor.to_owned().into_bytes();
        for place in 0..flipped.len() {
            let was = flipped[place];
            flipped[place] = if was == b'A' { b'B' } else { b'A' };
            let text = String::from_utf8(flipped.clone()).unwrap();
            owner.get(&with("/v1/usage-history?", &text)).await.problem(ErrorCode::InvalidCursor);
            flipped[place] = was;
        }
        for nonsense in ["", "x", "AAAA", "%00", "..%2f..", &"A".repeat(600)] {
            owner.get(&with("/v1/usage-history?", nonsense)).await.problem(ErrorCode::InvalidCursor);
        }
    }

    async fn a_limit_is_one_to_a_hundred(app: &mut TestApp) {
        let user = app.as_user("user-1");
        for list in ["/v1/lots", "/v1/usage-history", "/v1/purchases"] {
            for limit in ["1", "100"] {
                user.get(&format!("{list}?limit={limit}")).await.ok();
            }
            for limit in ["0", "-1", "101", "1000000000", "9223372036854775808", "1.5", "ten", "", "1e1", "%201"] {
                user.get(&format!("{list}?limit={limit}")).await.problem(ErrorCode::InvalidQuery);
            }
            user.get(&format!("{list}?limit=1&limit=2")).await.problem(ErrorCode::InvalidQuery);
        }
    }
}
