//! What the ledger knows while it decides: accounts with their open lots and the purchases
//! concerned, the idempotency keys already used, and the entries it has added. The writer loads
//! it, `decide` changes it, the writer stores what changed.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{Calendar, Day};
use crate::credits::Credits;
use crate::entry::{Entry, EntryBody, GENESIS, Hash};
use crate::exact::plus;
use crate::hold::{Hold, HoldStatus};
use crate::ids::{AccountId, EntryId, HoldId, LotId, PurchaseId};
use crate::instant::Instant;
use crate::limit::{Limit, ToldLimit};
use crate::lot::Lot;
use crate::lots::Lots;
use crate::notice::{Choices, LowBalance, News, Notice};
use crate::outlook;
use crate::promotion::{PromotionCode, Promotions, Standing, Uses};
use crate::purchase::Purchase;
use crate::recharge::{AutoRecharge, Watch};
use crate::rejection::Rejection;
use crate::replay::UsedKeys;
use crate::usage::{UsageKey, Used};

/// All that one batch of commands is decided on.
#[derive(Clone, Debug, Default)]
pub struct State {
    pub accounts: BTreeMap<AccountId, AccountState>,
    pub keys: UsedKeys,
    /// The codes concerned.
    pub promotions: Promotions,
}

impl State {
    /// How often all accounts use a code, what was decided so far included.
    pub fn promotion_uses(&self, code: &PromotionCode) -> i64 {
        let stored = self.promotions.get(code).map_or(0, |it| it.used);
        let changes = self.accounts.values();
        let changes = changes.filter_map(|it| it.changes.promotion_uses.get(code));
        changes.fold(stored, |sum, uses| sum.saturating_add(uses.net()))
    }
}

/// The totals of an account, as stored in its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    /// What is owned: the sum of all entries, lots past their end included until booked.
    pub balance: Credits,
    pub held: Credits,
    pub frozen: Credits,
    pub debt: Credits,
    /// The number of entries so far.
    pub sequence: i64,
    pub last_hash: Hash,
    /// How often anything here has changed: whoever remembers an account can tell whether another
    /// process has changed it since.
    pub version: i64,
    /// No active hold ends before this. None: there is none.
    pub holds_due_at: Option<Instant>,
    /// How much the account may owe for admitted work.
    pub overdraft_limit: Credits,
    pub calendar: Calendar,
    /// When its auto-recharge is to be looked at.
    pub watch: Watch,
    pub limits: Vec<Limit>,
    pub limits_told: Vec<ToldLimit>,
    pub low_balance: LowBalance,
    /// Where its owner hears of what.
    pub choices: Choices,
    /// The number of notices so far.
    pub notices: i64,
    pub created_at: Instant,
}

impl Account {
    pub fn new(id: AccountId, created_at: Instant) -> Account {
        Account {
            id,
            balance: Credits::ZERO,
            held: Credits::ZERO,
            frozen: Credits::ZERO,
            debt: Credits::ZERO,
            sequence: 0,
            last_hash: GENESIS,
            version: 0,
            holds_due_at: None,
            overdraft_limit: Credits::ZERO,
            calendar: Calendar::default(),
            watch: Watch::default(),
            limits: Vec::new(),
            limits_told: Vec::new(),
            low_balance: LowBalance::default(),
            choices: Choices::default(),
            notices: 0,
            created_at,
        }
    }
}

#[derive(Clone, Debug)]
pub struct AccountState {
    pub account: Account,
    /// Every lot with something remaining, ended or not, and those that a refund goes back to.
    pub lots: Lots,
    /// The holds asked for, and every active one that is due.
    pub holds: BTreeMap<HoldId, Hold>,
    /// When the first of the active holds ends that are not in `holds`.
    pub other_holds_due_at: Option<Instant>,
    pub purchases: BTreeMap<PurchaseId, Purchase>,
    /// None where it was not asked for, too.
    pub recharge: Option<AutoRecharge>,
    /// The debits asked for, by the sequence of their entries.
    pub debits: BTreeMap<i64, Debited>,
    /// What the references asked for stand for already.
    pub references: BTreeMap<Reference, Referent>,
    /// What was used on each day of the current windows; None where no limit asks for it.
    pub used: Option<BTreeMap<UsageKey, Used>>,
    /// What its purchases count against codes; None where nothing is opened with one.
    pub standing: Option<Standing>,
    /// The version that is stored.
    pub stored_version: i64,
    /// What the commands decided so far have changed.
    pub changes: Changes,
}

