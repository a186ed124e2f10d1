//! What the framework refuses by itself looks like everything else that is refused, and methods
//! nobody thought of do no harm.

use credits::http::error::ErrorCode;
use serde_json::json;

use crate::support::purchases::SESSIONS;
use crate::support::raw;

with_app! {
    async fn a_path_with_another_method_says_which_it_takes(app: &mut TestApp) {
        let user = app.with_scope("user-1", "credits:read credits:consume");
        for (method, path, allowed) in [
            ("POST", "/v1/balance", "GET"), ("DELETE", SESSIONS, "POST"),
            ("PATCH", "/v1/purchases/x", "GET"), ("GET", "/v1/webhooks/stripe", "POST"),
            ("PUT", "/v1/admin/accounts/user-1/adjustments", "POST"), ("TRACE", "/v1/balance", "GET"),
            ("BREW", "/v1/balance", "GET"), ("GET", "/v1/debits/batch", "POST"), ("DELETE", "/v1/debits/batch", "POST"),
        ] {
            let refused = user.call(method, path).await;
            refused.problem(ErrorCode::MethodNotAllowed);
            assert_eq!(refused.header("allow"), Some(allowed), "{method} {path}");
        }
    }

    async fn a_path_that_is_none_is_not_found_for_everybody(app: &mut TestApp) {
        for client in [app.anonymous(), app.as_user("user-1"), app.as_admin()] {
            for path in ["/index.html", "/assets/", "/v1", "/v1/", "/v2/balance", "/v1/balances", "/v1/balance/", "/admin", "/metrics", "/.env"] {
                client.get(path).await.problem(ErrorCode::NotFound);
            }
        }
    }

    async fn an_id_that_cannot_be_one_is_the_id_of_nothing(app: &mut TestApp) {
        let user = app.as_user("user-1");
        let session = app.starter("user-1").await;
        let id = session["purchase_id"].as_str().unwrap();
        user.get(&format!("/v1/purchases/{id}")).await.ok();
        let long = "a".repeat(10_000);
        for wrong in ["x", "1", "{}", "null", "..", "%00", "%ff", "%F0%9F%92%B0", "%D9%A1%D9%A2", &long, "a%2fb", "'%20OR%201=1--"] {
            for path in ["/v1/purchases", SESSIONS] {
                let answer = user.get(&format!("{path}/{wrong}")).await;
                assert!([400, 404].contains(&answer.status), "{wrong}: {answer:?}");
                assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{wrong}");
            }
        }
        for wrong in [&"a".repeat(256)[..], "%20", "a%20b", "%C3%A9", "%0A"] {
            let path = format!("/v1/admin/accounts/{wrong}/adjustments");
            let body = json!({"credits": "+1", "reason": "r"});
            let answer = app.as_admin().post(&path, &body).fresh_key().await;
            assert!([400, 404].contains(&answer.status), "{wrong}: {answer:?}");
        }
        // What is the same id written otherwise may be found or not, but never anybody else's.
        for written in [id.to_uppercase(), format!("%7B{id}%7D"), format!("urn:uuid:{id}"), id.replace('-', "")] {
            let answer = user.get(&format!("/v1/purchases/{written}")).await;
            assert!([200, 404].contains(&answer.status), "{answer:?}");
            let other = app.as_user("other").get(&format!("/v1/purchases/{written}")).await;
            assert_eq!(other.status, 404);
        }
    }

    async fn head_options_and_trace_do_no_harm(app: &mut TestApp) {
        let user = app.as_user("user-1");
        for method in ["HEAD", "OPTIONS", "TRACE"] {
            for path in ["/v1/balance", SESSIONS, "/v1/admin/accounts/user-1/adjustments", "/health/live"] {
                let answer = user.call(method, path).await;
                assert!((200..500).contains(&answer.status), "{method} {path}: {answer:?}");
                assert!(!answer.text.contains("Bearer"), "{method} {path} echoes the token");
                assert!(!answer.text.contains("\"available\""), "{method} {path}");
            }
        }
        let head = user.call("HEAD", "/v1/balance").await;
        assert!(head.text.is_empty());
    }

    async fn a_browser_elsewhere_is_told_nothing(app: &mut TestApp) {
        let user = app.as_user("user-1");
        for origin in ["https://evil.example", "null", "http://localhost"] {
            let answer = user.get("/v1/balance").header("origin", origin).await;
            assert_eq!(answer.header("access-control-allow-origin"), None, "{origin}");
            let preflight = user.call("OPTIONS", "/v1/balance").header("origin", origin)
                .header("access-control-request-method", "GET").await;
            assert_eq!(preflight.header("access-control-allow-origin"), None, "{origin}");
            assert!((200..500).contains(&preflight.status), "{preflight:?}");
        }
    }

    async fn an_origin_of_the_configuration_may_read_and_no_look_alike(app: &mut TestApp) {
        app.restart(&["--cors-origins=https://app.example.com"]).await;
        let user = app.as_user("user-1");
        let ours = "https://app.example.com";
        let answer = user.get("/v1/balance").header("origin", ours).await;
        assert_eq!(answer.header("access-control-allow-origin"), Some(ours));
        assert_eq!(answer.header("access-control-allow-credentials"), None);
        assert!(answer.header("vary").unwrap().to_ascii_lowercase().contains("origin"));
        for other in ["https://app.example.com.evil.example", "https://xapp.example.com", "http://app.example.com",
            "https://app.example.com:8443", "https://APP.example.com", "null"] {
            let answer = user.get("/v1/balance").header("origin", other).await;
            assert_eq!(answer.header("access-control-allow-origin"), None, "{other}");
        }
    }

    async fn a_form_of_a_foreign_page_moves_nothing(app: &mut TestApp) {
        let admin = app.as_admin();
        let path = "/v1/admin/accounts/user-1/adjustments";
        for kind in ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "application/jsonx", "text/json"] {
            let call = admin.call("POST", path).header("content-type", kind).body(r#"{"credits":"+1","reason":"r"}"#);
            call.fresh_key().await.problem(ErrorCode::UnsupportedMediaType);
        }
        assert_eq!(app.available("user-1").await, "0");
        let none = raw::send(app, "POST /v1/webhooks/stripe", &["Content-Length: 2"], b"{}").await;
        assert_eq!(none.status, 415);
    }
}
