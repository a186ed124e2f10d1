//! Well-signed tokens that say the wrong thing (A-03, A-04, A-07, B-07).

use super::*;

#[tokio::test]
async fn times_are_whole_seconds_and_nothing_else() {
    use AuthError::ClaimsMalformed;
    let whole = good_claims().to_string();
    for name in ["exp", "nbf", "iat"] {
        let bad = [
            json!((NOW + 60).to_string()),
            json!("never"),
            json!(-1),
            json!(i64::MIN),
            json!(1_790_000_060.5),
            json!(true),
            json!(null),
            json!([NOW + 60]),
            json!({}),
            json!(u64::MAX),
            json!(9_223_372_036_854_775_808_u64),
        ];
        for value in bad {
            let judged = judge_claims(&claims_with(name, value.clone())).await;
            assert_eq!(judged, Err(ClaimsMalformed), "{name}: {value}");
        }
        // Not to be had from json!: figures that JSON allows and that are no whole seconds.
        for text in [
            "1e308",
            "1e400",
            "1790000060.0",
            "179000006e1",
            "-0.0",
            "01790000060",
            "NaN",
        ] {
            let claims = claims_with(name, json!("@")).replace(r#""@""#, text);
            assert_eq!(
                judge_claims(&claims).await,
                Err(ClaimsMalformed),
                "{name}: {text}"
            );
        }
    }
    let twice = whole.replace(r#""exp":"#, &format!(r#""exp":{},"exp":"#, NOW - 9_999));
    assert_eq!(judge_claims(&twice).await, Err(ClaimsMalformed));
    let escaped = whole.replace(
        r#""exp":"#,
        &format!(r#""\u0065xp":{},"exp":"#, NOW + 9_999),
    );
    assert_eq!(judge_claims(&escaped).await, Err(ClaimsMalformed));
    let nulls = whole.replace(r#""sub":"#, r#""sub":"admin","sub":"#);
    assert_eq!(judge_claims(&nulls).await, Err(ClaimsMalformed));
}

#[tokio::test]
async fn clocks_may_be_a_minute_apart() {
    use AuthError::{Expired, NotYetValid};
    let table = [
        ("exp", NOW + 1, Ok(())),
        ("exp", NOW, Ok(())),
        ("exp", NOW - 59, Ok(())),
        ("exp", NOW - 60, Err(Expired)),
        ("exp", NOW - 61, Err(Expired)),
        ("exp", 0, Err(Expired)),
        ("exp", i64::MAX, Ok(())),
        ("nbf", NOW, Ok(())),
        ("nbf", NOW + 59, Ok(())),
        ("nbf", NOW + 60, Ok(())),
        ("nbf", NOW + 61, Err(NotYetValid)),
        ("nbf", i64::MAX, Err(NotYetValid)),
        ("nbf", 0, Ok(())),
        ("iat", NOW + 60, Ok(())),
        ("iat", NOW + 61, Err(NotYetValid)),
        ("iat", 0, Ok(())),
    ];
    for (name, seconds, expected) in table {
        let judged = judge_claims(&claims_with(name, json!(seconds))).await;
        assert_eq!(
            judged.map(|_| ()),
            expected,
            "{name} = now + {}",
            seconds - NOW
        );
    }
}

#[tokio::test]
async fn our_clock_decides_and_no_other() {
    let token = forge(
        r#"{"alg":"HS256"}"#,
        &good_claims().to_string(),
        &TestKey::hmac(SECRET.as_bytes()),
    );
    let table = [
        (NOW - 120, Err(AuthError::NotYetValid)),
        (NOW - 60, Ok(())),
        (NOW + 120, Ok(())),
        (NOW + 3_659, Ok(())),
        (NOW + 3_661, Err(AuthError::Expired)),
        (i64::MAX, Err(AuthError::Expired)),
        (0, Err(AuthError::NotYetValid)),
    ];
    for (now, expected) in table {
        let judged = judge_at(&shared_secret(), &token, now).await;
        assert_eq!(judged.map(|_| ()), expected, "{now}");
    }
}

#[tokio::test]
async fn what_must_be_said_is_said() {
    for name in ["exp", "iss", "aud", "sub"] {
        let judged = judge_claims(&claims_without(name)).await;
        assert_eq!(judged, Err(AuthError::ClaimMissing), "{name}");
        let judged = judge_claims(&claims_with(name, json!(null))).await;
        assert_eq!(judged, Err(AuthError::ClaimsMalformed), "{name}");
    }
    for name in ["iat", "scope"] {
        judge_claims(&claims_without(name)).await.unwrap();
    }
    for claims in ["[]", "null", "\"sub\"", "{", "", "1"] {
        judge_claims(claims).await.unwrap_err();
    }
}

#[tokio::test]
async fn the_token_is_from_our_issuer_and_for_us() {
    use AuthError::{AudienceWrong, ClaimsMalformed, IssuerWrong};
    let table = [
        ("iss", json!("https://id.example.com"), Ok(())),
        ("iss", json!("https://id.example.com/"), Err(IssuerWrong)),
        ("iss", json!("https://ID.example.com"), Err(IssuerWrong)),
        (
            "iss",
            json!("https://id.example.com.evil.example"),
            Err(IssuerWrong),
        ),
        ("iss", json!(""), Err(IssuerWrong)),
        (
            "iss",
            json!(["https://id.example.com"]),
            Err(ClaimsMalformed),
        ),
        ("aud", json!("credits"), Ok(())),
        ("aud", json!(["credits"]), Ok(())),
        ("aud", json!(["other", "credits"]), Ok(())),
        ("aud", json!("credits-admin"), Err(AudienceWrong)),
        ("aud", json!("credit"), Err(AudienceWrong)),
        ("aud", json!("Credits"), Err(AudienceWrong)),
        ("aud", json!("other credits"), Err(AudienceWrong)),
        (
            "aud",
            json!("web-client-of-an-id-token"),
            Err(AudienceWrong),
        ),
        ("aud", json!(["other", "credits2"]), Err(AudienceWrong)),
        ("aud", json!([]), Err(AudienceWrong)),
        ("aud", json!(["credits", 1]), Err(ClaimsMalformed)),
        ("aud", json!([["credits"]]), Err(ClaimsMalformed)),
        ("aud", json!({"credits": true}), Err(ClaimsMalformed)),
        ("aud", json!(true), Err(ClaimsMalformed)),
        ("sub", json!(""), Err(ClaimsMalformed)),
        ("sub", json!(1), Err(ClaimsMalformed)),
        ("sub", json!("s".repeat(256)), Err(ClaimsMalformed)),
        ("sub", json!("s".repeat(255)), Ok(())),
        ("sub", json!("two words"), Err(AuthError::AccountMalformed)),
        ("sub", json!("a\u{0}b"), Err(AuthError::AccountMalformed)),
    ];
    for (name, value, expected) in table {
        let judged = judge_claims(&claims_with(name, value.clone())).await;
        assert_eq!(judged.map(|_| ()), expected, "{name}: {value}");
    }
}

#[tokio::test]
async fn the_account_is_the_configured_claim_and_no_other() {
    let mut settings = identity(TokenKeys::Secret(SecretString::from(SECRET)));
    settings.account_claim = "https://example.com/org".to_owned();
    let authenticator = Authenticator::new(&settings).unwrap();
    let table = [
        (json!("org-7"), Some("org-7")),
        (json!(""), None),
        (json!("org 7"), None),
        (json!("o".repeat(256)), None),
        (json!(7), None),
        (json!(["org-7"]), None),
        (json!({"id": "org-7"}), None),
        (json!(null), None),
    ];
    let key = TestKey::hmac(SECRET.as_bytes());
    for (value, expected) in table {
        let mut claims = good_claims();
        claims["https://example.com/org"] = value.clone();
        claims["org"] = json!("another");
        let token = forge(r#"{"alg":"HS256"}"#, &claims.to_string(), &key);
        let judged = judge(&authenticator, &token).await;
        let account = judged.map(|caller| {
            assert_eq!(caller.subject, "user-1");
            caller.account_id
        });
        let expected = expected.map(|account| AccountId::parse(account).unwrap());
        assert_eq!(
            account,
            expected.ok_or(AuthError::AccountMalformed),
            "{value}"
        );
    }
    let without = forge(r#"{"alg":"HS256"}"#, &good_claims().to_string(), &key);
    let judged = judge(&authenticator, &without).await;
    assert_eq!(
        judged,
        Err(AuthError::AccountMalformed),
        "sub must not stand in for it"
    );
}

#[tokio::test]
async fn rights_come_from_scope_or_else_scp_and_from_nothing_else() {
    use Scope::*;
    let malformed = Err(AuthError::ClaimsMalformed);
    let table: [(Value, Result<Vec<Scope>, AuthError>); 17] = [
        (json!({}), Ok(vec![])),
        (json!({"scope": ""}), Ok(vec![])),
        (json!({"scope": "credits:read"}), Ok(vec![Read])),
        (
            json!({"scope": "openid credits:consume credits:read email"}),
            Ok(vec![Read, Consume]),
        ),
        (
            json!({"scope": ["credits:purchase", "credits:admin"]}),
            Ok(vec![Purchase, Admin]),
        ),
        (json!({"scope": ["credits:read credits:admin"]}), Ok(vec![])),
        (json!({"scp": "credits:read"}), Ok(vec![Read])),
        (json!({"scp": ["credits:read"]}), Ok(vec![Read])),
        (
            json!({"scope": "credits:read", "scp": "credits:admin"}),
            Ok(vec![Read]),
        ),
        (json!({"scope": "", "scp": "credits:admin"}), Ok(vec![])),
        (
            json!({"scope": "Credits:Admin credits:admin2 credits: credits:*"}),
            Ok(vec![]),
        ),
        (json!({"scope": "credits:read,credits:admin"}), Ok(vec![])),
        (json!({"scope": "credits:read\tcredits:admin"}), Ok(vec![])),
        (
            json!({"role": "admin", "roles": ["credits:admin"], "permissions": ["credits:admin"],
                   "user_metadata": {"scope": "credits:admin"}}),
            Ok(vec![]),
        ),
        (json!({"scope": 1}), malformed.clone()),
        (
            json!({"scope": null, "scp": "credits:admin"}),
            malformed.clone(),
        ),
        (json!({"scope": ["credits:read", 1]}), malformed),
    ];
    for (added, expected) in table {
        let mut claims = good_claims();
        let all = claims.as_object_mut().unwrap();
        all.remove("scope");
        all.append(&mut added.as_object().unwrap().clone());
        let judged = judge_claims(&claims.to_string()).await;
        let scopes = judged.map(|caller| caller.scopes.iter().collect());
        assert_eq!(scopes, expected, "{added}");
    }
}
