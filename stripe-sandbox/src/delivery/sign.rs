//! Stripe's webhook signature; the secret goes in whole, `whsec_` included, and never comes out.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::wire::idempotency::hex;

/// The `Stripe-Signature` header of a payload sent at `timestamp` (seconds).
pub(crate) fn header(secret: &str, timestamp: i64, payload: &str) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(format!("{timestamp}.{payload}").as_bytes());
    Some(format!(
        "t={timestamp},v1={}",
        hex(&mac.finalize().into_bytes())
    ))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_signature_is_an_hmac_over_time_and_payload() {
        // Computed with `printf '%s' '1700000000.{"a":1}' | openssl dgst -sha256 -hmac whsec_test`.
        let header = super::header("whsec_test", 1_700_000_000, r#"{"a":1}"#).unwrap();
        assert_eq!(
            header,
            "t=1700000000,v1=38877139021993b830af32feea6e18a8da83eb2f6e49ee50bd9e4cf4ca4d3789"
        );
    }
}
