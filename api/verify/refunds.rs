//! I7 for debits given back: each at most once, no more than it cost, and as the rows of refunds
//! say, which are what stands in the way of a second time.

use std::collections::BTreeMap;

use ledger::entry::{Entry, EntryKind};
use ledger::ids::AccountId;

use super::Violation;
use super::balance::shown;

pub struct Refunds {
    account_id: AccountId,
    /// By what was given back, the entry that did, as the rows say.
    rows: BTreeMap<i64, i64>,
    /// What those cost that were given back.
    costs: BTreeMap<i64, i128>,
    found: Vec<Violation>,
}

impl Refunds {
    pub const fn new(account_id: AccountId) -> Refunds {
        Refunds {
            account_id,
            rows: BTreeMap::new(),
            costs: BTreeMap::new(),
            found: Vec::new(),
        }
    }

    pub fn begin(&mut self, rows: &BTreeMap<i64, i64>) {
        self.rows.clone_from(rows);
    }

    pub fn see(&mut self, entry: &Entry) {
        let owed = i128::from(entry.body.debt_change.micro());
        let cost = owed.saturating_sub(i128::from(entry.body.amount.micro()));
        if entry.body.kind.consumes() && self.rows.contains_key(&entry.sequence) {
            self.costs.insert(entry.sequence, cost);
        }
        if entry.body.kind == EntryKind::Refund
            && let Some(what) = self.what_is_wrong(entry, cost.saturating_neg())
        {
            let place = format!("entry {}", entry.sequence);
            self.found
                .push(Violation::new("I7", &self.account_id, place, what));
        }
    }

    fn what_is_wrong(&mut self, refund: &Entry, credits: i128) -> Option<String> {
        let Some(debit) = refund.body.refunds else {
            return Some("it gives back and does not say what".to_owned());
        };
        match self.rows.get(&debit) {
            Some(known) if *known == refund.sequence => self.rows.remove(&debit),
            Some(known) => return Some(format!("entry {debit} was given back by entry {known}")),
            None => return Some(format!("no row says that entry {debit} was given back")),
        };
        let cost = self.costs.remove(&debit);
        let exceeds = cost.is_none_or(|cost| credits > cost);
        exceeds.then(|| {
            let cost = shown(cost.unwrap_or(0));
            format!(
                "it gives back {} of entry {debit}, which cost {cost}",
                shown(credits)
            )
        })
    }

    pub fn finish(mut self) -> Vec<Violation> {
        for (debit, refund) in &self.rows {
            let detail = format!("a row says that entry {refund} gave it back, which did not");
            let place = format!("entry {debit}");
            self.found
                .push(Violation::new("I7", &self.account_id, place, detail));
        }
        self.found
    }
}
