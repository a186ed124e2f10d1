//! A configuration that will not do keeps the service from starting: the variable is named, its
//! value is not.

use credits::clock::Clock;
use credits::http::error::ErrorCode;
use serde_json::json;

use crate::support::client::Client;
use crate::support::process::{Installation, client};
use crate::support::receiver::ENDPOINTS;

/// In every value, and in no message.
const VALUE: &str = "c4n4ry";

async fn is_refused(installation: Installation, named: &str) {
    let ended = installation.run(&["serve"]).await;
    assert_eq!(ended.status.code(), Some(1), "{named}: {}", ended.stderr);
    assert!(ended.stderr.contains(named), "{named}: {}", ended.stderr);
    assert_eq!(ended.stderr.trim().lines().count(), 1, "{}", ended.stderr);
    let said = format!("{}{}", ended.stdout, ended.stderr);
    assert!(!said.contains(VALUE), "it shows the value: {said}");
    assert!(!said.contains("\"message\":\"listening\""), "{said}");
}

fn production() -> Installation {
    Installation::embedded()
        .with("CREDITS_MODE", "production")
        .with(
            "CREDITS_STRIPE_SECRET_KEY",
            &format!("sk_live_{VALUE}9f8e7d6c5b4a39281706f5e4d3c2b1a0"),
        )
        .with(
            "CREDITS_STRIPE_WEBHOOK_SECRETS",
            &format!("whsec_{VALUE}9f8e7d6c5b4a39281706f5e4d3c2"),
        )
        .with(
            "CREDITS_JWT_SECRET",
            &format!("{VALUE}-b7Qz2mX9wLk4TtY8vR1pN6sD3hJ5gF0"),
        )
        .with("CREDITS_JWT_ISSUER", "https://identity.platform.test")
        .with("CREDITS_JWT_AUDIENCE", "credits")
}

#[tokio::test]
async fn production_without_a_secret() {
    for variable in [
        "CREDITS_STRIPE_SECRET_KEY",
        "CREDITS_STRIPE_WEBHOOK_SECRETS",
        "CREDITS_JWT_SECRET",
        "CREDITS_JWT_ISSUER",
        "CREDITS_JWT_AUDIENCE",
    ] {
        // Set to nothing is not set.
        is_refused(production().with(variable, ""), variable).await;
    }
}

#[tokio::test]
async fn production_with_a_secret_made_for_tests() {
    for (variable, value) in [
        (
            "CREDITS_STRIPE_SECRET_KEY",
            format!("sk_test_{VALUE}9f8e7d6c5b4a39281706f5e4d3c2"),
        ),
        (
            "CREDITS_STRIPE_WEBHOOK_SECRETS",
            format!("{VALUE}_no_secret_of_an_endpoint"),
        ),
        ("CREDITS_JWT_SECRET", format!("{VALUE}-too-short")),
    ] {
        is_refused(production().with(variable, &value), variable).await;
    }
}

#[tokio::test]
async fn a_short_secret_for_tokens() {
    let short = Installation::embedded().with("CREDITS_JWT_SECRET", VALUE);
    is_refused(short, "CREDITS_JWT_SECRET").await;
}

#[tokio::test]
async fn values_that_mean_nothing() {
    for (variable, value) in [
        (
            "CREDITS_DATABASE_URL",
            format!("mysql://user:{VALUE}@localhost/credits"),
        ),
        ("CREDITS_DATABASE_POOL_SIZE", VALUE.to_owned()),
        ("CREDITS_LISTEN", VALUE.to_owned()),
        ("CREDITS_METRICS_LISTEN", VALUE.to_owned()),
        ("CREDITS_MODE", VALUE.to_owned()),
        ("CREDITS_PUBLIC_URL", VALUE.to_owned()),
        ("CREDITS_STRIPE_URL", VALUE.to_owned()),
        ("CREDITS_CORS_ORIGINS", format!("https://*.{VALUE}.test")),
        ("CREDITS_LOG", format!("{VALUE}=={VALUE}")),
        ("CREDITS_WRITER_QUEUE", format!("-{VALUE}")),
    ] {
        is_refused(Installation::embedded().with(variable, &value), variable).await;
    }
}

#[tokio::test]
async fn an_address_that_somebody_has() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for variable in [
        "CREDITS_LISTEN",
        "CREDITS_SANDBOX_LISTEN",
        "CREDITS_METRICS_LISTEN",
    ] {
        is_refused(Installation::embedded().with(variable, &address), variable).await;
    }
}

#[tokio::test]
async fn a_database_that_cannot_be_reached() {
    let url = format!("postgres://credits:{VALUE}@127.0.0.1:1/credits?sslmode=disable");
    is_refused(
        Installation::embedded().with("CREDITS_DATABASE_URL", &url),
        "database",
    )
    .await;
}

/// Everything else works: a service that sends no webhooks says so to whoever wants some.
#[tokio::test]
async fn without_a_signing_key_there_are_no_webhooks() {
    let installation = production()
        .with("CREDITS_STRIPE_URL", "https://stripe.invalid")
        .with("CREDITS_METRICS_LISTEN", "off");
    let mut service = installation.serve().await;
    let now = Clock::System.now().unix_seconds();
    let claims = json!({"iss": "https://identity.platform.test", "aud": "credits", "sub": "admin",
        "scope": "credits:admin", "exp": now + 600});
    let secret = installation.variable("CREDITS_JWT_SECRET").as_bytes();
    let key = jsonwebtoken::EncodingKey::from_secret(secret);
    let token = jsonwebtoken::encode(&jsonwebtoken::Header::default(), &claims, &key).unwrap();
    let admin = Client::new(client(), &service.url("api").await, Some(token));
    let endpoint = json!({"url": "https://hooks.acme.example/"});
    let refused = admin.post(ENDPOINTS, &endpoint).await;
    refused.problem(ErrorCode::WebhooksNotConfigured);
    assert_eq!(admin.get(ENDPOINTS).await.ok(), json!({"data": []}));
    assert!(service.stop().await.status.success());
}
