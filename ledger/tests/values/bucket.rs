//! The bucket of an account, which begins every key of its rows.

use ledger::ids::AccountId;

// Computed apart from this code: the first two bytes of `sha256sum`, modulo 1 024.
#[test]
fn an_accounts_bucket_never_changes() {
    for (account, bucket) in [
        ("user-1", 706),
        ("auth0|5f7c8ec7c33c6c004bbafe82", 426),
        ("a", 663),
    ] {
        let account = AccountId::parse(account).unwrap();
        assert_eq!(account.bucket(), bucket, "{account}");
    }
}