/// Credits consumed: the entry, and the one that gave them back.
#[derive(Clone, Debug)]
pub struct Debited {
    pub entry: Entry,
    pub refunded_by: Option<i64>,
}

/// The platform's own name for a piece of work: used once for ever for a debit, and once for a hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    Debit(String),
    Hold(String),
}

/// What a reference stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Referent {
    Debit(EntryId),
    Hold(HoldId),
}

/// What the writer has to store.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Whether the account's own row changed; every entry changes it.
    pub account: bool,
    /// Whether what an administrator sets for it did.
    pub settings: bool,
    /// Whether its auto-recharge did.
    pub recharge: bool,
    /// Whether it is to be looked at at another time, or its owner was told something.
    pub watch: bool,
    pub entries: Vec<Entry>,
    pub notices: Vec<Notice>,
    pub new_lots: BTreeSet<LotId>,
    pub changed_lots: BTreeSet<LotId>,
    pub new_holds: BTreeSet<HoldId>,
    pub changed_holds: BTreeSet<HoldId>,
    pub new_purchases: BTreeSet<PurchaseId>,
    pub changed_purchases: BTreeSet<PurchaseId>,
    /// What is to be added to the sums of use.
    pub used: BTreeMap<UsageKey, Used>,
    /// What is to be added to the numbers of uses of codes.
    pub promotion_uses: BTreeMap<PromotionCode, Uses>,
    /// Debits given back: their sequences, and those of the refunds.
    pub refunds: BTreeMap<i64, i64>,
}

impl AccountState {
    pub fn new(account: Account) -> AccountState {
        AccountState {
            stored_version: account.version,
            account,
            lots: Lots::default(),
            holds: BTreeMap::new(),
            other_holds_due_at: None,
            purchases: BTreeMap::new(),
            recharge: None,
            debits: BTreeMap::new(),
            references: BTreeMap::new(),
            used: None,
            standing: None,
            changes: Changes::default(),
        }
    }

    /// Once its changes are stored: what can be remembered of it, until somebody else changes it.
    pub fn stored(mut self) -> AccountState {
        self.lots.retain(|lot| lot.remaining.is_positive());
        self.holds
            .retain(|_, hold| hold.status == HoldStatus::Active);
        AccountState {
            lots: self.lots,
            holds: self.holds,
            used: self.used,
            ..AccountState::new(self.account)
        }
    }

    /// What can be spent at `now`: unexpired lots' remaining, less what is held or frozen. What a
    /// hold past its end set aside is no longer held, whether or not that was booked.
    pub fn available(&self, now: Instant) -> Result<Credits, Rejection> {
        let free = outlook::available(&self.lots, now)?;
        let due = self.holds.values().filter(|hold| hold.is_due(now));
        let freed = outlook::freed(&self.lots, due, now)?;
        plus(free, freed)
    }

    /// The account's day at `now`.
    pub fn day(&self, now: Instant) -> Result<Day, Rejection> {
        let day = self.account.calendar.day(now);
        day.ok_or(Rejection::AmountOutOfRange)
    }

    /// Appends an entry whose lots have been changed already, and chains it.
    pub fn append(&mut self, body: EntryBody, now: Instant) -> Result<Entry, Rejection> {
        let account = &self.account;
        let balance_after = plus(account.balance, body.amount)?;
        let held_after = plus(account.held, body.held_change)?;
        let frozen_after = plus(account.frozen, body.frozen_change)?;
        let debt_after = plus(account.debt, body.debt_change)?;
        let sequence = account.sequence.checked_add(1);
        let mut entry = Entry {
            sequence: sequence.ok_or(Rejection::AmountOutOfRange)?,
            body,
            balance_after,
            available_after: self.available(now)?,
            created_at: now,
            hash: GENESIS,
        };
        entry.hash = entry.expected_hash(&account.id, &account.last_hash);
        self.account.balance = balance_after;
        self.account.held = held_after;
        self.account.frozen = frozen_after;
        self.account.debt = debt_after;
        self.account.sequence = entry.sequence;
        self.account.last_hash = entry.hash;
        self.touch();
        self.changes.entries.push(entry.clone());
        Ok(entry)
    }

