//! Seals on cursors: what a caller is handed means something to the same caller and list only, and
//! nobody can point it elsewhere. It keeps nothing secret; it only vouches.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretSlice};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::Caller;

const LONGEST_CURSOR: usize = 512;
const SEAL_BYTES: usize = 16;

/// The secret that seals cursors. All processes on one database have the same.
#[derive(Clone)]
pub struct CursorSeal(SecretSlice<u8>);

impl CursorSeal {
    /// Derived, so that one more secret need not be configured.
    pub fn derive(from: &[u8]) -> CursorSeal {
        let seal = mac(from, &[b"cursors of lists"]);
        CursorSeal(SecretSlice::from(seal))
    }

    /// A cursor to `position` in the list that `scope` names.
    pub fn seal(&self, caller: &Caller, scope: &str, position: &str) -> String {
        let mut bytes = self.mac_of(caller, scope, position);
        bytes.extend_from_slice(position.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The position in a cursor that was sealed for this caller and list.
    pub fn open(&self, caller: &Caller, scope: &str, cursor: &str) -> Option<String> {
        if cursor.len() > LONGEST_CURSOR {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (seal, position) = bytes.split_at_checked(SEAL_BYTES)?;
        let position = std::str::from_utf8(position).ok()?;
        let expected = self.mac_of(caller, scope, position);
        bool::from(expected.as_slice().ct_eq(seal)).then(|| position.to_owned())
    }

    fn mac_of(&self, caller: &Caller, scope: &str, position: &str) -> Vec<u8> {
        let account = caller.account_id.as_str();
        let parts = [account, &caller.subject, scope, position].map(str::as_bytes);
        let mut seal = mac(self.0.expose_secret(), &parts);
        seal.truncate(SEAL_BYTES);
        seal
    }
}

pub(super) fn mac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    // An HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return Vec::new();
    };
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}
