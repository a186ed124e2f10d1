//! Whether a secret is good enough to guard money. Never says what the secret is.

use crate::data_dir::SANDBOX_WEBHOOK_PREFIX;
use secrecy::{ExposeSecret, SecretString};

use super::ConfigError;

/// An HS256 key shorter than its hash is weaker than it looks (RFC 7518 §3.2).
const JWT_SECRET_BYTES_MIN: usize = 32;

/// What Stripe puts behind a prefix is longer than this; a placeholder seldom is.
const STRIPE_BODY_MIN: usize = 24;

/// Even random hex, 32 characters of it, has fewer different ones once in thirty million times.
const DISTINCT_BYTES_MIN: usize = 8;

/// What people leave in examples and compose files. Matched without case and punctuation.
const WELL_KNOWN: [&str; 12] = [
    "changeme",
    "changeit",
    "secret",
    "password",
    "example",
    "default",
    "placeholder",
    "replaceme",
    "insecure",
    "development",
    "yourkey",
    "sandbox",
];

/// A shared secret must be long enough in every mode.
pub(super) fn check_shared_secret_length(secret: &SecretString) -> Result<(), &'static str> {
    if secret.expose_secret().len() < JWT_SECRET_BYTES_MIN {
        return Err("is shorter than 32 bytes");
    }
    Ok(())
}

pub(super) fn check_production_shared_secret(secret: &SecretString) -> Result<(), &'static str> {
    check_shared_secret_length(secret)?;
    check_unguessable(secret.expose_secret())
}

pub(super) fn check_production_stripe_key(secret: &SecretString) -> Result<(), &'static str> {
    let key = secret.expose_secret();
    if key.starts_with("sk_test_") || key.starts_with("rk_test_") {
        return Err("is a test key; production needs a live one (or CREDITS_MODE=sandbox)");
    }
    let body = key
        .strip_prefix("sk_live_")
        .or_else(|| key.strip_prefix("rk_live_"))
        .ok_or("is not a secret key of Stripe's (sk_live_… or rk_live_…)")?;
    check_stripe_body(body)
}

/// In sandbox mode a token is minted by anybody at the machine: no place for real money.
pub(super) fn check_sandbox_stripe_key(secret: &SecretString) -> Result<(), &'static str> {
    let key = secret.expose_secret();
    if key.starts_with("sk_test_") || key.starts_with("rk_test_") {
        return Ok(());
    }
    Err("is not a test key; sandbox mode takes no other (sk_test_… or rk_test_…)")
}

pub(super) fn check_production_webhook_secret(secret: &SecretString) -> Result<(), &'static str> {
    let secret = secret.expose_secret();
    if secret.starts_with(SANDBOX_WEBHOOK_PREFIX) {
        return Err("holds a test secret; a live key needs the secret of a live endpoint");
    }
    let body = secret
        .strip_prefix("whsec_")
        .ok_or("holds something that is not a signing secret of Stripe's (whsec_…)")?;
    check_stripe_body(body)
}

fn check_stripe_body(body: &str) -> Result<(), &'static str> {
    if body.len() < STRIPE_BODY_MIN {
        return Err("is shorter than Stripe makes them");
    }
    if !body.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("holds characters that Stripe does not use");
    }
    check_unguessable(body)
}

/// Not a measure of entropy, which a text cannot show: only what is surely a placeholder fails.
fn check_unguessable(text: &str) -> Result<(), &'static str> {
    let plain: String = text
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    if plain.starts_with("test") || WELL_KNOWN.iter().any(|word| plain.contains(word)) {
        return Err("is a default, test or example secret");
    }
    let mut seen: Vec<u8> = text.bytes().collect();
    seen.sort_unstable();
    seen.dedup();
    if seen.len() < DISTINCT_BYTES_MIN || repeats_itself(text.as_bytes()) {
        return Err("repeats itself; make a random one");
    }
    if is_a_run(text.as_bytes()) {
        return Err("is a run of neighbouring characters; make a random one");
    }
    Ok(())
}

/// `abcdabcdabcdab`: a short piece over and over, the last time perhaps cut.
fn repeats_itself(text: &[u8]) -> bool {
    (1..=text.len() / 2).any(|period| {
        text.iter()
            .zip(text.iter().skip(period))
            .all(|(earlier, later)| earlier == later)
    })
}

/// `abcdefgh…` or `…76543210`: hardly a step that is not to the next character.
fn is_a_run(text: &[u8]) -> bool {
    let steps = text.len().saturating_sub(1);
    let short = text
        .iter()
        .zip(text.iter().skip(1))
        .filter(|(earlier, later)| earlier.abs_diff(**later) <= 1)
        .count();
    short.saturating_mul(4) > steps.saturating_mul(3)
}

/// The parts of a comma-separated secret, without blanks around them.
pub(super) fn split(
    variable: &'static str,
    secrets: &SecretString,
) -> Result<Vec<SecretString>, ConfigError> {
    let parts = secrets.expose_secret().split(',').map(str::trim);
    let parts: Vec<SecretString> = parts.map(SecretString::from).collect();
    if parts.iter().any(|part| part.expose_secret().is_empty()) {
        return Err(ConfigError::new(variable, "has an empty entry"));
    }
    Ok(parts)
}
