//! What administrators ask for, over all accounts.

use ledger::entry::Entry;
use ledger::ids::{AccountId, PurchaseId};
use ledger::purchase::{Purchase, PurchaseStatus};

use super::{InboxRow, Store, StoreError, postgres, sqlite};

/// Which purchases to list.
#[derive(Clone, Debug, Default)]
pub struct PurchaseFilter {
    pub account_id: Option<AccountId>,
    pub status: Option<PurchaseStatus>,
    /// Only those that a person has to look at, whatever their status.
    pub needs_review: bool,
}

impl Store {
    /// Purchases of all accounts, newest first.
    pub async fn all_purchases(
        &self,
        filter: &PurchaseFilter,
        before: Option<PurchaseId>,
        limit: i64,
    ) -> Result<Vec<Purchase>, StoreError> {
        query!(self, read, administration::purchases(filter, before, limit))
    }

    /// A purchase, whosever it is.
    pub async fn any_purchase(&self, id: PurchaseId) -> Result<Option<Purchase>, StoreError> {
        query!(self, read, administration::purchase(id))
    }

    /// The entries that grant a purchase and take back of it.
    pub async fn entries_of_purchase(
        &self,
        account_id: &AccountId,
        id: PurchaseId,
    ) -> Result<Vec<Entry>, StoreError> {
        query!(
            self,
            read,
            administration::entries_of_purchase(account_id, id)
        )
    }

    /// The events about a purchase, as they came in.
    pub async fn events_of_purchase(&self, id: PurchaseId) -> Result<Vec<InboxRow>, StoreError> {
        query!(self, read, inbox::of_purchase(id))
    }
}
