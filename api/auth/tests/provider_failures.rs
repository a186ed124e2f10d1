//! An identity provider that is down, slow, or answers nonsense.

use std::time::Duration;

use wiremock::ResponseTemplate;

use super::provider::{Provider, Signer};
use super::*;

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
