//! What the passing of time does: holds past their end set nothing aside, then lots past their end
//! are forfeited, but for what living holds have of them.

use ledger::entry::{EntryBody, EntryKind, LotChange};
use ledger::hold::HoldStatus;
use ledger::ids::{HoldId, LotId};
use ledger::instant::Instant;

use super::account::Account;
use super::credits;
use super::lots::with_lots;

impl Account {
    /// What comes before every change of an account's credits.
    pub(super) fn book_due(&mut self, now: Instant) {
        let due = self.active.iter().filter(|hold| hold.ends <= now);
        let mut due: Vec<(Instant, HoldId)> = due.map(|hold| (hold.ends, hold.id)).collect();
        due.sort();
        for (_, id) in due {
            self.end_hold(id, HoldStatus::Expired, now);
        }
        self.forfeit(now);
    }

    /// An entry for each lot, in burn order.
    pub(super) fn forfeit(&mut self, now: Instant) {
        let ended = self.lots.iter();
        let ended = ended.filter(|lot| lot.has_ended(now) && lot.free > 0);
        let ended: Vec<LotId> = ended.map(|lot| lot.id).collect();
        if ended.is_empty() {
            return;
        }
        for id in self.in_burn_order(ended.into_iter()) {
            let lot = self.lot_mut(id);
            let lost = std::mem::take(&mut lot.free);
            lot.expired += lost;
            let body = EntryBody {
                purchase_id: lot.purchase_id,
                ..EntryBody::of(EntryKind::Expiry)
            };
            let change = LotChange::free(id, credits(-lost));
            self.enter(with_lots(body, vec![change]), now);
        }
    }
}
