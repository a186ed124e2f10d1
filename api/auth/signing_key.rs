//! The key that vouches for what goes out of the house: the secrets of webhook endpoints follow from it,
//! so that none is stored, and the links in mails carry its seal.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ledger::ids::{AccountId, EndpointId};
use ledger::notice::Kind;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use subtle::ConstantTimeEq;

use super::cursor_seal::mac;

const SEAL_BYTES: usize = 16;
/// Longer than any: a seal, a kind and an account.
const LONGEST_TOKEN: usize = 512;

#[derive(Clone)]
pub struct SigningKey(SecretSlice<u8>);

/// What one endpoint and we know, and nobody else.
pub struct WebhookSecret(SecretSlice<u8>);

impl SigningKey {
    pub fn new(secret: &SecretString) -> SigningKey {
        let bytes = secret.expose_secret().as_bytes().to_vec();
        SigningKey(SecretSlice::from(bytes))
    }

    /// The secret of an endpoint, in each generation another one.
    pub fn webhook_secret(&self, endpoint: EndpointId, generation: i32) -> WebhookSecret {
        let (id, generation) = (endpoint.uuid(), generation.to_be_bytes());
        let parts: [&[u8]; 3] = [b"webhook secret", id.as_bytes(), &generation];
        WebhookSecret(SecretSlice::from(mac(self.0.expose_secret(), &parts)))
    }

    /// Stands in a link of a mail: whoever follows it wants no more mails of this kind to the account.
    pub fn unsubscribe_token(&self, account_id: &AccountId, kind: Kind) -> String {
        let mut token = self.unsubscribe_seal(account_id.as_str(), kind);
        token.extend_from_slice(&kind.number().to_be_bytes());
        token.extend_from_slice(account_id.as_str().as_bytes());
        URL_SAFE_NO_PAD.encode(token)
    }

    /// Whose mails of which kind, if the token is one of ours.
    pub fn unsubscribing(&self, token: &str) -> Option<(AccountId, Kind)> {
        if token.len() > LONGEST_TOKEN {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (seal, rest) = bytes.split_at_checked(SEAL_BYTES)?;
        let (number, account_id) = rest.split_first_chunk()?;
        let kind = Kind::from_number(i16::from_be_bytes(*number))?;
        let account_id = AccountId::parse(std::str::from_utf8(account_id).ok()?).ok()?;
        let expected = self.unsubscribe_seal(account_id.as_str(), kind);
        bool::from(expected.as_slice().ct_eq(seal)).then_some((account_id, kind))
    }

    fn unsubscribe_seal(&self, account_id: &str, kind: Kind) -> Vec<u8> {
        let number = kind.number().to_be_bytes();
        let parts: [&[u8]; 3] = [b"unsubscribe", &number, account_id.as_bytes()];
        let mut seal = mac(self.0.expose_secret(), &parts);
        seal.truncate(SEAL_BYTES);
        seal
    }
}

impl WebhookSecret {
    /// As its owner is shown it, once: Standard Webhooks' `whsec_` and base64.
    pub fn reveal(&self) -> SecretString {
        let text = STANDARD.encode(self.0.expose_secret());
        SecretString::from(format!("whsec_{text}"))
    }

    /// Standard Webhooks' `v1` signature.
    pub fn sign(&self, message_id: &str, unix_seconds: i64, body: &str) -> String {
        let message = format!("{message_id}.{unix_seconds}.{body}");
        let signature = hmac_of(self.0.expose_secret(), message.as_bytes());
        format!("v1,{}", STANDARD.encode(signature))
    }
}

fn hmac_of(key: &[u8], message: &[u8]) -> Vec<u8> {
    use hmac::{Hmac, KeyInit, Mac};
    // An HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<sha2::Sha256>::new_from_slice(key) else {
        return Vec::new();
    };
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}
