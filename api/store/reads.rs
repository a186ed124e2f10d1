//! What callers are shown: an account and what it has, its history, its purchases and its work.

use std::sync::Arc;

use ledger::entry::Entry;
use ledger::hold::Hold;
use ledger::ids::{AccountId, EntryId, HoldId, LotId, PurchaseId, QuoteId};
use ledger::instant::Instant;
use ledger::lot::Lot;
use ledger::promotion::{Promotion, PromotionCode, Standing};
use ledger::purchase::Purchase;
use ledger::recharge::AutoRecharge;
use ledger::replay::{Fingerprint, KeyId};
use ledger::usage::{UsageKey, Used};

use super::{
    CatalogueRows, Direction, EntryFilter, FedNotice, FoundEntry, HoldSubject, Holdings, Quote,
    RateBookRows, Span, Store, StoreError, StoredAnswer, Visitor, postgres, sqlite,
};

impl Store {
    /// What an account owns, in one snapshot: as it is remembered, if that is how it is stored.
    pub async fn holdings(
        &self,
        id: &AccountId,
        now: Instant,
    ) -> Result<Arc<Holdings>, StoreError> {
        engine!(self, engine => {
            if let Some((version, known)) = engine.remembered.holdings.recall(id, now)
                && engine.versions.of(id).await? == Some(version)
            {
                return Ok(known);
            }
            let holdings = Arc::new(engine.holdings(id, now).await?);
            engine.remembered.holdings.keep(id, &holdings, now);
            Ok(holdings)
        })
    }

    /// How often an account has changed: what was read of it since it had this version still stands.
    pub async fn version(&self, id: &AccountId) -> Result<Option<i64>, StoreError> {
        engine!(self, engine => engine.versions.of(id).await)
    }

    /// Shows all that an account has, in one snapshot.
    pub async fn show(&self, id: &AccountId, visitor: &mut dyn Visitor) -> Result<(), StoreError> {
        engine!(self, engine => engine.show(id, visitor).await)
    }

    /// Usable lots, soonest end first.
    pub async fn lots(
        &self,
        id: &AccountId,
        now: Instant,
        after: Option<(Instant, LotId)>,
        limit: i64,
    ) -> Result<Vec<Lot>, StoreError> {
        query!(self, read, reads::lots(id, now, after, limit))
    }

    /// Lots of the account, whatever is left of them.
    pub async fn lots_named(&self, id: &AccountId, lots: &[LotId]) -> Result<Vec<Lot>, StoreError> {
        query!(self, read, reads::lots_named(id, lots))
    }

