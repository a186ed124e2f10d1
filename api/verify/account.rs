//! One account's audit: its entries are shown to each check as they are read, and none is kept.
//! What remains at the end is held against the account's own rows.

use ledger::entry::Entry;
use ledger::ids::AccountId;
use ledger::notice::Notice;

use super::balance::Balance;
use super::chain::Chain;
use super::holds::Holds;
use super::lots::LotSums;
use super::notices::Notices;
use super::purchases::Grants;
use super::refunds::Refunds;
use super::usage::UsageSums;
use super::{Report, Violation};
use crate::store::{Dossier, Store, StoreError, Visitor};

pub async fn check(store: &Store, id: &AccountId, report: &mut Report) -> Result<(), StoreError> {
    let mut audit = Audit::new(id.clone());
    let read = store.show(id, &mut audit).await;
    report.accounts = report.accounts.saturating_add(1);
    report.entries = report.entries.saturating_add(audit.entries);
    match read {
        Ok(()) => {}
        Err(StoreError::Corrupt(what)) => {
            // The rest of this account can't be read; all others still can.
            let after = format!("after {} entries", audit.entries);
            let violation = Violation::new("unreadable", id, after, what);
            report.violations.push(violation);
            return Ok(());
        }
        Err(error) => return Err(error),
    }
    audit.finish(report);
    Ok(())
}

struct Audit {
    entries: usize,
    dossier: Option<Dossier>,
    chain: Chain,
    balance: Balance,
    lot_sums: LotSums,
    grants: Grants,
    holds: Holds,
    refunds: Refunds,
    usage: UsageSums,
    notices: Notices,
}

impl Audit {
    fn new(id: AccountId) -> Audit {
        Audit {
            entries: 0,
            dossier: None,
            chain: Chain::new(id.clone()),
            balance: Balance::new(id.clone()),
            lot_sums: LotSums::new(id.clone()),
            grants: Grants::new(id.clone()),
            holds: Holds::new(id.clone()),
            refunds: Refunds::new(id.clone()),
            usage: UsageSums::new(id.clone()),
            notices: Notices::new(id),
        }
    }

    fn finish(self, report: &mut Report) {
        let Some(dossier) = self.dossier else {
            return;
        };
        report.lots = report.lots.saturating_add(dossier.lots.len());
        report.holds = report.holds.saturating_add(dossier.holds.len());
        report.purchases = report.purchases.saturating_add(dossier.purchases.len());
        let found = &mut report.violations;
        found.extend(self.chain.finish(&dossier.account));
        found.extend(self.balance.finish(&dossier.account));
        found.extend(self.lot_sums.finish(&dossier));
        found.extend(self.grants.finish(&dossier.lots, &dossier.purchases));
        found.extend(self.holds.finish(&dossier.holds));
        found.extend(self.refunds.finish());
        found.extend(self.usage.finish(&dossier));
        found.extend(self.notices.finish(&dossier.account));
    }
}

impl Visitor for Audit {
    fn rows(&mut self, dossier: Dossier) {
        self.lot_sums.begin(&dossier.lots);
        self.refunds.begin(&dossier.refunds);
        self.usage.begin(&dossier.used);
        self.dossier = Some(dossier);
    }

    fn entry(&mut self, entry: &Entry) {
        self.entries = self.entries.saturating_add(1);
        self.chain.see(entry);
        self.balance.see(entry);
        self.lot_sums.see(entry);
        self.grants.see(entry);
        self.holds.see(entry);
        self.refunds.see(entry);
        self.usage.see(entry);
        self.notices.see(entry);
    }

    fn notice(&mut self, notice: &Notice) {
        self.notices.hear(notice);
    }
}
