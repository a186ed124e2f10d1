//! Bodies that are no JSON in UTF-8, or not one value of it, or too much: refused at once, with the
//! service none the worse for it.

use credits::http::error::ErrorCode;

use crate::support::app::TestApp;
use crate::support::client::Answer;
use crate::support::raw;

const ADJUST: &str = "/v1/admin/accounts/user-1/adjustments";
const GOOD: &str = r#"{"credits":"+1","reason":"r"}"#;

async fn send(app: &TestApp, body: impl Into<Vec<u8>>) -> Answer {
    app.as_admin().post_text(ADJUST, body).fresh_key().await
}

with_app! {
    async fn a_body_is_one_json_object_and_nothing_else(app: &mut TestApp) {
        let deep_list = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        let deep = format!(r#"{{"credits":{},"reason":"r"}}"#, "[".repeat(10_000));
        let utf16: Vec<u8> = GOOD.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let bodies: Vec<Vec<u8>> = vec![
            b"".to_vec(), b" ".to_vec(), b"null".to_vec(), b"[]".to_vec(), b"\"text\"".to_vec(), b"{".to_vec(),
            b"not json".to_vec(), format!("{GOOD}x").into_bytes(), format!("{GOOD}{GOOD}").into_bytes(),
            format!("[{GOOD}]").into_bytes(), format!("{GOOD},").into_bytes(),
            br#"{"credits":"+1","credits":"+1","reason":"r"}"#.to_vec(),
            br#"{"credits":"+1","reason":"r","reason":"r"}"#.to_vec(),
            br#"{"credits":"+1","reason":"r",}"#.to_vec(), br#"{'credits':'+1','reason':'r'}"#.to_vec(),
            br#"{"credits":"+1","reason":"\ud800"}"#.to_vec(), br#"{"credits":"+1","reason":"\udc00\ud800"}"#.to_vec(),
            b"{\"credits\":\"+1\",\"reason\":\"\xff\xfe\"}".to_vec(), b"{\"credits\":\"+1\",\"reason\":\"\xed\xa0\x80\"}".to_vec(),
            br#"{"credits":"+1","reason":"a\u0000b"}"#.to_vec(), b"{\"credits\":\"+1\",\"reason\":\"a\x00b\"}".to_vec(),
            [b"\xef\xbb\xbf", GOOD.as_bytes()].concat(), utf16, deep_list.into_bytes(), deep.into_bytes(),
            br#"{"Credits":"+1","reason":"r"}"#.to_vec(), br#"{"reason":"r"}"#.to_vec(),
        ];
        for body in bodies {
            let shown: String = String::from_utf8_lossy(&body).chars().take(60).collect();
            let answer = send(app, body).await;
            assert_eq!(answer.status, 400, "{shown}: {answer:?}");
            answer.problem(ErrorCode::InvalidBody);
        }
        assert_eq!(app.available("user-1").await, "0");
    }

    async fn a_body_is_plain_and_declared_to_be_json_in_utf8(app: &mut TestApp) {
        let admin = app.as_admin();
        let typed = |kind: &'static str| admin.call("POST", ADJUST).header("content-type", kind).body(GOOD).fresh_key();
        for kind in ["application/json", "Application/JSON", "application/json; charset=utf-8", "application/json;charset=UTF-8"] {
            typed(kind).await.ok();
        }
        for kind in ["application/json; charset=utf-16", "application/json; charset=latin1", "application/x-json", "application/json, text/plain", "*/*", ""] {
            typed(kind).await.problem(ErrorCode::UnsupportedMediaType);
        }
        for coding in ["gzip", "deflate", "br", "zstd", "gzip, identity", "x"] {
            let answer = admin.post_text(ADJUST, GOOD).header("content-encoding", coding).fresh_key().await;
            answer.problem(ErrorCode::UnsupportedMediaType);
        }
        admin.post_text(ADJUST, GOOD).header("content-encoding", "identity").fresh_key().await.ok();
    }

    async fn a_large_body_is_refused_before_it_is_read(app: &mut TestApp) {
        let padding = |size: usize| format!("{GOOD}{}", " ".repeat(size - GOOD.len()));
        send(app, padding(64 * 1024)).await.ok();
        send(app, padding(64 * 1024 + 1)).await.problem(ErrorCode::BodyTooLarge);
        // Announced and never sent: the answer must not wait for it.
        let token = app.as_admin().token.unwrap();
        let authorization = format!("Authorization: Bearer {token}");
        let chunk = format!("20000\r\n{}\r\n0\r\n\r\n", "x".repeat(0x20000));
        let headers = [authorization.as_str(), "Content-Type: application/json", "Transfer-Encoding: chunked", "Idempotency-Key: k"];
        let answer = raw::send(app, &format!("POST {ADJUST}"), &headers, chunk.as_bytes()).await;
        assert_eq!(answer.status, 413, "{}", answer.body);
        assert_eq!(app.available("user-1").await, "1");
    }

    async fn length_and_chunks_together_are_no_request(app: &mut TestApp) {
        let token = app.as_admin().token.unwrap();
        let authorization = format!("Authorization: Bearer {token}");
        let common = [authorization.as_str(), "Content-Type: application/json", "Idempotency-Key: k"];
        for pair in [["Content-Length: 29", "Content-Length: 4"], ["Content-Length: 29", "Transfer-Encoding: chunked"], ["Content-Length: 29", "Content-Length: x"]] {
            let headers = [&common[..], &pair[..]].concat();
            let answer = raw::send(app, &format!("POST {ADJUST}"), &headers, GOOD.as_bytes()).await;
            assert_eq!(answer.status, 400, "{pair:?}: {}", answer.body);
        }
        assert_eq!(app.available("user-1").await, "0");
    }
}
