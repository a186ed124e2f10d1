//! Takes a token apart without believing any of it: one Authorization header, three parts, a header
//! of known types. Nothing is decoded that is too long, and nothing a header points at is fetched.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::Algorithm;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::AuthError;

/// Longer tokens are refused unread. Identity providers stay below 4 KiB.
const TOKEN_BYTES_MAX: usize = 8 * 1024;

const KEY_ID_BYTES_MAX: usize = 128;

/// A token taken apart.
#[derive(Debug)]
pub(super) struct CompactToken<'a> {
    pub(super) header: TokenHeader,
    /// What was signed: header and claims with the dot between them.
    pub(super) signed: &'a str,
    pub(super) signature: &'a str,
    claims: &'a str,
}

/// The part of a token's header that counts. `jku`, `x5u`, `jwk` and `x5c` offer keys of the
/// sender's choice and are not even looked at.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TokenHeader {
    pub(super) algorithm: Algorithm,
    pub(super) key_id: Option<String>,
}

/// The token of the one Authorization header that there may be.
pub(super) fn bearer<'a>(
    authorization: impl IntoIterator<Item = &'a [u8]>,
) -> Result<&'a str, AuthError> {
    let mut headers = authorization.into_iter();
    let header = headers.next().ok_or(AuthError::CredentialsMissing)?;
    if headers.next().is_some() {
        return Err(AuthError::SeveralCredentials);
    }
    let header = str::from_utf8(header).map_err(|_| AuthError::NotABearerToken)?;
    match header.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(token),
        _ => Err(AuthError::NotABearerToken),
    }
}

impl<'a> CompactToken<'a> {
    pub(super) fn parse(token: &'a str) -> Result<CompactToken<'a>, AuthError> {
        if token.len() > TOKEN_BYTES_MAX {
            return Err(AuthError::TokenTooLong);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(AuthError::TokenMalformed)?;
        let (header, claims) = signed.split_once('.').ok_or(AuthError::TokenMalformed)?;
        // A fourth part would leave its dot among the claims, where base64url has none.
        let parts = [header, claims, signature];
        if parts
            .iter()
            .any(|part| part.is_empty() || !is_base64url(part))
        {
            return Err(AuthError::TokenMalformed);
        }
        Ok(CompactToken {
            header: TokenHeader::parse(&decode(header)?)?,
            signed,
            signature,
            claims,
        })
    }

    /// The claims, to be read only once the signature has been found right.
    pub(super) fn claims(&self) -> Result<Map<String, Value>, AuthError> {
        unique_object(&decode(self.claims)?).ok_or(AuthError::ClaimsMalformed)
    }
}

impl TokenHeader {
    fn parse(json: &[u8]) -> Result<TokenHeader, AuthError> {
        let header = unique_object(json).ok_or(AuthError::HeaderMalformed)?;
        // RFC 7515 §4.1.11: what is critical must be understood, and we understand none of it.
        if header.contains_key("crit") {
            return Err(AuthError::ExtensionDemanded);
        }
        match header.get("typ") {
            None => {}
            Some(Value::String(kind)) if is_access_token(kind) => {}
            Some(_) => return Err(AuthError::NotAnAccessToken),
        }
        let algorithm = match header.get("alg").and_then(Value::as_str) {
            Some("HS256") => Algorithm::HS256,
            Some("RS256") => Algorithm::RS256,
            Some("ES256") => Algorithm::ES256,
            Some("EdDSA") => Algorithm::EdDSA,
            _ => return Err(AuthError::AlgorithmRefused),
        };
        let key_id = match header.get("kid") {
            None => None,
            Some(Value::String(id)) if is_key_id(id) => Some(id.clone()),
            Some(_) => return Err(AuthError::KeyIdMalformed),
        };
        Ok(TokenHeader { algorithm, key_id })
    }
}

/// `JWT` and `at+jwt` (RFC 9068), with or without `application/`, in any case as media types are.
/// An ID token says `JWT` or nothing too; it is told by its audience, which is the client.
fn is_access_token(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    let kind = kind.strip_prefix("application/").unwrap_or(&kind);
    matches!(kind, "jwt" | "at+jwt")
}

fn is_key_id(id: &str) -> bool {
    let visible = id.bytes().all(|byte| byte.is_ascii_graphic());
    visible && (1..=KEY_ID_BYTES_MAX).contains(&id.len())
}

fn is_base64url(part: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    part.bytes().all(allowed)
}

fn decode(part: &str) -> Result<Vec<u8>, AuthError> {
    URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| AuthError::TokenMalformed)
}

/// A JSON object, unless a key comes twice in it: of two `exp`, which one counted would depend on
/// who reads.
pub(super) fn unique_object(json: &[u8]) -> Option<Map<String, Value>> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let object = reader.deserialize_map(UniqueKeys).ok()?;
    reader.end().ok()?;
    Some(object)
}

struct UniqueKeys;

impl<'de> Visitor<'de> for UniqueKeys {
    type Value = Map<String, Value>;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("an object with each key once")
    }

    fn visit_map<Access: MapAccess<'de>>(
        self,
        mut entries: Access,
    ) -> Result<Self::Value, Access::Error> {
        let mut object = Map::new();
        while let Some((key, value)) = entries.next_entry::<String, Value>()? {
            if object.insert(key, value).is_some() {
                return Err(Access::Error::custom("a key comes twice"));
            }
        }
        Ok(object)
    }
}
