//! The bucket of an account: a small stable number that begins every key, so that one day the
//! tables can be spread over machines by it. It must never change for an account.

use ledger::ids::AccountId;
use sha2::{Digest, Sha256};

/// A power of two, so that the low bits of the hash are the bucket.
const BUCKETS: u16 = 1024;

pub fn bucket_of(account_id: &AccountId) -> i16 {
    let digest: [u8; 32] = Sha256::digest(account_id.as_str().as_bytes()).into();
    let [first, second, ..] = digest;
    let number = u16::from_be_bytes([first, second]) & BUCKETS.wrapping_sub(1);
    i16::try_from(number).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Computed apart from this code: the first two bytes of `sha256sum`, modulo 1 024.
    #[test]
    fn an_accounts_bucket_never_changes() {
        for (account, bucket) in [
            ("user-1", 706),
            ("auth0|5f7c8ec7c33c6c004bbafe82", 426),
            ("a", 663),
        ] {
            let account = AccountId::parse(account).unwrap();
            assert_eq!(bucket_of(&account), bucket, "{account}");
        }
    }
}