    /// The account's row is to be stored again, with a new version: whoever remembers what the account
    /// has can tell by it that something of it is different.
    pub fn touch(&mut self) {
        self.account.version = self.account.version.saturating_add(1);
        self.changes.account = true;
    }

    /// Gives the account's owner notice: of an entry, or of something else.
    pub fn tell(&mut self, news: News, sequence: Option<i64>, now: Instant) {
        self.account.notices = self.account.notices.saturating_add(1);
        self.changes.notices.push(Notice {
            number: self.account.notices,
            sequence,
            audience: self.account.choices.audience(news.kind()),
            news,
            at: now,
        });
        self.changes.watch = true;
        self.touch();
    }

    /// Notes that the owner was told so many days before the lot's end.
    pub fn remind(&mut self, lot_id: LotId, days: u16) -> Result<(), Rejection> {
        self.lot_mut(lot_id)?.reminded_days = Some(days);
        Ok(())
    }

    pub fn add_lot(&mut self, lot: Lot) {
        self.changes.new_lots.insert(lot.id);
        self.lots.insert(lot);
    }

    /// Marks a lot as changed and hands it out for the change.
    pub fn lot_mut(&mut self, id: LotId) -> Result<&mut Lot, Rejection> {
        if !self.changes.new_lots.contains(&id) {
            self.changes.changed_lots.insert(id);
        }
        self.lots.get_mut(id).ok_or(Rejection::AmountOutOfRange)
    }

    pub fn add_hold(&mut self, hold: Hold) {
        self.bring_due_date_forward(hold.expires_at);
        self.changes.new_holds.insert(hold.id);
        self.holds.insert(hold.id, hold);
    }

    pub fn change_hold(&mut self, hold: Hold) {
        self.bring_due_date_forward(hold.expires_at);
        if !self.changes.new_holds.contains(&hold.id) {
            self.changes.changed_holds.insert(hold.id);
        }
        self.holds.insert(hold.id, hold);
    }

    fn bring_due_date_forward(&mut self, expires_at: Instant) {
        let known = self.account.holds_due_at.unwrap_or(expires_at);
        self.account.holds_due_at = Some(known.min(expires_at));
    }

    /// Adds to the sums of use, and to what the limits are held against.
    pub fn count_use(&mut self, key: UsageKey, more: Used) -> Result<(), Rejection> {
        let nothing = Used::nothing(more.date);
        if let Some(used) = &mut self.used {
            used.entry(key.clone()).or_insert(nothing).add(&more)?;
        }
        let change = self.changes.used.entry(key).or_insert(nothing);
        change.add(&more)
    }

    /// With when it is to be looked at next, which follows from it.
    pub fn change_recharge(&mut self, recharge: AutoRecharge, now: Instant) {
        self.account.watch = recharge.watch(now);
        self.recharge = Some(recharge);
        self.changes.recharge = true;
        self.changes.watch = true;
        self.touch();
    }

    pub fn add_purchase(&mut self, purchase: Purchase) {
        let id = purchase.terms.purchase_id;
        self.changes.new_purchases.insert(id);
        self.put_purchase(id, purchase);
    }

    pub fn change_purchase(&mut self, purchase: Purchase) {
        let id = purchase.terms.purchase_id;
        if !self.changes.new_purchases.contains(&id) {
            self.changes.changed_purchases.insert(id);
        }
        self.put_purchase(id, purchase);
    }

    /// What the change means for the code that the purchase was opened with is counted here, so that no
    /// way of changing one can forget it.
    fn put_purchase(&mut self, id: PurchaseId, purchase: Purchase) {
        let was = self.purchases.get(&id);
        if let Some(standing) = &mut self.standing {
            standing.follow(was, &purchase);
        }
        if let Some((code, more)) = Uses::of(was, &purchase) {
            let uses = self.changes.promotion_uses.entry(code).or_default();
            *uses = uses.plus(more);
        }
        self.purchases.insert(id, purchase);
        self.touch();
    }
}
