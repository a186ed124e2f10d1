//! The endpoint of the Model Context Protocol: who may speak to it, what it takes, and that it
//! remembers nothing.

use credits::http::agents::Tool;
use credits::http::error::ErrorCode;
use credits::http::openapi;
use serde_json::{Value, json};

/// The handshake of the revisions before the one without it.
fn handshake() -> Value {
    json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"}
    }})
}

with_app! {
    async fn it_introduces_itself_and_keeps_no_session(app: &mut TestApp) {
        let owner = app.as_user("owner");
        let found = owner.hear("server/discover", json!({})).await;
        assert!(found["supportedVersions"].as_array().unwrap().contains(&json!("2026-07-28")), "{found}");
        assert!(found["capabilities"].get("tools").is_some(), "{found}");
        let shaken = owner.post("/mcp", &handshake()).await;
        assert!(shaken.header("mcp-session-id").is_none());
        assert_eq!(shaken.header("content-type"), Some("application/json"));
        assert_eq!(shaken.ok()["result"]["serverInfo"]["name"], "credits");
        // The next message of an older client stands by itself as well.
        let asked = json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list"});
        let listed = owner.post("/mcp", &asked).header("mcp-protocol-version", "2025-06-18").await.ok();
        assert_eq!(listed["result"]["tools"].as_array().unwrap().len(), Tool::ALL.len());
        let told = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
        let told = owner.post("/mcp", &told).header("mcp-protocol-version", "2025-06-18").await;
        assert_eq!((told.status, told.text.as_str()), (202, ""));
    }

    async fn whoever_has_no_token_learns_that_one_is_needed(app: &mut TestApp) {
        let nobody = app.anonymous();
        for answer in [
            nobody.post("/mcp", &handshake()).await,
            nobody.say("server/discover", json!({})).await,
            nobody.say("tools/list", json!({})).await,
            nobody.post("/mcp", &json!("nonsense")).await,
        ] {
            answer.problem(ErrorCode::Unauthorized);
            assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
        }
        let mut claims = app.claims("owner", "credits:read");
        claims["exp"] = json!(1);
        let answer = app.with_claims(&claims).say("tools/list", json!({})).await;
        answer.problem(ErrorCode::Unauthorized);
        assert_eq!(answer.header("www-authenticate"), Some(r#"Bearer error="invalid_token""#));
    }

    async fn only_pages_that_are_known_may_speak(app: &mut TestApp) {
        app.restart(&["--cors-origins=https://app.example.com"]).await;
        let owner = app.as_user("owner");
        let own = app.url().to_owned();
        for (origin, known) in [
            ("https://app.example.com", true),
            (own.as_str(), true),
            ("https://app.example.com.evil.example", false),
            ("http://app.example.com", false),
            ("https://evil.example", false),
            ("null", false),
        ] {
            let answer = owner.post("/mcp", &handshake()).header("origin", origin).await;
            if known {
                assert_eq!(answer.status, 200, "{origin}: {answer:?}");
            } else {
                answer.problem(ErrorCode::OriginNotAllowed);
            }
        }
        // A browser asks first whether it may send the protocol's headers.
        let asked = owner.call("OPTIONS", "/mcp").header("origin", "https://app.example.com");
        let asked = asked.header("access-control-request-method", "POST");
        let asked = asked.header("access-control-request-headers", "mcp-method,mcp-protocol-version");
        assert_eq!(asked.await.status, 200);
    }

    async fn only_messages_are_taken_and_only_by_post(app: &mut TestApp) {
        let owner = app.as_user("owner");
        for method in ["GET", "DELETE", "PUT"] {
            let answer = owner.call(method, "/mcp").await;
            answer.problem(ErrorCode::MethodNotAllowed);
            assert_eq!(answer.header("allow"), Some("POST"));
        }
        let long = " ".repeat(64 * 1024 + 1);
        owner.post_text("/mcp", long).await.problem(ErrorCode::BodyTooLarge);
        for text in ["", "{", "[]", "7", r#"{"id": 1}"#, "\u{0}"] {
            owner.post_text("/mcp", text).await.problem(ErrorCode::InvalidBody);
        }
        let form = owner.call("POST", "/mcp").header("content-type", "text/plain").body("{}");
        form.await.problem(ErrorCode::UnsupportedMediaType);
    }

    async fn what_the_protocol_does_not_know_is_an_error_of_the_protocol(app: &mut TestApp) {
        const INVALID_PARAMS: i64 = -32602;
        const METHOD_NOT_FOUND: i64 = -32601;
        let owner = app.as_user("owner");
        for (method, params, code) in [
            ("tools/call", json!({"name": "take_everything", "arguments": {}}), INVALID_PARAMS),
            ("tools/call", json!({"name": "GET_BALANCE"}), INVALID_PARAMS),
            ("tools/take", json!({}), METHOD_NOT_FOUND),
            ("resources/list", json!({}), METHOD_NOT_FOUND),
        ] {
            let answer = owner.say(method, params).await;
            assert!(answer.status < 500, "{answer:?}");
            assert_eq!(answer.json()["error"]["code"], code, "{method}: {answer:?}");
        }
        for arguments in [json!([1]), json!("all"), json!(7)] {
            let params = json!({"name": "get_balance", "arguments": arguments});
            let answer = owner.say("tools/call", params).await;
            assert!(answer.status < 500, "{answer:?}");
            assert!(answer.json()["error"]["code"].is_i64(), "{answer:?}");
        }
    }

    async fn a_tool_is_described_by_the_document(app: &mut TestApp) {
        let document: Value = serde_json::from_str(&openapi::document()).unwrap();
        let listed = app.as_user("owner").hear("tools/list", json!({})).await;
        let tools = listed["tools"].as_array().unwrap();
        assert_eq!(tools.len(), Tool::ALL.len());
        for tool in tools {
            for schema in [&tool["inputSchema"], &tool["outputSchema"]] {
                assert_eq!(schema["type"], "object", "{tool}");
                a_validator_has_all_it_needs(schema, schema);
            }
            assert_eq!(tool["inputSchema"]["additionalProperties"], false);
            for hint in ["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"] {
                assert!(tool["annotations"][hint].is_boolean(), "{tool}");
            }
        }
        let of = |name: &str| tools.iter().find(|it| it["name"] == name).unwrap();
        let schemas = &document["components"]["schemas"];
        let quote = &of("create_quote")["inputSchema"];
        assert_eq!(quote["required"], schemas["NewQuote"]["required"]);
        assert_eq!(quote["$defs"]["Quantities"], schemas["Quantities"]);
        assert_eq!(of("list_usage_history")["inputSchema"]["properties"]["limit"]["maximum"], 100);
        let checkout = &of("create_checkout_session")["inputSchema"];
        assert_eq!(checkout["required"], json!(["idempotency_key"]));
        let mut taken = checkout["properties"].clone();
        let key = taken.as_object_mut().unwrap().remove("idempotency_key").unwrap();
        assert_eq!(key["maxLength"], 255);
        assert_eq!(taken, schemas["NewCheckoutSession"]["properties"]);
    }
}

fn a_validator_has_all_it_needs(whole: &Value, part: &Value) {
    match part {
        Value::Object(members) => {
            if let Some(Value::String(format)) = members.get("format") {
                assert!(!["decimal", "double", "int32", "int64"].contains(&format.as_str()));
            }
            if let Some(Value::String(reference)) = members.get("$ref") {
                let target = whole.pointer(reference.strip_prefix('#').unwrap());
                assert!(target.is_some_and(Value::is_object), "{reference}");
            }
            for member in members.values() {
                a_validator_has_all_it_needs(whole, member);
            }
        }
        Value::Array(items) => {
            for item in items {
                a_validator_has_all_it_needs(whole, item);
            }
        }
        _ => {}
    }
}
