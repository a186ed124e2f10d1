//! The rows that a batch leaves: one for each account, lot and hold that changed, however many
//! commands changed it, and the new ones of each table together.

use ledger::account::AccountState;
use ledger::instant::Instant;

use crate::store::rows::{AccountRow, EntryRow, HoldRow, KeyRow, LotRow, NoticeRow, UsageRow};
use crate::store::sql_types::StoredId;
use crate::store::{Decided, KeyWrite, StoreError};

#[derive(Debug, Default)]
pub struct Changed {
    pub accounts: Vec<ChangedAccount>,
    /// What administrators have set.
    pub settings: Vec<AccountRow>,
    /// When their auto-recharge is to be looked at, and what was told.
    pub watches: Vec<AccountRow>,
    /// Bucket, account and version of those that were only looked at.
    pub unchanged: Vec<(i16, String, i64)>,
    pub lots: Vec<LotRow>,
    pub new_lots: Vec<LotRow>,
    pub holds: Vec<HoldRow>,
    pub new_holds: Vec<HoldRow>,
    pub entries: Vec<EntryRow>,
    pub notices: Vec<NoticeRow>,
    /// To be added to what is there.
    pub uses: Vec<UsageRow>,
    /// Bucket, account, debit, and the refund that gave it back.
    pub refunds: Vec<(i16, String, i64, i64)>,
    pub new_keys: Vec<KeyRow>,
    /// Keys whose answer had to wait for Stripe.
    pub answered_keys: Vec<KeyRow>,
}

/// An account's row, and the version it had before: if it has another by now, somebody else was
/// first.
#[derive(Debug)]
pub struct ChangedAccount {
    pub row: AccountRow,
    pub was: i64,
}

impl Changed {
    pub fn of(decided: &Decided, now: Instant) -> Result<Changed, StoreError> {
        let mut changed = Changed::default();
        for state in decided.state.accounts.values() {
            changed.add(state);
        }
        for key in &decided.keys {
            let row = key_row(key, now)?;
            if key.is_new {
                changed.new_keys.push(row);
            } else {
                changed.answered_keys.push(row);
            }
        }
        Ok(changed)
    }

    fn add(&mut self, state: &AccountState) {
        let id = &state.account.id;
        let changes = &state.changes;
        let was = state.stored_version;
        if changes.settings {
            self.settings.push(AccountRow::from(&state.account));
        }
        if changes.watch {
            self.watches.push(AccountRow::from(&state.account));
        }
        if changes.account {
            let row = AccountRow::from(&state.account);
            self.accounts.push(ChangedAccount { row, was });
        } else {
            self.unchanged.push((id.bucket(), id.to_string(), was));
        }
        let entries = changes.entries.iter();
        self.entries
            .extend(entries.map(|entry| EntryRow::new(id, entry)));
        let notices = changes.notices.iter();
        self.notices
            .extend(notices.map(|notice| NoticeRow::new(id, notice)));
        let lot = |lot_id: &_| Some(LotRow::new(id, state.lots.get(*lot_id)?));
        self.lots
            .extend(changes.changed_lots.iter().filter_map(lot));
        self.new_lots
            .extend(changes.new_lots.iter().filter_map(lot));
        let hold = |hold_id: &_| Some(HoldRow::new(id, state.holds.get(hold_id)?));
        self.holds
            .extend(changes.changed_holds.iter().filter_map(hold));
        self.new_holds
            .extend(changes.new_holds.iter().filter_map(hold));
        let uses = changes.used.iter();
        self.uses
            .extend(uses.map(|(key, used)| UsageRow::new(id, key, used)));
        let refunds = changes.refunds.iter();
        let refunds = refunds.map(|(debit, refund)| (id.bucket(), id.to_string(), *debit, *refund));
        self.refunds.extend(refunds);
    }
}

fn key_row(key: &KeyWrite, now: Instant) -> Result<KeyRow, StoreError> {
    let status = key
        .answer
        .as_ref()
        .map(|answer| i16::try_from(answer.status));
    Ok(KeyRow {
        bucket: key.id.owner.bucket(),
        account_id: key.id.owner.to_string(),
        digest: key.id.digest.to_vec(),
        fingerprint: key.fingerprint.to_vec(),
        purchase_id: key.purchase_id.map(|id| StoredId(id.uuid())),
        status: status
            .transpose()
            .map_err(|error| StoreError::Bug(error.to_string()))?,
        body: key.answer.as_ref().map(|answer| answer.body.clone()),
        created_at: now.micros(),
    })
}
