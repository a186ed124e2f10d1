//! Typed ids, so that a lot's id can never stand where a purchase's is meant. They are made by
//! the caller and only carried here: nothing in this crate invents one.

use std::fmt;

use uuid::Uuid;

/// Who owns credits: the platform's own name for a user or an organisation, as the identity
/// provider's token states it.
///
/// 1 to 255 visible ASCII characters, the bound OpenID Connect Core §2 sets for `sub`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an account id is 1 to 255 visible ASCII characters")]
pub struct InvalidAccountId;

impl AccountId {
    pub const MAX_LENGTH: usize = 255;

    pub fn parse(text: &str) -> Result<AccountId, InvalidAccountId> {
        let fits = (1..=Self::MAX_LENGTH).contains(&text.len());
        if fits && text.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(AccountId(text.to_owned()))
        } else {
            Err(InvalidAccountId)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
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
