//! The administrator's door has one address: no other spelling of it, no other method and no header
//! leads past its lock. The bytes are sent as they stand here, since a decent client would mend them.

use credits::http::error::ErrorCode;
use serde_json::json;

use crate::support::app::TestApp;
use crate::support::raw;

const DOOR: &str = "/v1/admin/accounts/user-1/adjustments";

/// A user's request to a path, with everything an adjustment needs but the right.
async fn knock(app: &TestApp, method: &str, path: &str, extra: &[&str]) -> raw::RawAnswer {
    let body = json!({"credits": "+5", "reason": "mine"}).to_string();
    let token = app.as_user("user-1").token.unwrap();
    let authorization = format!("Authorization: Bearer {token}");
    let length = format!("Content-Length: {}", body.len());
    let mut headers = vec![
        authorization.as_str(),
        length.as_str(),
        "Content-Type: application/json",
        "Idempotency-Key: k",
    ];
    headers.extend(extra);
    raw::send(app, &format!("{method} {path}"), &headers, body.as_bytes()).await
}

with_app! {
    async fn no_spelling_of_an_admin_path_lets_a_user_in(app: &mut TestApp) {
        for path in [
            DOOR, "//v1/admin/accounts/user-1/adjustments", "/v1//admin/accounts/user-1/adjustments",
            "/v1/admin/accounts/user-1/adjustments/", "/v1/admin/accounts/user-1/adjustments//",
            "/V1/ADMIN/accounts/user-1/adjustments", "/v1/Admin/accounts/user-1/adjustments",
            "/v1/balance/../admin/accounts/user-1/adjustments",
            "/v1/balance/%2e%2e/admin/accounts/user-1/adjustments",
            "/v1/%61dmin/accounts/user-1/adjustments", "/v1/admin%2faccounts/user-1/adjustments",
            "/v1/admin/./accounts/user-1/adjustments", "/v1/admin;x=1/accounts/user-1/adjustments",
            "/v1/admin/accounts/user-1/adjustments?method=POST", "/v1/admin/accounts/user-1/adjustments%00",
            "/v1/admin/accounts/user-1/adjustments.json", "/v1/admin/accounts//adjustments",
        ] {
            let answer = knock(app, "POST", path, &[]).await;
            assert!([403, 404, 400].contains(&answer.status), "{path}: {} {}", answer.status, answer.body);
            assert!(answer.head.contains("application/problem+json"), "{path}: {}", answer.head);
        }
        assert_eq!(app.available("user-1").await, "0");
    }

    async fn no_method_and_no_header_lets_a_user_in(app: &mut TestApp) {
        for method in ["GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "post", "PROPFIND"] {
            let answer = knock(app, method, DOOR, &[]).await;
            assert!([403, 404, 405, 400].contains(&answer.status), "{method}: {}", answer.status);
            if method != "HEAD" {
                assert!(answer.body.contains("\"code\""), "{method}: {}", answer.body);
            }
        }
        for header in ["X-HTTP-Method-Override: POST", "X-Original-URL: /v1/admin/accounts/user-1/adjustments",
            "X-Rewrite-URL: /v1/admin/accounts/user-1/adjustments", "X-Forwarded-Prefix: /v1/admin"] {
            let answer = knock(app, "GET", "/v1/balance", &[header]).await;
            assert_eq!(answer.status, 200, "{header}");
            assert!(answer.body.contains("\"available\":\"0\""), "{header}: {}", answer.body);
            assert_eq!(knock(app, "POST", DOOR, &[header]).await.status, 403, "{header}");
        }
        assert_eq!(app.available("user-1").await, "0");
    }

    async fn two_authorizations_or_one_in_the_query_are_none(app: &mut TestApp) {
        let token = app.as_admin().token.unwrap();
        let one = format!("Authorization: Bearer {token}");
        let twice = raw::send(app, "GET /v1/balance", &[&one, &one], b"").await;
        assert_eq!(twice.status, 401, "{}", twice.body);
        let path = format!("GET /v1/balance?access_token={token}&token={token}");
        assert_eq!(raw::send(app, &path, &[], b"").await.status, 401);
        app.anonymous().get("/v1/balance").await.problem(ErrorCode::Unauthorized);
        for scheme in ["Basic", "Token", ""] {
            let header = format!("{scheme} {token}");
            let refused = app.anonymous().get("/v1/balance").header("authorization", &header).await;
            refused.problem(ErrorCode::Unauthorized);
        }
    }

    async fn the_token_of_a_moved_clock_is_judged_by_the_services_clock(app: &mut TestApp) {
        let mut claims = app.claims("user-1", "credits:read");
        claims["exp"] = json!(app.clock.now().unix_seconds() + 1);
        let user = app.with_claims(&claims);
        user.get("/v1/balance").await.ok();
        app.advance(60);
        user.get("/v1/balance").await.ok();
        app.advance(1);
        user.get("/v1/balance").await.problem(ErrorCode::Unauthorized);
    }
}
