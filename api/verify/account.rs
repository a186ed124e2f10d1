//! One account's audit: its entries are shown to each check as they are read, and none is kept.
//! What remains at the end is held against the account's own rows.

use ledger::ids::AccountId;

use super::balance::Balance;
use super::chain::Chain;
use super::lots::LotSums;
use super::purchases::Grants;
use super::{Report, Violation};
use crate::store::{Store, StoreError};

pub async fn check(store: &Store, id: &AccountId, report: &mut Report) -> Result<(), StoreError> {
    let mut entries: usize = 0;
    let mut chain = Chain::new(id.clone());
    let mut balance = Balance::new(id.clone());
    let mut lot_sums = LotSums::new(id.clone());
    let mut grants = Grants::new(id.clone());
    let read = store
        .dossier(id, &mut |entry| {
            entries = entries.saturating_add(1);
            chain.see(&entry);
            balance.see(&entry);
            lot_sums.see(&entry);
            grants.see(&entry);
        })
        .await;
    report.accounts = report.accounts.saturating_add(1);
    report.entries = report.entries.saturating_add(entries);
    let dossier = match read {
        Ok(dossier) => dossier,
        Err(StoreError::Corrupt(what)) => {
            // The rest of this account can't be read; all others still can.
            let after = format!("after {entries} entries");
            let violation = Violation::new("unreadable", id, after, what);
            report.violations.push(violation);
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    report.lots = report.lots.saturating_add(dossier.lots.len());
    report.purchases = report.purchases.saturating_add(dossier.purchases.len());
    let found = &mut report.violations;
    found.extend(chain.finish(&dossier.account));
    found.extend(balance.finish(&dossier.account));
    found.extend(lot_sums.finish(&dossier.account, &dossier.lots));
    found.extend(grants.finish(&dossier.lots, &dossier.purchases));
    Ok(())
}
