//! I13, and I4 for holds: a hold ends once and then sets nothing aside; it charged what its captures
//! say, and no more than it was made for unless it covers what the work costs beyond.

use std::collections::BTreeMap;

use ledger::entry::{Entry, EntryKind};
use ledger::hold::{Hold, HoldStatus, Overage};
use ledger::ids::{AccountId, HoldId};

use super::Violation;
use super::balance::shown;

pub struct Holds {
    account_id: AccountId,
    /// What was charged to each hold, and the first entry that named it.
    seen: BTreeMap<HoldId, (i128, i64)>,
}

impl Holds {
    pub const fn new(account_id: AccountId) -> Holds {
        Holds {
            account_id,
            seen: BTreeMap::new(),
        }
    }

    pub fn see(&mut self, entry: &Entry) {
        let Some(hold) = entry.body.hold_id else {
            return;
        };
        let (charged, _) = self.seen.entry(hold).or_insert((0, entry.sequence));
        if entry.body.kind == EntryKind::Capture {
            let cost = i128::from(entry.body.debt_change.micro())
                .saturating_sub(i128::from(entry.body.amount.micro()));
            *charged = charged.saturating_add(cost);
        }
    }

    pub fn finish(mut self, holds: &[Hold]) -> Vec<Violation> {
        let id = self.account_id.clone();
        let mut found = Vec::new();
        for hold in holds {
            let charged = self.seen.remove(&hold.id).map(|(charged, _)| charged);
            let place = format!("hold {}", hold.id);
            if let Some(what) = what_is_wrong(hold, charged) {
                found.push(Violation::new("I13", &id, place, what));
            }
        }
        for (hold, (_, sequence)) in self.seen {
            let detail = format!("names hold {hold}, which does not exist");
            let place = format!("entry {sequence}");
            found.push(Violation::new("I13", &id, place, detail));
        }
        found
    }
}

fn what_is_wrong(hold: &Hold, charged: Option<i128>) -> Option<String> {
    let Some(charged) = charged else {
        return Some("no entry made it".to_owned());
    };
    if charged != i128::from(hold.captured.micro()) {
        let charged = shown(charged);
        let captured = hold.captured;
        return Some(format!(
            "{captured} are captured and its entries charged {charged}"
        ));
    }
    if hold.status != HoldStatus::Active && !hold.parts.is_empty() {
        return Some("it has ended and still sets credits aside".to_owned());
    }
    if hold.overage != Overage::Cover && hold.captured > hold.credits {
        let (captured, credits) = (hold.captured, hold.credits);
        return Some(format!("{captured} are captured and {credits} were held"));
    }
    None
}