    /// Entries, newest first; `before` an entry, or from the newest on.
    pub async fn entries(
        &self,
        id: &AccountId,
        filter: &EntryFilter,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Entry>, StoreError> {
        if filter.keeps_all() {
            return engine!(self, engine => engine.page(id, before, limit).await);
        }
        let span = if filter.from.is_none() && filter.to.is_none() {
            Span {
                after: 0,
                up_to: i64::MAX,
            }
        } else {
            self.span(id, filter).await?
        };
        let span = before.map_or(span, |before| span.before(before));
        self.entries_in(id, filter, span, Direction::NewestFirst, limit)
            .await
    }

    /// Where in an account's history every entry is that a filter keeps, up to its last one now.
    pub async fn span(&self, id: &AccountId, filter: &EntryFilter) -> Result<Span, StoreError> {
        query!(self, read, history::span(id, filter))
    }

    pub async fn entries_in(
        &self,
        id: &AccountId,
        filter: &EntryFilter,
        span: Span,
        direction: Direction,
        limit: i64,
    ) -> Result<Vec<Entry>, StoreError> {
        query!(
            self,
            read,
            history::entries(id, filter, span, direction, limit)
        )
    }

    /// The sums of the days that began at or after `from` and before `to`.
    pub async fn used(
        &self,
        id: &AccountId,
        from: Instant,
        to: Instant,
    ) -> Result<Vec<(UsageKey, Used)>, StoreError> {
        query!(self, read, uses::used(id, from, to))
    }

    /// Notices, newest first: those before a number, or the newest.
    pub async fn notices(
        &self,
        id: &AccountId,
        before: Option<i64>,
        most: i64,
    ) -> Result<Vec<FedNotice>, StoreError> {
        query!(self, read, notices::list(id, before, most))
    }

    /// Notices after a number, oldest first.
    pub async fn notices_after(
        &self,
        id: &AccountId,
        number: i64,
        most: i64,
    ) -> Result<Vec<FedNotice>, StoreError> {
        query!(self, read, notices::after(id, number, most))
    }

    pub async fn count_unread_notices(&self, id: &AccountId) -> Result<i64, StoreError> {
        query!(self, read, notices::count_unread(id))
    }

    /// Marks notices as read up to a number; how many were not.
    pub async fn read_notices(
        &self,
        id: &AccountId,
        until: i64,
        now: Instant,
    ) -> Result<usize, StoreError> {
        query!(self, single_write, notices::read_until(id, until, now))
    }

    /// Purchases, newest first.
    pub async fn purchases(
        &self,
        id: &AccountId,
        before: Option<PurchaseId>,
        limit: i64,
    ) -> Result<Vec<Purchase>, StoreError> {
        query!(self, read, reads::purchases(id, before, limit))
    }

    pub async fn purchase(
        &self,
        id: &AccountId,
        purchase: PurchaseId,
    ) -> Result<Option<Purchase>, StoreError> {
        query!(self, read, reads::purchase(id, purchase))
    }

    pub async fn purchase_by_session(
        &self,
        id: &AccountId,
        session: &str,
    ) -> Result<Option<Purchase>, StoreError> {
        query!(self, read, reads::purchase_by_session(id, session))
    }

    pub async fn recharge(&self, id: &AccountId) -> Result<Option<AutoRecharge>, StoreError> {
        query!(self, read, recharges::of_account(id))
    }

    /// A promotion code as it stands.
    pub async fn promotion(&self, code: &PromotionCode) -> Result<Option<Promotion>, StoreError> {
        query!(self, read, promotions::promotion(code))
    }

    /// Promotion codes in the order of their names, from the one after `after` on.
    pub async fn promotions_after(
        &self,
        after: &str,
        limit: i64,
    ) -> Result<Vec<Promotion>, StoreError> {
        query!(self, read, promotions::promotions_after(after, limit))
    }

    /// What an account's purchases count against codes.
    pub async fn standing(&self, id: &AccountId) -> Result<Standing, StoreError> {
        let ids = std::slice::from_ref(id);
        let mut standings = query!(self, read, promotions::standings(ids))?;
        Ok(standings.remove(id).unwrap_or_default())
    }

    /// The currencies that there are price lists in.
    pub async fn currencies(&self) -> Result<Vec<String>, StoreError> {
        query!(self, read, catalogue::currencies())
    }

    /// What can be bought in a currency.
    pub async fn catalogue(&self, currency: &str) -> Result<CatalogueRows, StoreError> {
        Ok(CatalogueRows {
            packages: query!(self, read, catalogue::packages(currency))?,
            price_list: query!(self, read, catalogue::price_list(currency))?,
        })
    }

    /// Every operation and all its rates, those to come included.
    pub async fn rate_book(&self) -> Result<RateBookRows, StoreError> {
        // First the rates: an operation that one of them is of is there by then.
        let rates = query!(self, read, catalogue::rates())?;
        Ok(RateBookRows {
            operations: query!(self, read, catalogue::operations())?,
            rates,
        })
    }

    /// A hold, whosever it is.
    pub async fn hold(&self, id: HoldId) -> Result<Option<(AccountId, Hold)>, StoreError> {
        query!(self, read, consumption::hold(id))
    }

    /// Whose a hold is and for what, which never changes.
    pub async fn hold_subject(&self, id: HoldId) -> Result<Option<Arc<HoldSubject>>, StoreError> {
        let remembered = engine!(self, engine => &engine.remembered.holds);
        if let Some(known) = remembered.recall(id) {
            return Ok(Some(known));
        }
        let hold = self.hold(id).await?;
        Ok(hold.map(|(account_id, hold)| self.remember_hold(&account_id, &hold)))
    }

    /// Of a hold that is stored.
    pub fn remember_hold(&self, account_id: &AccountId, hold: &Hold) -> Arc<HoldSubject> {
        let remembered = engine!(self, engine => &engine.remembered.holds);
        remembered.keep(HoldSubject {
            id: hold.id,
            account_id: account_id.clone(),
            usage: hold.usage.clone(),
        })
    }

    /// An entry, whosever it is.
    pub async fn entry(&self, id: EntryId) -> Result<Option<FoundEntry>, StoreError> {
        query!(self, read, consumption::entry(id))
    }

    /// What the request of a key was answered.
    pub async fn answer(
        &self,
        id: &KeyId,
    ) -> Result<Option<(Fingerprint, StoredAnswer)>, StoreError> {
        query!(self, read, consumption::answer(id))
    }

    pub async fn keep_quote(&self, id: &AccountId, quote: &Quote) -> Result<(), StoreError> {
        query!(self, single_write, consumption::keep_quote(id, quote))
    }

    /// A quote of the account, lapsed or not.
    pub async fn quote(&self, id: &AccountId, quote: QuoteId) -> Result<Option<Quote>, StoreError> {
        query!(self, read, consumption::quote(id, quote))
    }
}
