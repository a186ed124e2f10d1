//! A hold: credits set aside for work under way. It is captured for what the work cost, once or in
//! parts, or released; either way it ends once.

use crate::calendar::Date;
use crate::credits::Credits;
use crate::exact::{minus, plus};
use crate::ids::{HoldId, LotId};
use crate::instant::Instant;
use crate::rejection::Rejection;
use crate::usage::Usage;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HoldStatus {
    Active,
    /// Settled by a final capture.
    Captured,
    Released,
    /// Nobody settled it in time.
    Expired,
}

/// What happens when the work cost more than was held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Overage {
    /// The capture is refused.
    Reject,
    /// What is held is charged, and no more.
    Cap,
    /// Admitted work gets to finish: the rest is drawn from what is available, then becomes debt up
    /// to the account's overdraft limit; past it, it is not charged and reported.
    Cover,
}

/// What a hold has set aside in one lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldPart {
    pub lot_id: LotId,
    pub credits: Credits,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    pub id: HoldId,
    /// The platform's own name for the work, used once for ever.
    pub reference: String,
    pub description: Option<String>,
    pub usage: Option<Usage>,
    pub overage: Overage,
    pub status: HoldStatus,
    /// What it was made for, or last resized to.
    pub credits: Credits,
    /// What captures have charged so far, from wherever it came.
    pub captured: Credits,
    /// What is still set aside, in the order in which it will be used.
    pub parts: Vec<HeldPart>,
    pub created_at: Instant,
    /// The first instant at which it holds no more.
    pub expires_at: Instant,
    /// The account's day on which it was made: where the sums count what it sets aside.
    pub day_start: Instant,
    pub date: Date,
}

impl Hold {
    /// The end is exclusive, as a lot's is.
    pub fn is_due(&self, now: Instant) -> bool {
        self.status == HoldStatus::Active && now >= self.expires_at
    }

    /// What it still sets aside.
    pub fn held(&self) -> Result<Credits, Rejection> {
        let mut parts = self.parts.iter().map(|part| part.credits);
        parts.try_fold(Credits::ZERO, plus)
    }

    /// Gives up to `credits` of what it holds, from the front or from the back.
    pub(crate) fn take(&mut self, credits: Credits, end: End) -> Result<Vec<HeldPart>, Rejection> {
        let mut left = credits;
        let mut taken = Vec::new();
        let mut kept = Vec::new();
        let mut parts = std::mem::take(&mut self.parts);
        if end == End::Back {
            parts.reverse();
        }
        for part in parts {
            let share = part.credits.min(left);
            left = minus(left, share)?;
            let rest = minus(part.credits, share)?;
            let lot_id = part.lot_id;
            if share.is_positive() {
                taken.push(HeldPart {
                    lot_id,
                    credits: share,
                });
            }
            if rest.is_positive() {
                kept.push(HeldPart {
                    lot_id,
                    credits: rest,
                });
            }
        }
        if end == End::Back {
            kept.reverse();
        }
        self.parts = kept;
        Ok(taken)
    }
}

/// Which of its parts a hold gives first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// What is to be used: the parts that burn first.
    Front,
    /// What is to be given back: the parts that would have burned last.
    Back,
}
