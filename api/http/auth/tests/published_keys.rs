//! The identity provider's keys over real HTTP: rotation, failure, and how often it is asked
//! (A-05, A-06).

use std::time::Duration;

use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

/// An identity provider whose answer can be changed.
struct Provider(MockServer);

impl Provider {
    async fn start(keys: &[&Value]) -> (Provider, Authenticator) {
        let provider = Provider(MockServer::start().await);
        provider.publish(keys).await;
        let url = format!("{}/jwks.json", provider.0.uri());
        let keys = TokenKeys::Jwks(url.parse().unwrap());
        (provider, Authenticator::new(&identity(keys)).unwrap())
    }

    async fn publish(&self, keys: &[&Value]) {
        self.answer(ResponseTemplate::new(200).set_body_json(json!({"keys": keys})))
            .await;
    }

    /// From now on, and counted from nought.
    async fn answer(&self, response: ResponseTemplate) {
        self.0.reset().await;
        Mock::given(any())
            .respond_with(response)
            .mount(&self.0)
            .await;
    }

    async fn times_asked(&self) -> usize {
        self.0.received_requests().await.unwrap().len()
    }
}

/// A key pair under an id, and a token that it signed.
struct Signer {
    key: TestKey,
    id: &'static str,
}

impl Signer {
    fn new(id: &'static str) -> Signer {
        Signer {
            key: TestKey::ed25519(),
            id,
        }
    }

    fn jwk(&self) -> Value {
        self.key.jwk(self.id)
    }

    /// Good for two hours after `NOW`, so that only keys can fail it.
    fn token(&self) -> String {
        let header = json!({"alg": "EdDSA", "kid": self.id, "typ": "at+jwt"}).to_string();
        forge(&header, &claims_with("exp", json!(NOW + 7_200)), &self.key)
    }
}

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
async fn a_caller_who_hangs_up_does_not_waste_the_fetch_of_the_minute() {
    let ours = Signer::new("k1");
    let (provider, authenticator) = Provider::start(&[]).await;
    let slow = ResponseTemplate::new(200).set_body_json(json!({"keys": [ours.jwk()]}));
    provider
        .answer(slow.set_delay(Duration::from_millis(200)))
        .await;
    let token = ours.token();
    let hasty = judge(&authenticator, &token);
    tokio::time::timeout(Duration::from_millis(50), hasty)
        .await
        .unwrap_err();
    judge(&authenticator, &token).await.unwrap();
    assert_eq!(provider.times_asked().await, 1);
}

#[tokio::test]
async fn a_removed_key_is_refused_after_ten_minutes() {
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
    let after = judge_at(&authenticator, &removed.token(), NOW + 600).await;
    assert_eq!(after, Err(AuthError::KeyUnknown));
    judge_at(&authenticator, &kept.token(), NOW + 600)
        .await
        .unwrap();
    assert_eq!(provider.times_asked().await, 1);
}

