//! Typed ids, so that a lot's id can never stand where a purchase's is meant. They are made by
//! the caller and only carried here: nothing in this crate invents one.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::instant::Instant;

/// Into how many parts the accounts are divided. A part is what a database spread over several
/// machines keeps together; which one an account is in never changes.
pub const BUCKETS: u16 = 1_024;

/// Who owns credits: the platform's own name for a user or an organisation, as the identity
/// provider's token states it.
///
/// 1 to 255 visible ASCII characters, the bound OpenID Connect Core §2 sets for `sub`.
#[derive(Clone)]
pub struct AccountId {
    text: Box<str>,
    bucket: i16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an account id is 1 to 255 visible ASCII characters")]
pub struct InvalidAccountId;

impl AccountId {
    pub const MAX_LENGTH: usize = 255;

    pub fn parse(text: &str) -> Result<AccountId, InvalidAccountId> {
        let fits = (1..=Self::MAX_LENGTH).contains(&text.len());
        if fits && text.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(AccountId {
                bucket: bucket_of(text),
                text: text.into(),
            })
        } else {
            Err(InvalidAccountId)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The part of the accounts that this one is in: the first two bytes of the SHA-256 of the id,
    /// modulo `BUCKETS`. Worked out once, since every row of the account says it.
    pub const fn bucket(&self) -> i16 {
        self.bucket
    }
}

fn bucket_of(text: &str) -> i16 {
    let hash: [u8; 32] = Sha256::digest(text.as_bytes()).into();
    let [first, second, ..] = hash;
    let bucket = u16::from_be_bytes([first, second]) & BUCKETS.saturating_sub(1);
    i16::try_from(bucket).unwrap_or_default()
}

// The bucket follows from the text, so the text alone is compared.

impl PartialEq for AccountId {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for AccountId {}

impl PartialOrd for AccountId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for AccountId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl Hash for AccountId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(formatter)
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }
    };
}

uuid_id!(
    /// One lot: credits granted at one moment from one source.
    LotId
);
uuid_id!(
    /// One line of an account's ledger.
    EntryId
);
uuid_id!(
    /// One attempt to buy credits.
    PurchaseId
);
uuid_id!(
    /// Credits set aside for one piece of work.
    HoldId
);
uuid_id!(
    /// Something that an account's owner was told.
    NoticeId
);
uuid_id!(
    /// Where the platform's own systems are sent what happens.
    EndpointId
);
uuid_id!(
    /// A notice on its way to somebody.
    DeliveryId
);
uuid_id!(
    /// The price of a piece of work, kept for a while.
    QuoteId
);

/// Ten bits of an id of ours say in which bucket its account is: whoever comes with the id alone is
/// led to the right part of the database.
pub(crate) fn mark_bucket(random: &mut [u8; 10], account: &AccountId) {
    let [high, low] = account.bucket().to_be_bytes();
    let [first, second, ..] = random;
    *first = (*first & !BUCKET_HIGH_BITS) | high;
    *second = low;
}

const BUCKET_HIGH_BITS: u8 = 0b11;

fn marked_bucket(id: Uuid) -> i16 {
    let [.., high, low, _, _, _, _, _, _, _, _] = *id.as_bytes();
    i16::from_be_bytes([high & BUCKET_HIGH_BITS, low])
}

impl HoldId {
    /// The bucket of the hold's account.
    pub fn bucket(self) -> i16 {
        marked_bucket(self.0)
    }
}

impl NoticeId {
    /// The id of its delivery to `target`. It has the notice's time and bucket.
    pub fn delivered_to(self, target: Uuid) -> DeliveryId {
        let mut hasher = Sha256::new();
        hasher.update(self.0.as_bytes());
        hasher.update(target.as_bytes());
        let mut id = *self.0.as_bytes();
        // What lies behind the time, the bucket and the variant.
        for (byte, hash) in id.iter_mut().skip(9).zip(hasher.finalize()) {
            *byte = hash;
        }
        DeliveryId(Uuid::from_bytes(id))
    }
}

impl DeliveryId {
    /// The bucket of the notice's account.
    pub fn bucket(self) -> i16 {
        marked_bucket(self.0)
    }
}

impl EntryId {
    /// The millisecond in which the entry was made: its first instant, and the first one after it.
    /// `None` for what is no id of an entry.
    pub fn made_within(self) -> Option<(Instant, Instant)> {
        let (seconds, nanos) = self.0.get_timestamp()?.to_unix();
        let seconds = i64::try_from(seconds).ok()?;
        let micros = i64::from(nanos).checked_div(1_000)?;
        let first = seconds.checked_mul(1_000_000)?.checked_add(micros)?;
        let next = first.checked_add(1_000)?;
        Some((Instant::from_micros(first), Instant::from_micros(next)))
    }

    /// The bucket of the entry's account.
    pub fn bucket(self) -> i16 {
        marked_bucket(self.0)
    }
}
