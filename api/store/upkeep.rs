//! What the service asks for its own work: the inbox, what has become due, what can be forgotten,
//! and what the auditor looks through.

use std::collections::BTreeSet;

use ledger::account::Account;
use ledger::ids::{AccountId, LotId, PurchaseId};
use ledger::instant::Instant;
use ledger::purchase::Purchase;

use super::{
    EndingLot, InboxRow, InboxStatus, Orphan, Progress, PromotionUses, Store, StoreError,
    StoredKey, Waiting, postgres, sqlite,
};

impl Store {
    /// The accounts of the holds that ended first and wait to be booked: of so many holds at most.
    pub async fn holds_due(&self, now: Instant, most: i64) -> Result<Vec<AccountId>, StoreError> {
        query!(self, read, uses::holds_due(now, most))
    }

    /// Lots that end after one and until `until`, with something that is neither held nor frozen, in the
    /// order of their ends: at most so many. `untold` leaves out those that were told of so many days
    /// before their end, or fewer.
    pub async fn lots_ending(
        &self,
        after: (Instant, Option<LotId>),
        until: Instant,
        untold: Option<u16>,
        most: i64,
    ) -> Result<Vec<EndingLot>, StoreError> {
        query!(self, read, lot_ends::ending(after, until, untold, most))
    }

    /// Undecided purchases that Stripe has to be asked about, of all accounts.
    pub async fn purchases_due(
        &self,
        now: Instant,
        limit: i64,
    ) -> Result<Vec<Purchase>, StoreError> {
        query!(self, read, reads::purchases_due(now, limit))
    }

    /// Accounts whose auto-recharge has to be looked at.
    pub async fn recharges_due(
        &self,
        now: Instant,
        most: i64,
    ) -> Result<Vec<AccountId>, StoreError> {
        query!(self, read, recharges::due(now, most))
    }

    /// Whose saved card a payment method is: one account's, or nobody's.
    pub async fn owners_of_card(
        &self,
        payment_method_id: &str,
    ) -> Result<Vec<AccountId>, StoreError> {
        query!(self, read, recharges::owners_of_card(payment_method_id))
    }

    pub async fn open_purchases(&self) -> Result<i64, StoreError> {
        query!(self, read, reads::open_purchases())
    }

    pub async fn accounts_after(
        &self,
        after: Option<&AccountId>,
        limit: i64,
    ) -> Result<Vec<Account>, StoreError> {
        query!(self, read, verify::accounts_after(after, limit))
    }

    /// Used keys of all owners, one page after the other.
    pub async fn keys_after(
        &self,
        after: Option<&StoredKey>,
        limit: i64,
    ) -> Result<Vec<StoredKey>, StoreError> {
        query!(self, read, audit::keys_after(after, limit))
    }

    /// Which of these purchases exist, whosever they are.
    pub async fn known_purchases(
        &self,
        ids: &[PurchaseId],
    ) -> Result<BTreeSet<PurchaseId>, StoreError> {
        query!(self, read, audit::known_purchases(ids))
    }

    /// References that several debits of an account have: at most so many.
    pub async fn repeated_references(
        &self,
        most: i64,
    ) -> Result<Vec<(String, String)>, StoreError> {
        query!(self, read, audit::repeated_references(most))
    }

    /// How often each promotion code is used, by its row and by the purchases.
    pub async fn promotion_uses(&self) -> Result<Vec<PromotionUses>, StoreError> {
        query!(self, read, audit::promotion_uses())
    }

    /// Rows that belong to nothing: at most so many of each table.
    pub async fn orphans(&self, most: i64) -> Result<Vec<Orphan>, StoreError> {
        query!(self, read, audit::orphans(most))
    }

    /// Whether the event is new. Either way it is stored, and committed, when this returns.
    pub async fn store_event(&self, row: InboxRow) -> Result<bool, StoreError> {
        query!(self, single_write, inbox::store(row))
    }

    pub async fn events_due(&self, now: Instant, most: i64) -> Result<Vec<InboxRow>, StoreError> {
        query!(self, read, inbox::due(now, most))
    }

    pub async fn claim_event(
        &self,
        row: &InboxRow,
        lease_end: Instant,
    ) -> Result<bool, StoreError> {
        query!(self, single_write, inbox::claim(row, lease_end))
    }

    pub async fn finish_event(
        &self,
        event_id: &str,
        status: InboxStatus,
        next_attempt_at: Option<Instant>,
        note: Option<&str>,
    ) -> Result<(), StoreError> {
        query!(
            self,
            single_write,
            inbox::finish(event_id, status, next_attempt_at, note)
        )
    }

    /// Notes whose purchase an event is about.
    pub async fn name_purchase_of_event(
        &self,
        event_id: &str,
        account_id: &AccountId,
        purchase_id: PurchaseId,
    ) -> Result<(), StoreError> {
        query!(
            self,
            single_write,
            inbox::name_purchase(event_id, account_id, purchase_id)
        )
    }

    /// How far the worker of that name has come, if it is time and nobody else goes on. One that never
    /// was begins at `from`.
    pub async fn claim_cursor(
        &self,
        name: &str,
        from: Instant,
        now: Instant,
        next_run_at: Instant,
    ) -> Result<Option<Instant>, StoreError> {
        query!(
            self,
            single_write,
            cursor::claim(name, from, now, next_run_at)
        )
    }

    pub async fn advance_cursor(&self, name: &str, done_until: Instant) -> Result<(), StoreError> {
        query!(self, single_write, cursor::advance(name, done_until))
    }

    pub async fn waiting(&self) -> Result<Waiting, StoreError> {
        query!(self, read, lags::waiting())
    }

    pub async fn progress(&self) -> Result<Vec<Progress>, StoreError> {
        query!(self, read, lags::progress())
    }

    pub async fn oldest_waiting_event(&self) -> Result<Option<Instant>, StoreError> {
        query!(self, read, inbox::oldest_waiting())
    }

    /// Forgets answers given before `before`; how many there were.
    pub async fn forget_answers(&self, before: Instant) -> Result<usize, StoreError> {
        query!(self, single_write, housekeeping::forget_answers(before))
    }

    /// Forgets quotes that lapsed before `before`; how many there were.
    pub async fn forget_quotes(&self, before: Instant) -> Result<usize, StoreError> {
        query!(self, single_write, housekeeping::forget_quotes(before))
    }
}
