//! The page beside the API: what it has to know, who gets a token of the sandbox, and that none of it is there
//! where the platform has not said where tokens come from.

use credits::http::error::ErrorCode;
use serde_json::json;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

const NO_TOKENS_OF_OURS: &str = "--jwks-url=http://127.0.0.1:9/jwks.json";

with_app! {
    async fn the_page_gets_a_token_of_the_sandbox_and_sees_its_account(app: &mut TestApp) {
        let visitor = app.anonymous();
        let settings = visitor.get("/page.json").await.ok();
        assert_eq!(settings, json!({
            "api_url": "", "token_url": "/sandbox/token", "sign_in_url": null,
            "product_name": "Credits", "sandbox": true
        }));
        for (path, account) in [("/sandbox/token", "user-1"), ("/sandbox/token?account=user-7", "user-7")] {
            let signed_in = visitor.call("POST", path).await.ok();
            let mut page = visitor.clone();
            page.token = Some(signed_in["access_token"].as_str().unwrap().to_owned());
            let balance = page.get("/v1/balance").await.ok();
            assert_eq!(balance["account_id"], account);
            // A user, and nothing more.
            page.get("/v1/admin/purchases").await.problem(ErrorCode::InsufficientScope);
            page.get("/v1/accounts/user-1/balance").await.problem(ErrorCode::InsufficientScope);
            let until = OffsetDateTime::parse(signed_in["expires_at"].as_str().unwrap(), &Rfc3339);
            let left = until.unwrap().unix_timestamp() - app.clock.now().unix_seconds();
            assert_eq!(left, 3_600);
        }
    }

    async fn a_token_is_for_an_account_and_nothing_else_can_be_asked_for(app: &mut TestApp) {
        let visitor = app.anonymous();
        for query in ["account=", "account=two%20words", "scope=credits:admin", "account=a&account=b"] {
            let refused = visitor.call("POST", &format!("/sandbox/token?{query}")).await;
            refused.problem(ErrorCode::InvalidQuery);
        }
    }

    async fn the_page_may_load_nothing_from_elsewhere_and_is_asked_for_anew_each_time(app: &mut TestApp) {
        let index = app.anonymous().get("/").await;
        assert_eq!(index.status, 200);
        assert!(index.header("content-type").unwrap().starts_with("text/html"));
        let policy = index.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'self'") && policy.contains("connect-src 'self';"), "{policy}");
        assert!(matches!(index.header("cache-control"), Some("no-cache" | "no-store")));
        for path in ["/assets/none.js", "/assets/..%2fpage.json", "/assets/../../Cargo.toml"] {
            app.anonymous().get(path).await.problem(ErrorCode::NotFound);
        }
    }

    async fn where_tokens_come_from_elsewhere_the_page_is_sent_there(app: &mut TestApp) {
        app.restart(&[
            NO_TOKENS_OF_OURS,
            "--page-token-url=https://acme.example/session/token",
            "--page-sign-in-url=https://acme.example/login",
            "--product-name=Acme",
        ]).await;
        let visitor = app.anonymous();
        assert_eq!(visitor.get("/page.json").await.ok(), json!({
            "api_url": "", "token_url": "https://acme.example/session/token",
            "sign_in_url": "https://acme.example/login", "product_name": "Acme", "sandbox": false
        }));
        let index = visitor.get("/").await;
        let policy = index.header("content-security-policy").unwrap();
        assert!(policy.contains("connect-src 'self' https://acme.example;"), "{policy}");
        visitor.call("POST", "/sandbox/token").await.problem(ErrorCode::NotFound);
    }

    async fn where_no_token_can_be_had_there_is_no_page(app: &mut TestApp) {
        app.restart(&[NO_TOKENS_OF_OURS]).await;
        let visitor = app.anonymous();
        for (method, path) in [("GET", "/"), ("GET", "/page.json"), ("POST", "/sandbox/token")] {
            visitor.call(method, path).await.problem(ErrorCode::NotFound);
        }
    }
}
