//! I2 and I4, and I3 for lots: where each lot's credits went, whether the entries that name it add
//! up to what remains of it, and what of it is held.

use std::collections::BTreeMap;

use ledger::account::Account;
use ledger::entry::Entry;
use ledger::ids::{AccountId, LotId};
use ledger::lot::Lot;

use super::Violation;
use super::balance::shown;

pub struct LotSums {
    account_id: AccountId,
    /// What the entries put into each lot, less what they took, and the first that named it.
    sums: BTreeMap<LotId, (i128, i64)>,
    held: i128,
}

impl LotSums {
    pub const fn new(account_id: AccountId) -> LotSums {
        LotSums {
            account_id,
            sums: BTreeMap::new(),
            held: 0,
        }
    }

    pub fn see(&mut self, entry: &Entry) {
        for change in &entry.body.lots {
            let (sum, _) = self
                .sums
                .entry(change.lot_id)
                .or_insert((0, entry.sequence));
            *sum = sum.saturating_add(i128::from(change.credits.micro()));
        }
        let held = i128::from(entry.body.held_change.micro());
        self.held = self.held.saturating_add(held);
    }

    pub fn finish(mut self, account: &Account, lots: &[Lot]) -> Vec<Violation> {
        let mut found = Vec::new();
        let id = self.account_id.clone();
        for lot in lots {
            let place = format!("lot {}", lot.id);
            let (sum, _) = self.sums.remove(&lot.id).unwrap_or((0, 0));
            found.extend(negative(lot).map(|what| Violation::new("I3", &id, &place, what)));
            found.extend(unexplained(lot, sum).map(|what| Violation::new("I2", &id, &place, what)));
        }
        for (lot, (_, sequence)) in &self.sums {
            let detail = format!("names lot {lot}, which does not exist");
            found.push(Violation::new(
                "I2",
                &id,
                format!("entry {sequence}"),
                detail,
            ));
        }
        found.extend(self.held_apart(account, lots));
        found
    }

    /// I4. Holds have no rows of their own yet: entries are what says how much is set aside.
    fn held_apart(&self, account: &Account, lots: &[Lot]) -> Option<Violation> {
        let in_lots = lots.iter().fold(0_i128, |total, lot| {
            total.saturating_add(i128::from(lot.held.micro()))
        });
        let agreed = i128::from(account.held.micro()) == in_lots && in_lots == self.held;
        let detail = format!(
            "it has {} held, its lots {} and its entries {}",
            account.held,
            shown(in_lots),
            shown(self.held)
        );
        (!agreed).then(|| Violation::new("I4", &self.account_id, "account", detail))
    }
}

fn negative(lot: &Lot) -> Option<String> {
    let figures = [
        ("granted", lot.granted),
        ("remaining", lot.remaining),
        ("held", lot.held),
        ("consumed", lot.consumed),
        ("expired", lot.expired),
        ("clawed", lot.clawed),
    ];
    let (name, credits) = figures
        .into_iter()
        .find(|(_, credits)| credits.is_negative())?;
    Some(format!("its {name} is {credits}"))
}

fn unexplained(lot: &Lot, sum_of_entries: i128) -> Option<String> {
    let parts = [lot.remaining, lot.consumed, lot.expired, lot.clawed];
    let explained = parts.iter().fold(0_i128, |total, part| {
        total.saturating_add(i128::from(part.micro()))
    });
    if explained != i128::from(lot.granted.micro()) {
        Some(format!(
            "it was granted {} and accounts for {}",
            lot.granted,
            shown(explained)
        ))
    } else if sum_of_entries != i128::from(lot.remaining.micro()) {
        Some(format!(
            "{} remain of it and its entries add up to {}",
            lot.remaining,
            shown(sum_of_entries)
        ))
    } else if lot.held > lot.remaining {
        Some(format!(
            "{} of it are held and {} remain",
            lot.held, lot.remaining
        ))
    } else {
        None
    }
}
