//! A store in memory that does what the real writer does: it loads of each account only what the
//! commands want, and stores only what the decisions say has changed. So a decision that takes for
//! granted what nobody loaded, or changes what it does not own up to, shows.

use std::collections::{BTreeMap, BTreeSet};

use ledger::account::{Account, AccountState, Debited, Reference, State};
use ledger::command::{Action, Command};
use ledger::ids::{AccountId, PurchaseId};
use ledger::instant::Instant;
use ledger::purchase::{Purchase, PurchaseStatus};
use ledger::replay::{KeyId, UsedKey};
use ledger::usage::UsageKey;

use crate::rows::{Indexes, Rows};

#[derive(Clone, Default)]
pub struct Memory {
    accounts: BTreeMap<AccountId, Stored>,
    keys: BTreeMap<KeyId, UsedKey>,
}

#[derive(Clone)]
pub struct Stored {
    pub rows: Rows,
    pub indexes: Indexes,
}

/// What storing a batch wrote of one account.
pub struct Written {
    pub account: AccountId,
    pub uses: Vec<UsageKey>,
}

impl Memory {
    pub fn new(accounts: &[AccountId], now: Instant) -> Memory {
        let stored = |id: &AccountId| Stored {
            rows: Rows::new(Account::new(id.clone(), now)),
            indexes: Indexes::default(),
        };
        Memory {
            accounts: accounts.iter().map(|id| (id.clone(), stored(id))).collect(),
            keys: BTreeMap::new(),
        }
    }

    pub fn stored(&self, id: &AccountId) -> &Stored {
        &self.accounts[id]
    }

    pub fn rows(&self) -> impl Iterator<Item = &Rows> {
        self.accounts.values().map(|stored| &stored.rows)
    }

    pub const fn keys(&self) -> &BTreeMap<KeyId, UsedKey> {
        &self.keys
    }

    /// What these commands are decided on, and no more.
    pub fn load(&self, commands: &[Command], now: Instant) -> State {
        let mut state = State::default();
        for command in commands {
            for id in accounts_of(command) {
                if !state.accounts.contains_key(id) {
                    let loaded = self.stored(id).open(now);
                    state.accounts.insert(id.clone(), loaded);
                }
            }
        }
        for command in commands {
            if let Some(key) = &command.key
                && let Some(used) = self.keys.get(&key.id)
            {
                state.keys.insert(key.id.clone(), used.clone());
            }
            self.load_for(command, &mut state, now);
        }
        state
    }

    fn load_for(&self, command: &Command, state: &mut State, now: Instant) {
        let resumed = command.key.as_ref().and_then(|key| self.keys.get(&key.id));
        let resumed = resumed.and_then(|used| used.purchase_id);
        if let Action::DebitMany(debits) = &command.action {
            for (id, new) in debits {
                let loaded = state.accounts.get_mut(id).unwrap();
                let reference = Reference::Debit(new.reference.clone());
                self.stored(id).add_reference(loaded, reference);
            }
            return;
        }
        let stored = self.stored(&command.account_id);
        let loaded = state.accounts.get_mut(&command.account_id).unwrap();
        let purchases = &stored.rows.purchases;
        let purchase = |id| purchases.get(id).map(|it| (*id, it.clone()));
        match &command.action {
            Action::Debit(new) => {
                stored.add_reference(loaded, Reference::Debit(new.reference.clone()));
            }
            Action::PlaceHold(new) => {
                stored.add_reference(loaded, Reference::Hold(new.reference.clone()));
            }
            Action::CaptureHold(capture) => stored.add_hold(loaded, capture.hold_id),
            Action::ChangeHold(change) => stored.add_hold(loaded, change.hold_id),
            Action::ReleaseHold(id) => stored.add_hold(loaded, *id),
            Action::RefundDebit(refund) => stored.add_debit(loaded, refund.sequence),
            Action::RecordSession(it) => loaded.purchases.extend(purchase(&it.purchase_id)),
            Action::AbandonPurchase(id) => loaded.purchases.extend(purchase(id)),
            Action::RuleOnReview(it) => {
                loaded.purchases.extend(purchase(&it.purchase_id));
                stored.add_lots_of(loaded, it.purchase_id);
            }
            Action::ApplyEvidence(it) => {
                loaded.purchases.extend(purchase(&it.purchase_id));
                stored.add_lots_of(loaded, it.purchase_id);
            }
            Action::OpenPurchase(_) => {
                let open = purchases.iter().filter(|(_, it)| is_open(it));
                loaded
                    .purchases
                    .extend(open.map(|(id, it)| (*id, it.clone())));
                loaded.purchases.extend(resumed.as_ref().and_then(purchase));
            }
            Action::ResumePurchase => {
                loaded.purchases.extend(resumed.as_ref().and_then(purchase));
            }
            Action::Configure(_) => stored.add_uses(loaded, now),
            // Neither codes nor auto-recharge are part of the stories.
            Action::Adjust(_)
            | Action::GrantPromotion(_)
            | Action::DebitMany(_)
            | Action::BookDue
            | Action::Remind(_)
            | Action::NoteLimit(_)
            | Action::SetPreferences(_)
            | Action::StopMail(_)
            | Action::NoteEndpointDisabled(_)
            | Action::CreatePromotion(_)
            | Action::ChangePromotion(_)
            | Action::ConfigureRecharge(_)
            | Action::ChangeCard(_)
            | Action::AttemptRecharge(_)
            | Action::RefuseRecharge(_) => {}
        }
    }

