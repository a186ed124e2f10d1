//! Rows as SQL gives and takes them, and their way to and from the ledger's own types. A row that
//! says what it cannot say is `StoreError::Corrupt`, never a guess.

mod account;
mod contact;
mod delivery;
mod endpoint;
mod entry;
mod fact;
mod hold;
mod inbox;
mod key;
mod limits;
mod lot;
mod notice;
mod package;
mod promotion;
mod purchase;
mod quote;
mod rate;
mod recharge;
mod thresholds;
mod usage;

pub use account::{AccountRow, VersionRow};
pub use contact::ContactRow;
pub use delivery::DeliveryRow;
pub use endpoint::EndpointRow;
pub use entry::EntryRow;
pub use fact::FactRow;
pub use hold::{HoldRow, held_parts};
pub use inbox::{InboxRow, InboxStatus};
pub use key::KeyRow;
pub use lot::LotRow;
pub use notice::NoticeRow;
pub use package::{PackageRow, PriceListRow, PriceSlabRow};
pub use promotion::PromotionRow;
pub use purchase::PurchaseRow;
pub use quote::QuoteRow;
pub use rate::{OperationRow, RateComponentRow, RateRow};
pub use recharge::RechargeRow;
pub use usage::UsageRow;

use ledger::credits::Credits;
use ledger::ids::AccountId;

use crate::store::StoreError;

fn credits(micro: i64) -> Credits {
    Credits::from_micro(micro)
}

pub fn account_id(text: &str) -> Result<AccountId, StoreError> {
    AccountId::parse(text).map_err(|error| StoreError::corrupt(error.to_string()))
}

/// Sixteen or thirty-two bytes, as the column must hold.
fn bytes<const LENGTH: usize>(column: &str, bytes: &[u8]) -> Result<[u8; LENGTH], StoreError> {
    <[u8; LENGTH]>::try_from(bytes)
        .map_err(|_| StoreError::corrupt(format!("{column} has {} bytes", bytes.len())))
}
