//! A lot: credits granted at one moment from one source, and the order in which lots are used.
//! Nothing changes a lot but an entry.

use crate::credits::Credits;
use crate::ids::{LotId, PurchaseId};
use crate::instant::Instant;

/// Where a lot's credits came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    Purchase,
    Bonus,
    Promotion,
    Adjustment,
}

impl Source {
    /// Credits given for nothing are used before credits paid for, other things being equal.
    const fn was_paid_for(self) -> bool {
        matches!(self, Source::Purchase)
    }
}

/// At every moment `granted = remaining + consumed + expired + clawed`, and
/// `held + frozen <= remaining`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot {
    pub id: LotId,
    pub source: Source,
    pub purchase_id: Option<PurchaseId>,
    /// Lower is used first.
    pub priority: i16,
    pub granted: Credits,
    /// What is still there, the held and the frozen part included.
    pub remaining: Credits,
    /// The part of `remaining` that work under way has set aside.
    pub held: Credits,
    /// The part of `remaining` that a dispute keeps from use.
    pub frozen: Credits,
    pub consumed: Credits,
    /// Forfeited at the lot's end.
    pub expired: Credits,
    /// Taken back: a reversed payment, or a downward adjustment.
    pub clawed: Credits,
    pub granted_at: Instant,
    /// The first instant at which the lot no longer counts.
    pub expires_at: Instant,
    /// How many days before it the owner was told of it last.
    pub reminded_days: Option<u16>,
}

impl Lot {
    /// The end is exclusive: at `expires_at` itself the lot is gone.
    pub fn has_ended(&self, now: Instant) -> bool {
        now >= self.expires_at
    }

    /// What is neither held nor frozen nor taken, whether or not the lot has ended.
    pub fn free(&self) -> Option<Credits> {
        let unfrozen = self.remaining.checked_sub(self.frozen)?;
        unfrozen.checked_sub(self.held)
    }

    /// What can be spent at `now`.
    pub fn available(&self, now: Instant) -> Option<Credits> {
        if self.has_ended(now) {
            Some(Credits::ZERO)
        } else {
            self.free()
        }
    }

    /// The total order in which lots are used: priority, soonest end, given before paid,
    /// oldest grant, id.
    pub fn burn_order(&self) -> (i16, Instant, bool, Instant, LotId) {
        (
            self.priority,
            self.expires_at,
            self.source.was_paid_for(),
            self.granted_at,
            self.id,
        )
    }
}
