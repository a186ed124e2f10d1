//! Hostile tokens, class by class, and the good ones beside them.

mod forge;
mod key_kinds;
mod minting;
mod provider;
mod provider_failures;
mod published_keys;
mod shape;
mod what_it_says;

use secrecy::SecretString;
use serde_json::{Value, json};

use self::forge::{TestKey, forge};
use super::*;

/// Autumn 2026, as the clock of all these tests stands.
const NOW: i64 = 1_790_000_000;

const SECRET: &str = "a shared secret of these tests, 32 bytes or more";

fn identity(keys: TokenKeys) -> IdentitySettings {
    IdentitySettings {
        keys,
        issuer: "https://id.example.com".to_owned(),
        audience: "credits".to_owned(),
        account_claim: "sub".to_owned(),
    }
}

fn shared_secret() -> Authenticator {
    Authenticator::new(&identity(TokenKeys::Secret(SecretString::from(SECRET)))).unwrap()
}

/// The claims of a token that is good for an hour.
fn good_claims() -> Value {
    json!({
        "iss": "https://id.example.com",
        "aud": "credits",
        "sub": "user-1",
        "exp": NOW + 3_600,
        "iat": NOW,
        "scope": "openid credits:read",
    })
}

/// Good claims with one more, or one replaced.
fn claims_with(name: &str, value: Value) -> String {
    let mut claims = good_claims();
    claims[name] = value;
    claims.to_string()
}

fn claims_without(name: &str) -> String {
    let mut claims = good_claims();
    claims.as_object_mut().unwrap().remove(name).unwrap();
    claims.to_string()
}

/// What becomes of claims under a good signature.
async fn judge_claims(claims: &str) -> Result<Caller, AuthError> {
    let token = forge(
        r#"{"alg":"HS256"}"#,
        claims,
        &TestKey::hmac(SECRET.as_bytes()),
    );
    judge(&shared_secret(), &token).await
}

async fn judge(authenticator: &Authenticator, token: &str) -> Result<Caller, AuthError> {
    judge_at(authenticator, token, NOW).await
}

async fn judge_at(
    authenticator: &Authenticator,
    token: &str,
    now: i64,
) -> Result<Caller, AuthError> {
    let header = format!("Bearer {token}");
    authenticator.authenticate([header.as_bytes()], now).await
}
