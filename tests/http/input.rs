//! What stands for an amount, and what does not; and texts that mean harm.

use credits::http::error::ErrorCode;
use serde_json::{Value, json};

use crate::support::purchases::SESSIONS;

const ADJUST: &str = "/v1/admin/accounts/user-1/adjustments";

/// Texts that are no amount anywhere.
pub fn nonsense() -> Vec<Value> {
    let huge = format!("1{}", "0".repeat(400));
    let texts = [
        "",
        " ",
        "1 ",
        " 1",
        "1e3",
        "1E3",
        "0x10",
        "1,5",
        "1_000",
        "NaN",
        "Infinity",
        "-Infinity",
        "inf",
        "null",
        "true",
        "++1",
        "--1",
        "+-1",
        "1.",
        ".5",
        "1.0000001",
        "01",
        "00",
        "-01",
        "+",
        "-",
        "-0",
        "+0",
        "١",
        "１",
        "1\u{0}",
        "1\n",
        "9223372036854775808",
        "18446744073709551616",
        "9000000000.000001",
        huge.as_str(),
    ];
    let mut all: Vec<Value> = texts.iter().map(|text| json!(text)).collect();
    all.extend([
        json!(1),
        json!(1.5),
        json!(-1),
        json!(null),
        json!(true),
        json!([]),
        json!(["1"]),
        json!({}),
        json!(9_007_199_254_740_992_i64),
    ]);
    all
}

with_app! {
    async fn only_a_plain_decimal_text_is_an_adjustment(app: &mut TestApp) {
        let admin = app.as_admin();
        for credits in nonsense() {
            let answer = admin.post(ADJUST, &json!({"credits": credits, "reason": "r"})).fresh_key().await;
            assert_eq!(answer.status, 400, "{credits}: {answer:?}");
            let problem = answer.problem(ErrorCode::InvalidBody);
            assert!(problem["detail"].as_str().unwrap().len() < 300, "{problem}");
        }
        for credits in ["0", "0.000000", "+10000000.000001", "-10000001", "9000000000"] {
            let answer = admin.post(ADJUST, &json!({"credits": credits, "reason": "r"})).fresh_key().await;
            answer.problem(ErrorCode::AdjustmentOutOfRange);
        }
        assert_eq!(app.available("user-1").await, "0");
        for (credits, available) in [
            ("1", "1"), ("+1.0", "2"), ("1.500000", "3.5"), ("0.000001", "3.500001"), ("-3.500001", "0"), ("+10000000", "10000000"),
        ] {
            let given = admin.post(ADJUST, &json!({"credits": credits, "reason": "r"})).fresh_key().await.ok();
            assert_eq!(given["balance"]["available"], available, "{credits}");
        }
    }

    async fn only_a_plain_whole_number_is_a_custom_amount(app: &mut TestApp) {
        let user = app.as_user("user-1");
        let mut refused = nonsense();
        refused.extend(["+100", "-100", "100.0", "100.5", "0100", "1e2", "0"].map(Value::from));
        for credits in refused {
            let answer = user.post(SESSIONS, &json!({"credits": credits})).fresh_key().await;
            assert!([400, 422].contains(&answer.status), "{credits}: {answer:?}");
            let Some(text) = credits.as_str() else { continue };
            let query: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
            let answer = user.get(&format!("/v1/packages/custom-price?credits={query}")).await;
            assert!([400, 422].contains(&answer.status), "{credits}: {answer:?}");
        }
        for (credits, fits) in [("99", false), ("100", true), ("1000000", true), ("1000001", false), ("9999999999", false)] {
            let price = user.get(&format!("/v1/packages/custom-price?credits={credits}")).await;
            let session = user.post(SESSIONS, &json!({"credits": credits})).fresh_key().await;
            if fits {
                assert_eq!(price.ok()["price"], session.ok()["price"]);
            } else {
                price.problem(ErrorCode::CreditsOutOfRange);
                session.problem(ErrorCode::CreditsOutOfRange);
            }
        }
        for body in [json!({}), json!({"credits": "100", "package_id": "starter"})] {
            user.post(SESSIONS, &body).fresh_key().await.problem(ErrorCode::InvalidOffer);
        }
        let absent = user.post(SESSIONS, &json!({"package_id": null})).fresh_key().await;
        assert!([400, 422].contains(&absent.status), "{absent:?}");
        user.post(SESSIONS, &json!({"package_id": "none"})).fresh_key().await.problem(ErrorCode::NotFound);
    }

    async fn a_harmful_text_is_kept_literally_or_refused(app: &mut TestApp) {
        let admin = app.as_admin();
        let mut kept = Vec::new();
        for text in [
            "'; DROP TABLE accounts; --", "\" OR 1=1", "{\"$gt\": \"\"}", "${jndi:ldap://x}", "<script>alert(1)</script>",
            "%0d%0aSet-Cookie: a=b", "{{7*7}}", "\u{202e}txt.exe", "💰🧾", "e\u{301}", "\\u0000", "日本語",
        ] {
            let answer = admin.post(ADJUST, &json!({"credits": "+1", "reason": text})).fresh_key().await;
            let given = answer.ok();
            assert_eq!(given["entry"]["description"], text);
            kept.push(json!(text));
        }
        for text in ["", " ", "\u{0}", "a\u{0}b", "a\r\nb", "\u{1b}[31mred", "a\tb", "\u{85}", &"x".repeat(501)] {
            let answer = admin.post(ADJUST, &json!({"credits": "+1", "reason": text})).fresh_key().await;
            answer.problem(ErrorCode::InvalidBody);
        }
        let history = app.as_user("user-1").get("/v1/usage-history").await.ok();
        let shown: Vec<Value> = history["data"].as_array().unwrap().iter().rev().map(|it| it["description"].clone()).collect();
        assert_eq!(shown, kept);
        let longest = json!({"credits": "+1", "reason": "é".repeat(500)});
        admin.post(ADJUST, &longest).fresh_key().await.ok();
    }

    async fn a_harmful_filter_finds_nothing(app: &mut TestApp) {
        app.give("user-1", "+1").await;
        let user = app.as_user("user-1");
        for text in ["'%20OR%20'1'='1", "%25", "_", "%00", "a%00b", "%ff", "%0d%0a", "%F0%9F%92%B0"] {
            let answer = user.get(&format!("/v1/usage-history?reference={text}")).await;
            match answer.status {
                200 => assert_eq!(answer.json()["data"], json!([]), "{text}"),
                _ => drop(answer.problem(ErrorCode::InvalidQuery)),
            }
        }
    }

    async fn a_return_address_is_a_plain_web_address(app: &mut TestApp) {
        let user = app.as_user("user-1");
        let long = format!("https://a.example/{}", "x".repeat(2048));
        for url in ["", "/relative", "//a.example", "javascript:alert(1)", "data:text/html,x", "ftp://a.example", "https://",
            "https://user:password@a.example/", "https://user@a.example/", "https://a.example/\r\nX: y", "https://a .example/", &long] {
            for field in ["success_url", "cancel_url"] {
                let body = json!({"package_id": "starter", field: url});
                user.post(SESSIONS, &body).fresh_key().await.problem(ErrorCode::InvalidBody);
            }
        }
        let body = json!({"package_id": "starter", "success_url": "https://a.example/?s={CHECKOUT_SESSION_ID}"});
        let session = app.checkout("user-1", &body).await;
        let paid = app.pay(&session, crate::support::purchases::GOOD_CARD).await;
        let to = format!("https://a.example/?s={}", session["id"].as_str().unwrap());
        assert_eq!((paid.status, paid.header("location")), (303, Some(to.as_str())));
    }
}
