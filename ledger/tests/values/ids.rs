//! Ids of ours lead back to what they name: when it was made, and in which bucket it lies.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use ledger::entry::new_hold_id;
use ledger::ids::{AccountId, EntryId};
use ledger::instant::Instant;
use uuid::Uuid;

fn account(text: &str) -> AccountId {
    AccountId::parse(text).unwrap()
}

#[test]
fn account_ids_are_compared_hashed_and_shown_by_their_text() {
    let hash = |id: &AccountId| {
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        hasher.finish()
    };
    let (ada, eve) = (account("ada"), account("eve"));
    assert_eq!(ada.partial_cmp(&eve), Some(Ordering::Less));
    assert_eq!(hash(&ada), hash(&account("ada")));
    assert_ne!(hash(&ada), hash(&eve));
    assert_eq!(format!("{ada:?}"), "\"ada\"");
}

#[test]
fn an_account_id_is_1_to_255_visible_characters() {
    for refused in ["", " ", "a b", "a\n", "ü", &"a".repeat(256)] {
        assert!(AccountId::parse(refused).is_err(), "{refused:?}");
    }
    assert!(AccountId::parse(&"a".repeat(255)).is_ok());
}

#[test]
fn an_id_says_the_bucket_of_its_account_and_is_random_beside_it() {
    let now = Instant::from_micros(1_772_323_200_123_456);
    for owner in ["user-1", "a", "acct-7"].map(account) {
        let mut beside = BTreeSet::new();
        for previous in 0..=u8::MAX {
            let id = new_hold_id(&owner, &[previous; 32], now);
            assert_eq!(id.bucket(), owner.bucket(), "{owner} after {previous}");
            beside.insert(id.uuid().as_bytes()[6] & 0b1100);
        }
        assert_eq!(beside.len(), 4, "all that two bits can be");
    }
}

#[test]
fn an_entrys_id_says_the_millisecond_in_which_it_was_made() {
    let now = Instant::from_micros(1_772_323_200_123_456);
    let id = EntryId::from_uuid(new_hold_id(&account("ada"), &[7; 32], now).uuid());
    let first = Instant::from_micros(1_772_323_200_123_000);
    let next = Instant::from_micros(1_772_323_200_124_000);
    assert_eq!(id.made_within(), Some((first, next)));
    assert_eq!(EntryId::from_uuid(Uuid::nil()).made_within(), None);
}
