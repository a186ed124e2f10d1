//! Tokens that are wrong before anything in them is read (A-01, and the headers of A-05, A-08).

use super::*;

fn hs256() -> TestKey {
    TestKey::hmac(SECRET.as_bytes())
}

async fn judge_header(header: &str) -> Result<Caller, AuthError> {
    let token = forge(header, &good_claims().to_string(), &hs256());
    judge(&shared_secret(), &token).await
}

#[tokio::test]
async fn a_good_token_names_its_caller() {
    let caller = judge_claims(&good_claims().to_string()).await.unwrap();
    assert_eq!(caller.subject, "user-1");
    assert_eq!(caller.account_id, AccountId::parse("user-1").unwrap());
    assert!(caller.scopes.contains(Scope::Read));
    assert!(!caller.scopes.contains(Scope::Admin));
}

#[tokio::test]
async fn a_token_comes_in_one_bearer_header_and_nowhere_else() {
    use AuthError::*;
    let good = forge(r#"{"alg":"HS256"}"#, &good_claims().to_string(), &hs256());
    let text = |scheme: &str| format!("{scheme}{good}").into_bytes();
    let table = [
        (vec![text("Bearer ")], Ok(())),
        (vec![text("bearer ")], Ok(())),
        (vec![text("BEARER ")], Ok(())),
        (vec![], Err(CredentialsMissing)),
        (
            vec![text("Bearer "), text("Bearer ")],
            Err(SeveralCredentials),
        ),
        (
            vec![text("Bearer "), b"Basic YTpi".to_vec()],
            Err(SeveralCredentials),
        ),
        (vec![vec![], text("Bearer ")], Err(SeveralCredentials)),
        (vec![vec![]], Err(NotABearerToken)),
        (vec![text("")], Err(NotABearerToken)),
        (vec![text("Basic ")], Err(NotABearerToken)),
        (vec![text("Bearer\t")], Err(NotABearerToken)),
        (vec![b"Bearer \xff\xfe".to_vec()], Err(NotABearerToken)),
        (vec![b"Bearer ".to_vec()], Err(TokenMalformed)),
        (vec![text("Bearer  ")], Err(TokenMalformed)),
        (
            vec![format!("Bearer {good}, Bearer {good}").into_bytes()],
            Err(TokenMalformed),
        ),
        (
            vec![format!("Bearer {good} ").into_bytes()],
            Err(TokenMalformed),
        ),
    ];
    for (headers, expected) in table {
        let headers: Vec<&[u8]> = headers.iter().map(Vec::as_slice).collect();
        let shown = headers.concat();
        let judged = shared_secret().authenticate(headers, NOW).await;
        assert_eq!(
            judged.map(|_| ()),
            expected,
            "{}",
            String::from_utf8_lossy(&shown)
        );
    }
}

#[tokio::test]
async fn a_token_has_three_parts_of_strict_base64url_and_a_signature() {
    use AuthError::*;
    let good = forge(r#"{"alg":"HS256"}"#, &good_claims().to_string(), &hs256());
    let parts: Vec<&str> = good.split('.').collect();
    let [header, claims, signature] = parts[..] else {
        panic!()
    };
    let (head, last) = signature.split_at(signature.len() - 1);
    // The last character's spare bits are zero; another character would decode to the same bytes.
    let respelt = char::from(last.as_bytes()[0] + 1);
    let table = [
        (good.clone(), Ok(())),
        (format!("{header}.{claims}"), Err(TokenMalformed)),
        (format!("{header}.{claims}."), Err(TokenMalformed)),
        (format!("{header}..{signature}"), Err(TokenMalformed)),
        (format!(".{claims}.{signature}"), Err(TokenMalformed)),
        (format!("{good}.{signature}"), Err(TokenMalformed)),
        (format!("{good}."), Err(TokenMalformed)),
        (format!("{good}="), Err(TokenMalformed)),
        (
            format!("{header}=.{claims}.{signature}"),
            Err(TokenMalformed),
        ),
        (format!("{header}.{claims}.{head}+"), Err(TokenMalformed)),
        (format!("{header}.{claims}.{head}/"), Err(TokenMalformed)),
        (format!("{header}.{claims}.{head}"), Err(SignatureWrong)),
        (
            format!("{header}.{claims}.{head}{respelt}"),
            Err(SignatureWrong),
        ),
        (format!("{header}.{claims}.AAAA"), Err(SignatureWrong)),
        ("a.b.c".to_owned(), Err(TokenMalformed)),
        ("...".to_owned(), Err(TokenMalformed)),
        ("é.é.é".to_owned(), Err(TokenMalformed)),
        (
            format!("{header}.{claims}.{}", "A".repeat(8_192)),
            Err(TokenTooLong),
        ),
        ("A".repeat(1_000_000), Err(TokenTooLong)),
    ];
    for (token, expected) in table {
        let judged = judge(&shared_secret(), &token).await;
        assert_eq!(judged.map(|_| ()), expected, "{token:.80}");
    }
}

#[tokio::test]
async fn no_algorithm_but_the_keys_own_is_taken() {
    let names = [
        "none", "None", "NONE", "nOnE", "", "HS384", "HS512", "hs256", "PS256", "RS512", "ES384",
        "Ed25519", "ES256K", "dir", "A128KW",
    ];
    for name in names {
        let header = json!({"alg": name}).to_string();
        for key in [hs256(), TestKey::Empty] {
            let token = forge(&header, &good_claims().to_string(), &key);
            let refusal = judge(&shared_secret(), &token).await.unwrap_err();
            let expected = [AuthError::AlgorithmRefused, AuthError::TokenMalformed];
            assert!(expected.contains(&refusal), "{name}: {refusal:?}");
        }
    }
    // Known names, of keys that we do not have here.
    for name in ["RS256", "ES256", "EdDSA"] {
        let judged = judge_header(&json!({"alg": name}).to_string()).await;
        assert_eq!(judged, Err(AuthError::AlgorithmRefused), "{name}");
    }
}

#[tokio::test]
async fn a_header_is_an_object_of_known_types_that_demands_nothing() {
    use AuthError::*;
    let long_id = "k".repeat(10_000);
    let table = [
        (r#"{"alg":"HS256"}"#, Ok(())),
        (r#"{"alg":"HS256","typ":"JWT"}"#, Ok(())),
        (r#"{"alg":"HS256","typ":"jwt"}"#, Ok(())),
        (r#"{"alg":"HS256","typ":"at+jwt"}"#, Ok(())),
        (r#"{"alg":"HS256","typ":"application/at+jwt"}"#, Ok(())),
        (r#"{"alg":"HS256","kid":"2026-11"}"#, Ok(())),
        (r#"{"alg":"HS256","kid":"../../etc/passwd"}"#, Ok(())),
        (
            r#"{"alg":"HS256","jku":"http://127.0.0.1:1/","x5u":"http://127.0.0.1:1/"}"#,
            Ok(()),
        ),
        (
            r#"{"alg":"HS256","jwk":{"kty":"oct","k":"AAAA"},"x5c":["AAAA"]}"#,
            Ok(()),
        ),
        (r#"{"alg":"HS256","typ":"id+jwt"}"#, Err(NotAnAccessToken)),
        (
            r#"{"alg":"HS256","typ":"logout+jwt"}"#,
            Err(NotAnAccessToken),
        ),
        (r#"{"alg":"HS256","typ":"dpop+jwt"}"#, Err(NotAnAccessToken)),
        (r#"{"alg":"HS256","typ":"JWE"}"#, Err(NotAnAccessToken)),
        (r#"{"alg":"HS256","typ":""}"#, Err(NotAnAccessToken)),
        (r#"{"alg":"HS256","typ":null}"#, Err(NotAnAccessToken)),
        (r#"{"alg":"HS256","typ":["JWT"]}"#, Err(NotAnAccessToken)),
        (r#"{"alg":"HS256","crit":["exp"]}"#, Err(ExtensionDemanded)),
        (
            r#"{"alg":"HS256","crit":["b64"],"b64":false}"#,
            Err(ExtensionDemanded),
        ),
        (r#"{"alg":"HS256","crit":[]}"#, Err(ExtensionDemanded)),
        (r#"{"alg":"HS256","crit":null}"#, Err(ExtensionDemanded)),
        (r#"{"alg":"HS256","kid":null}"#, Err(KeyIdMalformed)),
        (r#"{"alg":"HS256","kid":""}"#, Err(KeyIdMalformed)),
        (r#"{"alg":"HS256","kid":1}"#, Err(KeyIdMalformed)),
        (
            r#"{"alg":"HS256","kid":"x' OR 1=1 --"}"#,
            Err(KeyIdMalformed),
        ),
        (r#"{"alg":"HS256","kid":"a\nb"}"#, Err(KeyIdMalformed)),
        (r#"{"alg":"HS256","kid":"é"}"#, Err(KeyIdMalformed)),
        (r#"{"alg":null}"#, Err(AlgorithmRefused)),
        (r#"{"alg":["HS256"]}"#, Err(AlgorithmRefused)),
        (r#"{"typ":"JWT"}"#, Err(AlgorithmRefused)),
        (r#"{"alg":"none","alg":"HS256"}"#, Err(HeaderMalformed)),
        (r#"{"alg":"HS256","alg":"HS256"}"#, Err(HeaderMalformed)),
        (
            r#"{"alg":"HS256","\u0061lg":"HS256"}"#,
            Err(HeaderMalformed),
        ),
        (r#"{"alg":"HS256"}{}"#, Err(HeaderMalformed)),
        (r#"["HS256"]"#, Err(HeaderMalformed)),
        (r#""HS256""#, Err(HeaderMalformed)),
        ("null", Err(HeaderMalformed)),
        ("{", Err(HeaderMalformed)),
    ];
    for (header, expected) in table {
        let judged = judge_header(header).await.map(|_| ());
        assert_eq!(judged, expected, "{header}");
    }
    for (id, expected) in [
        ("k".repeat(128), Ok(())),
        ("k".repeat(129), Err(KeyIdMalformed)),
    ] {
        let header = json!({"alg": "HS256", "kid": id}).to_string();
        assert_eq!(judge_header(&header).await.map(|_| ()), expected);
    }
    let header = json!({"alg": "HS256", "kid": long_id}).to_string();
    assert_eq!(judge_header(&header).await, Err(TokenTooLong));
    let deep = format!(r#"{{"alg":"HS256","x":{}}}"#, "[".repeat(3_000));
    assert_eq!(judge_header(&deep).await, Err(HeaderMalformed));
}

#[tokio::test]
async fn every_refusal_is_the_same_to_the_caller_and_has_its_own_label() {
    use AuthError::*;
    let all = [
        CredentialsMissing,
        SeveralCredentials,
        NotABearerToken,
        TokenTooLong,
        TokenMalformed,
        HeaderMalformed,
        ExtensionDemanded,
        NotAnAccessToken,
        AlgorithmRefused,
        KeyIdMalformed,
        KeyUnknown,
        KeysUnavailable,
        SignatureWrong,
        ClaimsMalformed,
        ClaimMissing,
        Expired,
        NotYetValid,
        IssuerWrong,
        AudienceWrong,
        AccountMalformed,
    ];
    let mut labels: Vec<&str> = all.iter().map(|refusal| refusal.reason()).collect();
    labels.sort_unstable();
    labels.dedup();
    assert_eq!(labels.len(), all.len());
    assert_eq!(CredentialsMissing.challenge(), "Bearer");
    for refusal in &all[1..] {
        assert_eq!(refusal.challenge(), r#"Bearer error="invalid_token""#);
    }
}
