//! Lists: a limit, and a cursor that means something to the same caller and list only. A cursor is
//! opaque and sealed, so that nobody can point it elsewhere.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretSlice};
use sha2::Sha256;

use super::auth::Caller;
use super::error::{ApiError, ErrorCode};

pub const DEFAULT_LIMIT: i64 = 25;
pub const MOST: i64 = 100;
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
    pub fn open(&self, caller: &Caller, scope: &str, cursor: &str) -> Result<String, ApiError> {
        let invalid = || ApiError::new(ErrorCode::InvalidCursor);
        if cursor.len() > LONGEST_CURSOR {
            return Err(invalid());
        }
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| invalid())?;
        let (seal, position) = bytes.split_at_checked(SEAL_BYTES).ok_or_else(invalid)?;
        let position = std::str::from_utf8(position).map_err(|_| invalid())?;
        let expected = self.mac_of(caller, scope, position);
        if bool::from(subtle::ConstantTimeEq::ct_eq(expected.as_slice(), seal)) {
            Ok(position.to_owned())
        } else {
            Err(invalid())
        }
    }

    fn mac_of(&self, caller: &Caller, scope: &str, position: &str) -> Vec<u8> {
        let account = caller.account_id.as_str();
        let parts = [account, &caller.subject, scope, position].map(str::as_bytes);
        let mut seal = mac(self.0.expose_secret(), &parts);
        seal.truncate(SEAL_BYTES);
        seal
    }
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
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

/// The limit asked for, within bounds.
pub fn limit(asked: Option<i64>) -> Result<i64, ApiError> {
    match asked {
        None => Ok(DEFAULT_LIMIT),
        Some(limit @ 1..=MOST) => Ok(limit),
        Some(_) => Err(ApiError::with_detail(
            ErrorCode::InvalidQuery,
            format!("The query: limit is 1 to {MOST}."),
        )),
    }
}

/// A page of `limit` from one row more than that, and whether there is a next one.
pub fn page<T>(mut rows: Vec<T>, limit: i64) -> (Vec<T>, bool) {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    (rows, more)
}
