//! Mints a token for trying the service out. In sandbox mode only: in production this would be a
//! way around the identity provider.

use std::time::Duration;

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use ledger::ids::AccountId;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::{Scope, Scopes};
use crate::config::{Mode, Settings, TokenKeys};

/// Longer-lived ones would be passwords.
const TTL_MAX: Duration = Duration::from_secs(366 * 24 * 60 * 60);

/// What `credits token` was asked for.
#[derive(Debug, Clone, clap::Args)]
pub struct TokenRequest {
    /// The account that the token is for.
    #[arg(long)]
    pub account: String,

    /// What it may do: words of credits:read, credits:purchase, credits:consume, credits:admin.
    #[arg(long, default_value = "credits:read credits:purchase")]
    pub scope: String,

    /// How long it is good for, such as 90s, 1h or 7days.
    #[arg(long, default_value = "1h")]
    pub ttl: String,
}

/// Why no token was minted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefusal {
    #[error("tokens are minted in sandbox mode only; in production the identity provider does it")]
    OutsideSandboxMode,
    #[error("CREDITS_JWKS_URL is set, so only the identity provider can sign tokens")]
    NoSecret,
    #[error("--account is not an account id: 1 to 255 visible ASCII characters without spaces")]
    AccountMalformed,
    #[error(
        "--scope has a word that is none of credits:read, credits:purchase, credits:consume, credits:admin"
    )]
    ScopeUnknown,
    #[error("--ttl is not a time of one second to a year, such as 1h")]
    TtlMalformed,
    #[error("the token could not be signed")]
    NotSigned,
}

/// A token that this service, so configured, will take; `now` is in Unix seconds.
pub fn mint(
    settings: &Settings,
    request: &TokenRequest,
    now: i64,
) -> Result<SecretString, TokenRefusal> {
    Mint::of(settings)?.token(request, now)
}

/// What signs the tokens of a sandbox.
pub struct Mint {
    key: EncodingKey,
    issuer: String,
    audience: String,
    account_claim: String,
}

impl Mint {
    pub fn of(settings: &Settings) -> Result<Mint, TokenRefusal> {
        if settings.mode != Mode::Sandbox {
            return Err(TokenRefusal::OutsideSandboxMode);
        }
        let identity = &settings.identity;
        let TokenKeys::Secret(secret) = &identity.keys else {
            return Err(TokenRefusal::NoSecret);
        };
        Ok(Mint {
            key: EncodingKey::from_secret(secret.expose_secret().as_bytes()),
            issuer: identity.issuer.clone(),
            audience: identity.audience.clone(),
            account_claim: identity.account_claim.clone(),
        })
    }

    /// `now` is in Unix seconds.
    pub fn token(&self, request: &TokenRequest, now: i64) -> Result<SecretString, TokenRefusal> {
        let account =
            AccountId::parse(&request.account).map_err(|_| TokenRefusal::AccountMalformed)?;
        let scopes = scopes(&request.scope)?;
        let expires = now
            .checked_add(ttl_seconds(&request.ttl)?)
            .ok_or(TokenRefusal::TtlMalformed)?;
        let claims = [
            ("iss", Value::from(self.issuer.as_str())),
            ("aud", Value::from(self.audience.as_str())),
            ("sub", Value::from(account.as_str())),
            (&self.account_claim, Value::from(account.as_str())),
            ("scope", Value::from(scopes)),
            ("iat", Value::from(now)),
            ("exp", Value::from(expires)),
        ];
        let claims: Map<String, Value> = claims
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.key)
            .map(SecretString::from)
            .map_err(|_| TokenRefusal::NotSigned)
    }
}

fn scopes(words: &str) -> Result<String, TokenRefusal> {
    let parsed: Option<Scopes> = words.split_whitespace().map(Scope::parse).collect();
    let words: Vec<&str> = match &parsed {
        Some(scopes) => scopes.iter().map(Scope::as_str).collect(),
        None => return Err(TokenRefusal::ScopeUnknown),
    };
    Ok(words.join(" "))
}

fn ttl_seconds(text: &str) -> Result<i64, TokenRefusal> {
    let ttl = humantime::parse_duration(text).map_err(|_| TokenRefusal::TtlMalformed)?;
    if ttl < Duration::from_secs(1) || ttl > TTL_MAX {
        return Err(TokenRefusal::TtlMalformed);
    }
    i64::try_from(ttl.as_secs()).map_err(|_| TokenRefusal::TtlMalformed)
}
