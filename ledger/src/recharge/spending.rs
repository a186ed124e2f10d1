//! What an auto-recharge has spent in a cycle, held against its cap. Only payments count that went
//! through; with one attempt at a time none can pass the cap behind another's back.

use crate::calendar::Period;
use crate::instant::Instant;
use crate::money::Money;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spending {
    /// When the cycle began that the sum is of. None: nothing was ever spent.
    pub cycle_start: Option<Instant>,
    pub amount_minor: i64,
    /// The furthest notice given in that cycle.
    pub notice: Option<CapNotice>,
}

/// How close to its cap the spending of a cycle has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CapNotice {
    Eighty,
    Ninety,
    /// Nothing more is bought in this cycle: the cap is spent, or the next recharge would pass it.
    Reached,
}

impl CapNotice {
    pub const fn percent(self) -> i16 {
        match self {
            CapNotice::Eighty => 80,
            CapNotice::Ninety => 90,
            CapNotice::Reached => 100,
        }
    }

    fn at(spent: i64, cap: i64) -> Option<CapNotice> {
        let reaches = |percent: i16| {
            i128::from(spent).saturating_mul(100)
                >= i128::from(cap).saturating_mul(i128::from(percent))
        };
        [CapNotice::Reached, CapNotice::Ninety, CapNotice::Eighty]
            .into_iter()
            .find(|notice| reaches(notice.percent()))
    }
}

impl Spending {
    /// As it stands in `cycle`: what was spent in another counts for nothing.
    pub fn in_cycle(self, cycle: &Period) -> Spending {
        if self.cycle_start == Some(cycle.start) {
            return self;
        }
        Spending {
            cycle_start: Some(cycle.start),
            ..Spending::default()
        }
    }

    /// Whether `price` still fits. Another currency than the cap's never does.
    pub fn leaves_room(&self, price: Money, cap: Money) -> bool {
        let after = self.amount_minor.saturating_add(price.amount_minor);
        price.currency == cap.currency && after <= cap.amount_minor
    }

    pub fn add(&mut self, price: Money, cap: Option<Money>) {
        self.amount_minor = self.amount_minor.saturating_add(price.amount_minor);
        if let Some(cap) = cap {
            self.notice = self
                .notice
                .max(CapNotice::at(self.amount_minor, cap.amount_minor));
        }
    }

    /// The notices as they are under another cap: one that was raised has not been reached yet.
    pub fn noticed(self, cap: Money) -> Spending {
        Spending {
            notice: CapNotice::at(self.amount_minor, cap.amount_minor),
            ..self
        }
    }
}
