//! Keys that tokens are verified with. Each key belongs to one algorithm, by its own kind and never
//! by what a token says; a symmetric key is never taken from a published set.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyOperations, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::AuthError;
use super::compact::{CompactToken, unique_object};

/// A set with more keys than this is not an identity provider's.
const KEYS_MAX: usize = 100;

/// NIST SP 800-131A: shorter RSA keys are not to be trusted.
const RSA_MODULUS_BYTES_MIN: usize = 256;

/// One key, and the one algorithm it is for.
#[derive(Clone)]
pub(super) struct VerifyingKey {
    id: Option<String>,
    algorithm: Algorithm,
    key: DecodingKey,
}

impl VerifyingKey {
    pub(super) fn shared_secret(secret: &SecretString) -> VerifyingKey {
        VerifyingKey {
            id: None,
            algorithm: Algorithm::HS256,
            key: DecodingKey::from_secret(secret.expose_secret().as_bytes()),
        }
    }

    /// `None` for a key that is not for us: another kind, another use, too weak, or broken. The
    /// others of its set stay good.
    fn published(jwk: &Value) -> Option<VerifyingKey> {
        let jwk: Jwk = serde_json::from_value(jwk.clone()).ok()?;
        let algorithm = match &jwk.algorithm {
            AlgorithmParameters::RSA(key) => {
                let modulus = URL_SAFE_NO_PAD.decode(&key.n).ok()?;
                (modulus.len() >= RSA_MODULUS_BYTES_MIN).then_some(Algorithm::RS256)?
            }
            AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => {
                Algorithm::ES256
            }
            AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => {
                Algorithm::EdDSA
            }
            _ => return None,
        };
        let common = &jwk.common;
        let says_same = common
            .key_algorithm
            .is_none_or(|said| said == algorithm.into());
        let for_signatures = matches!(common.public_key_use, None | Some(PublicKeyUse::Signature));
        let operations = common.key_operations.as_ref();
        let may_verify = operations.is_none_or(|may| may.contains(&KeyOperations::Verify));
        if !(says_same && for_signatures && may_verify) {
            return None;
        }
        Some(VerifyingKey {
            id: common.key_id.clone(),
            algorithm,
            key: DecodingKey::from_jwk(&jwk).ok()?,
        })
    }

    /// Whether this key signed the token. The signature is the only thing that is looked at.
    pub(super) fn verify(&self, token: &CompactToken) -> Result<(), AuthError> {
        if token.header.algorithm != self.algorithm {
            return Err(AuthError::AlgorithmRefused);
        }
        let signed = token.signed.as_bytes();
        match crypto::verify(token.signature, signed, &self.key, self.algorithm) {
            Ok(true) => Ok(()),
            Ok(false) | Err(_) => Err(AuthError::SignatureWrong),
        }
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let (id, algorithm) = (&self.id, &self.algorithm);
        write!(formatter, "VerifyingKey({algorithm:?}, {id:?})")
    }
}

/// The keys that an identity provider publishes.
#[derive(Debug, Clone)]
pub(super) struct KeySet(Vec<VerifyingKey>);

impl KeySet {
    /// `None` if it is no key set. A set without a key for us is one all the same: an identity
    /// provider that withdraws its keys means it.
    pub(super) fn parse(json: &[u8]) -> Option<KeySet> {
        let set = unique_object(json)?;
        let keys = set.get("keys")?.as_array()?;
        if keys.len() > KEYS_MAX {
            return None;
        }
        Some(KeySet(
            keys.iter().filter_map(VerifyingKey::published).collect(),
        ))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The key a token asks for: of that id, and of the token's algorithm. A token that names no
    /// key is verified only if there is no choice.
    pub(super) fn find(&self, token: &CompactToken) -> Option<&VerifyingKey> {
        let header = &token.header;
        let mut fitting = self.0.iter().filter(|key| {
            let named = header.key_id.is_none() || header.key_id == key.id;
            named && key.algorithm == header.algorithm
        });
        let first = fitting.next()?;
        (header.key_id.is_some() || fitting.next().is_none()).then_some(first)
    }
}
