//! The identity provider's keys over real HTTP: kinds, rotation, and how often it is asked (A-02,
//! A-05, A-06).

use std::time::Duration;

use wiremock::{MockServer, ResponseTemplate};

use super::provider::{Provider, Signer};
use super::*;

#[tokio::test]
async fn every_kind_of_published_key_lets_its_callers_in() {
    let (p256, ed25519) = (TestKey::p256(), TestKey::ed25519());
    let keys = [
        ("RS256", TestKey::rsa()),
        ("ES256", &p256),
        ("EdDSA", &ed25519),
    ];
    let published: Vec<Value> = keys.iter().map(|(name, key)| key.jwk(name)).collect();
    let published: Vec<&Value> = published.iter().collect();
    let (provider, authenticator) = Provider::start(&published).await;
    for (name, key) in keys {
        let header = json!({"alg": name, "kid": name}).to_string();
        let token = forge(&header, &good_claims().to_string(), key);
        let caller = judge(&authenticator, &token).await.unwrap();
        assert_eq!(caller.subject, "user-1");
    }
    assert_eq!(provider.times_asked().await, 1);
}

#[tokio::test]
async fn with_published_keys_no_shared_secret_is_taken_and_nobody_is_asked_about_it() {
    let rsa = TestKey::rsa();
    let (provider, authenticator) = Provider::start(&[&rsa.jwk("k1")]).await;
    for secret in rsa.public_forms() {
        let key = TestKey::hmac(&secret);
        let token = forge(
            r#"{"alg":"HS256","kid":"k1"}"#,
            &good_claims().to_string(),
            &key,
        );
        assert_eq!(
            judge(&authenticator, &token).await,
            Err(AuthError::AlgorithmRefused)
        );
    }
    assert_eq!(provider.times_asked().await, 0);
}

#[tokio::test]
async fn keys_that_a_token_brings_along_are_not_fetched_and_not_used() {
    let (ours, theirs) = (Signer::new("k1"), TestKey::ed25519());
    let attacker = MockServer::start().await;
    let (_provider, authenticator) = Provider::start(&[&ours.jwk()]).await;
    for id in ["k1", "k2"] {
        let header = json!({
            "alg": "EdDSA", "kid": id, "jwk": theirs.jwk(id), "x5c": ["AAAA"],
            "jku": format!("{}/jwks.json", attacker.uri()), "x5u": format!("{}/x", attacker.uri()),
        });
        let token = forge(&header.to_string(), &good_claims().to_string(), &theirs);
        judge(&authenticator, &token).await.unwrap_err();
    }
    assert_eq!(attacker.received_requests().await.unwrap().len(), 0);
}

#[tokio::test]
async fn a_rotated_key_works_within_one_refresh() {
    let (old, new) = (Signer::new("old"), Signer::new("new"));
    let (provider, authenticator) = Provider::start(&[&old.jwk()]).await;
    judge_at(&authenticator, &old.token(), NOW).await.unwrap();
    provider.publish(&[&old.jwk(), &new.jwk()]).await;
    let at_once = judge_at(&authenticator, &new.token(), NOW + 59).await;
    assert_eq!(
        at_once,
        Err(AuthError::KeyUnknown),
        "asked less than a minute ago"
    );
    judge_at(&authenticator, &new.token(), NOW + 60)
        .await
        .unwrap();
    judge_at(&authenticator, &old.token(), NOW + 60)
        .await
        .unwrap();
    assert_eq!(provider.times_asked().await, 1);
}

#[tokio::test]
async fn unknown_key_ids_cause_one_fetch_a_minute_whatever_their_number() {
    let ours = Signer::new("k1");
    let (provider, authenticator) = Provider::start(&[&ours.jwk()]).await;
    let slow = ResponseTemplate::new(200).set_body_json(json!({"keys": [ours.jwk()]}));
    provider
        .answer(slow.set_delay(Duration::from_millis(100)))
        .await;
    let stranger = TestKey::ed25519();
    let ids = ["../../jwks", "k2", "';--", "0"]
        .into_iter()
        .cycle()
        .take(200);
    let tokens: Vec<String> = ids
        .map(|id| json!({"alg": "EdDSA", "kid": id}).to_string())
        .map(|header| forge(&header, &good_claims().to_string(), &stranger))
        .collect();
    for (minute, seconds) in [(1, [0, 59]), (2, [60, 119]), (3, [120, 179])] {
        for second in seconds {
            let all = tokens
                .iter()
                .map(|token| judge_at(&authenticator, token, NOW + second));
            for judged in futures_util::future::join_all(all).await {
                assert_eq!(judged, Err(AuthError::KeyUnknown));
            }
            assert_eq!(provider.times_asked().await, minute);
        }
    }
    judge_at(&authenticator, &ours.token(), NOW + 180)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_removed_key_is_refused_after_eleven_minutes() {
    let (kept, removed) = (Signer::new("kept"), Signer::new("removed"));
    let (provider, authenticator) = Provider::start(&[&kept.jwk(), &removed.jwk()]).await;
    judge_at(&authenticator, &removed.token(), NOW)
        .await
        .unwrap();
    provider.publish(&[&kept.jwk()]).await;
    judge_at(&authenticator, &removed.token(), NOW + 599)
        .await
        .unwrap();
    assert_eq!(provider.times_asked().await, 0);
    // What was verified with it a moment before holds for a minute more.
    judge_at(&authenticator, &removed.token(), NOW + 658)
        .await
        .unwrap();
    let after = judge_at(&authenticator, &removed.token(), NOW + 659).await;
    assert_eq!(after, Err(AuthError::KeyUnknown));
    judge_at(&authenticator, &kept.token(), NOW + 659)
        .await
        .unwrap();
    assert_eq!(provider.times_asked().await, 1);
}
