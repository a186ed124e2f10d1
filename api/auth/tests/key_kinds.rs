//! A key verifies by its own kind, whatever the token says (A-02).

use super::super::compact::CompactToken;
use super::super::keys::KeySet;
use super::*;

/// What a token's signature is worth to a published set.
fn judge_by(set: &Value, token: &str) -> Result<(), AuthError> {
    let set = KeySet::parse(set.to_string().as_bytes()).expect("a key set");
    let token = CompactToken::parse(token)?;
    set.find(&token)
        .ok_or(AuthError::KeyUnknown)?
        .verify(&token)
}

fn signed(algorithm: &str, id: &str, key: &TestKey) -> String {
    let header = json!({"alg": algorithm, "kid": id}).to_string();
    forge(&header, &good_claims().to_string(), key)
}

#[test]
fn each_kind_of_key_verifies_its_own_algorithm_and_no_other() {
    let (p256, ed25519) = (TestKey::p256(), TestKey::ed25519());
    let keys = [
        ("RS256", TestKey::rsa()),
        ("ES256", &p256),
        ("EdDSA", &ed25519),
    ];
    for (own, key) in keys {
        let set = json!({"keys": [key.jwk("k1")]});
        for said in ["RS256", "ES256", "EdDSA"] {
            let judged = judge_by(&set, &signed(said, "k1", key));
            let expected = if said == own {
                Ok(())
            } else {
                Err(AuthError::KeyUnknown)
            };
            assert_eq!(judged, expected, "{own} said to be {said}");
        }
        for said in [
            "PS256", "RS384", "RS512", "ES384", "ES512", "Ed25519", "none", "HS512",
        ] {
            let judged = judge_by(&set, &signed(said, "k1", key));
            assert_eq!(
                judged,
                Err(AuthError::AlgorithmRefused),
                "{own} said to be {said}"
            );
        }
    }
}

#[test]
fn a_wrong_padding_or_another_key_of_the_same_kind_is_a_wrong_signature() {
    let rsa = TestKey::rsa();
    let set = json!({"keys": [rsa.jwk("k1")]});
    let pss = signed("RS256", "k1", &rsa.with_pss_padding());
    assert_eq!(judge_by(&set, &pss), Err(AuthError::SignatureWrong));
    for (name, mine, other) in [
        ("ES256", TestKey::p256(), TestKey::p256()),
        ("EdDSA", TestKey::ed25519(), TestKey::ed25519()),
    ] {
        let set = json!({"keys": [mine.jwk("k1")]});
        assert_eq!(judge_by(&set, &signed(name, "k1", &mine)), Ok(()));
        let stranger = signed(name, "k1", &other);
        assert_eq!(judge_by(&set, &stranger), Err(AuthError::SignatureWrong));
        let nothing = format!("{}AAAA", forge_unsigned(name));
        assert_eq!(judge_by(&set, &nothing), Err(AuthError::SignatureWrong));
        let zeros = format!("{}{}", forge_unsigned(name), forge::base64url([0; 64]));
        assert_eq!(judge_by(&set, &zeros), Err(AuthError::SignatureWrong));
    }
}

fn forge_unsigned(algorithm: &str) -> String {
    signed(algorithm, "k1", &TestKey::Empty)
}

#[test]
fn a_public_key_is_no_shared_secret() {
    let rsa = TestKey::rsa();
    let set = json!({"keys": [rsa.jwk("k1")]});
    for form in rsa.public_forms() {
        let token = signed("HS256", "k1", &TestKey::hmac(&form));
        assert_eq!(judge_by(&set, &token), Err(AuthError::KeyUnknown));
    }
}

#[test]
fn a_set_gives_only_keys_that_are_for_us() {
    let key = TestKey::p256();
    let token = signed("ES256", "k1", &key);
    let with = |name: &str, value: Value| {
        let mut jwk = key.jwk("k1");
        jwk[name] = value;
        json!({"keys": [{"kty": "AKP", "alg": "ML-DSA-44"}, 7, null, jwk]})
    };
    let good = [
        with("use", json!("sig")),
        with("alg", json!("ES256")),
        with("key_ops", json!(["verify"])),
        with("x5c", json!(["AAAA"])),
    ];
    for set in good {
        assert_eq!(judge_by(&set, &token), Ok(()), "{set}");
    }
    let bad = [
        with("use", json!("enc")),
        with("alg", json!("ES384")),
        with("alg", json!("RS256")),
        with("alg", json!("ECDH-ES")),
        with("key_ops", json!(["encrypt"])),
        with("key_ops", json!([])),
        with("crv", json!("P-384")),
        with("kty", json!("RSA")),
        with("kid", json!("k2")),
        with("kid", json!("k".repeat(129))),
        json!({"keys": []}),
    ];
    for set in bad {
        assert_eq!(judge_by(&set, &token), Err(AuthError::KeyUnknown), "{set}");
    }
    let broken = with("x", json!("AAAA"));
    assert_eq!(judge_by(&broken, &token), Err(AuthError::SignatureWrong));
    let weak = json!({"keys": [{"kty": "RSA", "kid": "k1", "e": "AQAB", "n": forge::base64url([0xc1; 128])}]});
    assert!(
        KeySet::parse(weak.to_string().as_bytes())
            .unwrap()
            .is_empty()
    );
    let symmetric = json!({"keys": [{"kty": "oct", "kid": "k1", "k": forge::base64url(SECRET)}]});
    assert!(
        KeySet::parse(symmetric.to_string().as_bytes())
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_token_without_a_key_id_is_verified_only_if_there_is_no_choice() {
    let (one, other, ed) = (TestKey::p256(), TestKey::p256(), TestKey::ed25519());
    let token = forge(r#"{"alg":"ES256"}"#, &good_claims().to_string(), &one);
    let alone = json!({"keys": [one.jwk("k1"), ed.jwk("k2")]});
    assert_eq!(judge_by(&alone, &token), Ok(()));
    let choice = json!({"keys": [one.jwk("k1"), other.jwk("k2")]});
    assert_eq!(judge_by(&choice, &token), Err(AuthError::KeyUnknown));
}

#[test]
fn what_is_no_key_set_is_none() {
    let many = json!({"keys": vec![json!({}); 101]}).to_string();
    let twice = r#"{"keys":[],"keys":[]}"#;
    for text in [
        "",
        "<html></html>",
        "[]",
        "{}",
        "null",
        r#"{"keys":{}}"#,
        twice,
        &many,
    ] {
        assert!(KeySet::parse(text.as_bytes()).is_none(), "{text:.40}");
    }
}
