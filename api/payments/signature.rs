//! Tells whether a webhook was signed by Stripe, from its raw bytes and nothing else.
//!
//! The body is never parsed here, and nothing may parse it before [`verify`] has said yes. No
//! comparison may take longer for a better guess. The scheme is Stripe's own: the header
//! `Stripe-Signature: t=<unix seconds>,v1=<hex>[,v1=<hex>…]`, each `v1` an HMAC-SHA-256 of
//! `<t>.<body>` under one endpoint secret (the whole `whsec_…` text is the key).

use aws_lc_rs::hmac;
use secrecy::{ExposeSecret, SecretString};
use subtle::{Choice, ConstantTimeEq};

/// How far Stripe's clock and ours may differ, in seconds, both ways and inclusive.
pub const TOLERANCE_SECONDS: u64 = 300;

/// Longer headers are refused unread. Stripe's own stay below 300 bytes.
const HEADER_BYTES_MAX: usize = 8 * 1024;

/// More `v1` items than this are refused: each costs a comparison with every secret.
const SIGNATURES_MAX: usize = 100;

/// Why a webhook was not taken for Stripe's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    #[error("the Stripe-Signature header is missing or empty")]
    HeaderMissing,
    #[error("the Stripe-Signature header is longer than is ever sent")]
    HeaderTooLong,
    #[error("the Stripe-Signature header is not a list of key=value with one timestamp")]
    HeaderMalformed,
    #[error("the Stripe-Signature header carries too many signatures")]
    TooManySignatures,
    #[error("the Stripe-Signature header carries no v1 signature")]
    NoSignature,
    #[error("no signature matches the body under any of the endpoint secrets")]
    NoSignatureMatches,
    #[error("the signature is right, but its timestamp is more than five minutes from our clock")]
    ClockSkew,
}

impl SignatureError {
    /// A stable label for metrics and logs. `clock_skew` is only ever said of a right signature,
    /// so a forger cannot raise that alarm.
    pub fn reason(self) -> &'static str {
        match self {
            SignatureError::HeaderMissing => "header_missing",
            SignatureError::HeaderTooLong => "header_too_long",
            SignatureError::HeaderMalformed => "header_malformed",
            SignatureError::TooManySignatures => "too_many_signatures",
            SignatureError::NoSignature => "no_signature",
            SignatureError::NoSignatureMatches => "bad_signature",
            SignatureError::ClockSkew => "clock_skew",
        }
    }
}

/// Checks `payload`, the body exactly as it came, against the value of its `Stripe-Signature`
/// header. Any `v1` under any of `secrets` will do, so that secrets can be rolled; `now` is in
/// Unix seconds.
pub fn verify(
    payload: &[u8],
    header: Option<&[u8]>,
    secrets: &[SecretString],
    now: i64,
) -> Result<(), SignatureError> {
    let signed = SignedHeader::parse(header.unwrap_or_default())?;
    let mut matched = Choice::from(0);
    // Under an empty key anybody can sign.
    for secret in secrets
        .iter()
        .filter(|secret| !secret.expose_secret().is_empty())
    {
        let expected = hex_signature(payload, secret, signed.timestamp_text);
        // Every pair is compared, so the time taken tells nothing of which one matched.
        for candidate in &signed.signatures {
            matched |= expected.as_bytes().ct_eq(candidate.as_bytes());
        }
    }
    if !bool::from(matched) {
        return Err(SignatureError::NoSignatureMatches);
    }
    // After the signature: a timestamp that nobody signed is no news about any clock.
    if now.abs_diff(signed.timestamp) > TOLERANCE_SECONDS {
        return Err(SignatureError::ClockSkew);
    }
    Ok(())
}

/// The header that Stripe would send with `payload` at `timestamp` (Unix seconds).
pub fn sign(payload: &[u8], secret: &SecretString, timestamp: i64) -> String {
    let timestamp = timestamp.to_string();
    let signature = hex_signature(payload, secret, &timestamp);
    format!("t={timestamp},v1={signature}")
}

struct SignedHeader<'a> {
    /// As it came: these characters are what was signed.
    timestamp_text: &'a str,
    timestamp: i64,
    signatures: Vec<&'a str>,
}

impl<'a> SignedHeader<'a> {
    fn parse(header: &'a [u8]) -> Result<SignedHeader<'a>, SignatureError> {
        if header.is_empty() {
            return Err(SignatureError::HeaderMissing);
        }
        if header.len() > HEADER_BYTES_MAX {
            return Err(SignatureError::HeaderTooLong);
        }
        let header = str::from_utf8(header).map_err(|_| SignatureError::HeaderMalformed)?;
        let mut timestamp_text = None;
        let mut signatures = Vec::new();
        for item in header.split(',') {
            let (scheme, value) = item
                .split_once('=')
                .ok_or(SignatureError::HeaderMalformed)?;
            match scheme {
                "t" if timestamp_text.is_some() => return Err(SignatureError::HeaderMalformed),
                "t" => timestamp_text = Some(value),
                "v1" if signatures.len() >= SIGNATURES_MAX => {
                    return Err(SignatureError::TooManySignatures);
                }
                "v1" => signatures.push(value),
                // Other schemes (v0 is Stripe's test scheme) prove nothing and are passed over.
                _ => {}
            }
        }
        let timestamp_text = timestamp_text.ok_or(SignatureError::HeaderMalformed)?;
        let timestamp = unix_seconds(timestamp_text).ok_or(SignatureError::HeaderMalformed)?;
        if signatures.is_empty() {
            return Err(SignatureError::NoSignature);
        }
        Ok(SignedHeader {
            timestamp_text,
            timestamp,
            signatures,
        })
    }
}

/// Digits alone: Rust's own parser would also take a sign.
fn unix_seconds(text: &str) -> Option<i64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// Lower-case hex, as Stripe writes it; upper case therefore never matches.
fn hex_signature(payload: &[u8], secret: &SecretString, timestamp_text: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose_secret().as_bytes());
    let mut mac = hmac::Context::with_key(&key);
    mac.update(timestamp_text.as_bytes());
    mac.update(b".");
    mac.update(payload);
    let digest = mac.sign();
    digest
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests;
