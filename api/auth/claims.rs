//! What a signed token must say before it is believed. The clock is a parameter.

use ledger::ids::AccountId;
use serde_json::{Map, Value};

use super::{AuthError, Caller, Scopes};
use crate::config::IdentitySettings;

/// How far the identity provider's clock and ours may differ, in seconds. A token works until 59
/// seconds past its `exp`, and from 60 seconds before its `nbf` or `iat`.
pub const LEEWAY_SECONDS: i64 = 60;

/// Claims are text of identity providers: bounded, so that logs and rows are.
const SUBJECT_CHARACTERS_MAX: usize = 255;

type Claims = Map<String, Value>;

/// Who calls, if the claims are all there, of the right types, ours, and valid at `now` (Unix
/// seconds).
pub(super) fn judge(
    claims: &Claims,
    expected: &IdentitySettings,
    now: i64,
) -> Result<Caller, AuthError> {
    let until = judge_time(claims, now)?;
    if text(claims, "iss")? != expected.issuer {
        return Err(AuthError::IssuerWrong);
    }
    judge_audience(claims, &expected.audience)?;
    let subject = text(claims, "sub")?;
    if subject.is_empty() || subject.chars().count() > SUBJECT_CHARACTERS_MAX {
        return Err(AuthError::ClaimsMalformed);
    }
    let account = claims.get(&expected.account_claim).and_then(Value::as_str);
    let account = account.ok_or(AuthError::AccountMalformed)?;
    Ok(Caller {
        subject: subject.to_owned(),
        account_id: AccountId::parse(account).map_err(|_| AuthError::AccountMalformed)?,
        scopes: Scopes::from_claims(claims)?,
        until,
    })
}

/// How long the token works.
fn judge_time(claims: &Claims, now: i64) -> Result<i64, AuthError> {
    let expires = instant(claims, "exp")?.ok_or(AuthError::ClaimMissing)?;
    let until = expires.saturating_add(LEEWAY_SECONDS);
    if now >= until {
        return Err(AuthError::Expired);
    }
    for start in ["nbf", "iat"] {
        let start = instant(claims, start)?;
        if start.is_some_and(|start| start > now.saturating_add(LEEWAY_SECONDS)) {
            return Err(AuthError::NotYetValid);
        }
    }
    Ok(until)
}

/// Whole seconds since 1970. RFC 7519 would allow fractions; a float rounds, and no identity
/// provider sends one.
fn instant(claims: &Claims, name: &str) -> Result<Option<i64>, AuthError> {
    let Some(value) = claims.get(name) else {
        return Ok(None);
    };
    let seconds = value.as_i64().filter(|seconds| *seconds >= 0);
    seconds.map(Some).ok_or(AuthError::ClaimsMalformed)
}

/// Ours must be the audience, or one of them.
fn judge_audience(claims: &Claims, ours: &str) -> Result<(), AuthError> {
    let named = match claims.get("aud") {
        None => return Err(AuthError::ClaimMissing),
        Some(Value::String(audience)) => audience == ours,
        Some(Value::Array(audiences)) => {
            if !audiences.iter().all(Value::is_string) {
                return Err(AuthError::ClaimsMalformed);
            }
            audiences.iter().any(|audience| audience == ours)
        }
        Some(_) => return Err(AuthError::ClaimsMalformed),
    };
    named.then_some(()).ok_or(AuthError::AudienceWrong)
}

fn text<'a>(claims: &'a Claims, name: &str) -> Result<&'a str, AuthError> {
    let value = claims.get(name).ok_or(AuthError::ClaimMissing)?;
    value.as_str().ok_or(AuthError::ClaimsMalformed)
}