    /// Stores what the batch has changed, as deltas where the writer stores deltas.
    pub fn store(&mut self, state: State) -> Vec<Written> {
        self.keys.extend(state.keys);
        let accounts = state.accounts.into_iter();
        accounts
            .map(|(account, state)| {
                let stored = self.accounts.get_mut(&account).unwrap();
                let uses = stored.keep(state);
                Written { account, uses }
            })
            .collect()
    }
}

const fn is_open(purchase: &Purchase) -> bool {
    matches!(
        purchase.status,
        PurchaseStatus::Created | PurchaseStatus::Open
    )
}

fn accounts_of(command: &Command) -> BTreeSet<&AccountId> {
    match &command.action {
        Action::DebitMany(debits) => debits.iter().map(|(id, _)| id).collect(),
        _ => [&command.account_id].into(),
    }
}

impl Stored {
    /// What is loaded whatever the command: open lots, holds that are due, and use where limits ask.
    fn open(&self, now: Instant) -> AccountState {
        let rows = &self.rows;
        let mut loaded = AccountState::new(rows.account.clone());
        let open = self.indexes.open_lots.iter();
        loaded.lots = open.map(|id| rows.lots[id].clone()).collect();
        if rows.account.holds_due_at.is_some_and(|due| due <= now) {
            for id in &self.indexes.active_holds {
                let hold = &rows.holds[id];
                if hold.is_due(now) {
                    loaded.holds.insert(*id, hold.clone());
                } else {
                    let known = loaded.other_holds_due_at.unwrap_or(hold.expires_at);
                    loaded.other_holds_due_at = Some(known.min(hold.expires_at));
                }
            }
        }
        if !rows.account.limits.is_empty() {
            self.add_uses(&mut loaded, now);
        }
        loaded
    }

    fn add_reference(&self, loaded: &mut AccountState, reference: Reference) {
        if let Some(referent) = self.indexes.references.get(&reference) {
            loaded.references.insert(reference, *referent);
        }
    }

    fn add_hold(&self, loaded: &mut AccountState, id: ledger::ids::HoldId) {
        if let Some(hold) = self.rows.holds.get(&id) {
            loaded.holds.insert(id, hold.clone());
        }
    }

    /// Spent ones, too: what had expired of them counts.
    fn add_lots_of(&self, loaded: &mut AccountState, id: PurchaseId) {
        for lot in self.rows.lots.values() {
            if lot.purchase_id == Some(id) && loaded.lots.get(lot.id).is_none() {
                loaded.lots.insert(lot.clone());
            }
        }
    }

    /// A debit or a capture, with the lots that it drew on.
    fn add_debit(&self, loaded: &mut AccountState, sequence: i64) {
        let place = usize::try_from(sequence)
            .ok()
            .and_then(|it| it.checked_sub(1));
        let entry = place.and_then(|place| self.rows.entries.get(place));
        let Some(entry) = entry.filter(|entry| entry.body.kind.consumes()) else {
            return;
        };
        for change in &entry.body.lots {
            if loaded.lots.get(change.lot_id).is_none() {
                loaded.lots.insert(self.rows.lots[&change.lot_id].clone());
            }
        }
        let debited = Debited {
            entry: entry.clone(),
            refunded_by: self.rows.refunds.get(&sequence).copied(),
        };
        loaded.debits.insert(sequence, debited);
    }

    /// The sums of the windows that `now` lies in.
    fn add_uses(&self, loaded: &mut AccountState, now: Instant) {
        let calendar = &self.rows.account.calendar;
        let starts = [calendar.week(now), calendar.cycle(now)];
        let starts = starts.into_iter().flatten().map(|period| period.start);
        let today = calendar.day(now).unwrap().period.start;
        let from = UsageKey {
            day_start: starts.min().unwrap_or(today).min(today),
            operation: String::new(),
            variant: String::new(),
        };
        let sums = self.rows.used.range(from..);
        loaded.used = Some(sums.map(|(key, used)| (key.clone(), *used)).collect());
    }

    fn keep(&mut self, state: AccountState) -> Vec<UsageKey> {
        let changes = state.changes;
        let Stored { rows, indexes } = self;
        for entry in &changes.entries {
            indexes.note_entry(&state.account, entry);
        }
        if changes.account {
            rows.account = state.account;
        }
        rows.entries.extend(changes.entries);
        rows.notices.extend(changes.notices);
        for id in changes.new_lots.iter().chain(&changes.changed_lots) {
            let lot = state.lots.get(*id).unwrap();
            indexes.note_lot(lot);
            rows.lots.insert(*id, lot.clone());
        }
        for id in changes.new_holds.iter().chain(&changes.changed_holds) {
            let hold = &state.holds[id];
            indexes.note_hold(hold);
            rows.holds.insert(*id, hold.clone());
        }
        for id in changes
            .new_purchases
            .iter()
            .chain(&changes.changed_purchases)
        {
            rows.purchases.insert(*id, state.purchases[id].clone());
        }
        rows.refunds.extend(changes.refunds);
        for (key, more) in &changes.used {
            let nothing = ledger::usage::Used::nothing(more.date);
            let sums = rows.used.entry(key.clone()).or_insert(nothing);
            sums.add(more).unwrap();
        }
        changes.used.into_keys().collect()
    }
}