#[tokio::test]
async fn old_keys_serve_for_an_hour_while_no_new_ones_can_be_had() {
    let ours = Signer::new("k1");
    let mut large = json!({"keys": [ours.jwk()]});
    large["padding"] = json!(" ".repeat(5_000_000));
    let failures = [
        ("down", ResponseTemplate::new(503)),
        (
            "gone",
            ResponseTemplate::new(404).set_body_json(json!({"keys": []})),
        ),
        (
            "HTML",
            ResponseTemplate::new(200).set_body_string("<html>sign in</html>"),
        ),
        ("nothing", ResponseTemplate::new(200)),
        (
            "no set",
            ResponseTemplate::new(200).set_body_json(json!({"error": "x"})),
        ),
        ("5 MB", ResponseTemplate::new(200).set_body_json(large)),
        (
            "elsewhere",
            ResponseTemplate::new(302).insert_header("location", "/other.json"),
        ),
    ];
    for (name, failure) in failures {
        let (provider, authenticator) = Provider::start(&[&ours.jwk()]).await;
        judge_at(&authenticator, &ours.token(), NOW).await.unwrap();
        provider.answer(failure).await;
        for minute in [10, 11, 30, 59] {
            judge_at(&authenticator, &ours.token(), NOW + minute * 60)
                .await
                .unwrap();
            assert!(authenticator.is_ready(NOW + minute * 60).await, "{name}");
        }
        assert_eq!(provider.times_asked().await, 4, "{name}");
        let too_old = judge_at(&authenticator, &ours.token(), NOW + 3_600).await;
        assert_eq!(too_old, Err(AuthError::KeysUnavailable), "{name}");
        assert!(!authenticator.is_ready(NOW + 3_600).await, "{name}");
        provider.publish(&[&ours.jwk()]).await;
        assert!(authenticator.is_ready(NOW + 3_605).await, "{name}");
        judge_at(&authenticator, &ours.token(), NOW + 3_605)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_provider_that_withdraws_all_keys_means_it() {
    let ours = Signer::new("k1");
    let (provider, authenticator) = Provider::start(&[&ours.jwk()]).await;
    judge_at(&authenticator, &ours.token(), NOW).await.unwrap();
    provider.publish(&[]).await;
    let after = judge_at(&authenticator, &ours.token(), NOW + 600).await;
    assert_eq!(after, Err(AuthError::KeyUnknown));
    assert!(!authenticator.is_ready(NOW + 600).await);
}

#[tokio::test]
async fn a_slow_provider_delays_one_caller_by_three_seconds_and_the_others_not_at_all() {
    let ours = Signer::new("k1");
    let (provider, authenticator) = Provider::start(&[&ours.jwk()]).await;
    let token = ours.token();
    judge_at(&authenticator, &token, NOW).await.unwrap();
    let never = ResponseTemplate::new(200).set_body_json(json!({"keys": []}));
    provider
        .answer(never.set_delay(Duration::from_secs(60)))
        .await;
    let started = std::time::Instant::now();
    let first = judge_at(&authenticator, &token, NOW + 600);
    let others = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        for _ in 0..50 {
            judge_at(&authenticator, &token, NOW + 600).await.unwrap();
        }
        started.elapsed()
    };
    let (first, others_took) = tokio::join!(first, others);
    first.unwrap();
    assert!(others_took < Duration::from_secs(2), "{others_took:?}");
    let took = started.elapsed();
    assert!((2_500..5_000).contains(&took.as_millis()), "{took:?}");
}

#[tokio::test]
async fn without_keys_nobody_is_let_in_and_the_service_is_not_ready() {
    let ours = Signer::new("k1");
    let (provider, authenticator) = Provider::start(&[]).await;
    provider.answer(ResponseTemplate::new(500)).await;
    assert!(!authenticator.is_ready(NOW).await);
    for _ in 0..20 {
        let judged = judge_at(&authenticator, &ours.token(), NOW + 4).await;
        assert_eq!(judged, Err(AuthError::KeysUnavailable));
        assert!(!authenticator.is_ready(NOW + 4).await);
    }
    assert_eq!(provider.times_asked().await, 1);
    // The provider comes up a little later than we do: readiness notices, callers need not wait
    // for the minute to pass.
    provider.publish(&[&ours.jwk()]).await;
    let judged = judge_at(&authenticator, &ours.token(), NOW + 5).await;
    assert_eq!(judged, Err(AuthError::KeysUnavailable));
    assert!(authenticator.is_ready(NOW + 5).await);
    judge_at(&authenticator, &ours.token(), NOW + 5)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_closed_port_is_no_answer_and_no_panic() {
    let keys = TokenKeys::Jwks("http://127.0.0.1:1/jwks.json".parse().unwrap());
    let authenticator = Authenticator::new(&identity(keys)).unwrap();
    let judged = judge(&authenticator, &Signer::new("k1").token()).await;
    assert_eq!(judged, Err(AuthError::KeysUnavailable));
}

#[tokio::test]
async fn a_clock_that_steps_locks_nobody_out() {
    let ours = Signer::new("k1");
    let (provider, authenticator) = Provider::start(&[&ours.jwk()]).await;
    judge_at(&authenticator, &ours.token(), NOW).await.unwrap();
    // Requests are judged out of order by a second or two: still the same keys, no new fetch.
    judge_at(&authenticator, &ours.token(), NOW - 2)
        .await
        .unwrap();
    assert_eq!(provider.times_asked().await, 1);
    // Far back or far ahead, the keys are simply too old and are fetched again.
    provider.publish(&[&ours.jwk()]).await;
    let mut claims = good_claims();
    claims["iat"] = json!(0);
    claims["exp"] = json!(i64::MAX);
    let header = json!({"alg": "EdDSA", "kid": "k1"}).to_string();
    let timeless = forge(&header, &claims.to_string(), &ours.key);
    for now in [NOW - 86_400, NOW + 86_400, 0, NOW * 2] {
        judge_at(&authenticator, &timeless, now).await.unwrap();
    }
    assert_eq!(provider.times_asked().await, 4);
}
