//! What of an account's own purchases decides whether it may use a code, and how each change of a
//! purchase counts.

use std::collections::BTreeMap;

use super::PromotionCode;
use crate::purchase::{Purchase, PurchaseStatus};

/// Of one account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Whether a purchase was ever paid.
    pub has_bought: bool,
    /// How often each code counts: see [`Uses::of`].
    pub used: BTreeMap<PromotionCode, i64>,
}

/// How a batch changes the number of uses of one code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// By purchases just opened: only these are held against the limits.
    pub reserved: i64,
    /// Taken again by purchases paid late, less what was given back.
    pub corrected: i64,
}

impl Standing {
    pub fn used(&self, code: &PromotionCode) -> i64 {
        self.used.get(code).copied().unwrap_or(0)
    }

    /// Whether it uses any code, for a purchase that may still be paid or was.
    pub fn uses_any(&self) -> bool {
        self.used.values().any(|used| *used > 0)
    }

    /// Takes in how a purchase stands now that stood differently before.
    pub fn follow(&mut self, was: Option<&Purchase>, is: &Purchase) {
        self.has_bought |= is.paid_at.is_some();
        if let Some((code, change)) = change(was, is) {
            let used = self.used.entry(code).or_default();
            *used = used.saturating_add(change);
        }
    }
}

impl Uses {
    pub const fn net(self) -> i64 {
        self.reserved.saturating_add(self.corrected)
    }

    pub const fn plus(self, more: Uses) -> Uses {
        Uses {
            reserved: self.reserved.saturating_add(more.reserved),
            corrected: self.corrected.saturating_add(more.corrected),
        }
    }

    /// What the change of a purchase means for the code that it was opened with.
    pub fn of(was: Option<&Purchase>, is: &Purchase) -> Option<(PromotionCode, Uses)> {
        let (code, change) = change(was, is)?;
        let uses = if was.is_none() {
            Uses {
                reserved: change,
                corrected: 0,
            }
        } else {
            Uses {
                reserved: 0,
                corrected: change,
            }
        };
        Some((code, uses))
    }
}

/// A purchase uses its code unless it expired or failed.
const fn counts(purchase: &Purchase) -> bool {
    !matches!(
        purchase.status,
        PurchaseStatus::Expired | PurchaseStatus::Failed
    )
}

fn change(was: Option<&Purchase>, is: &Purchase) -> Option<(PromotionCode, i64)> {
    let redemption = is.terms.promotion.as_ref()?;
    let change = match (was.is_some_and(counts), counts(is)) {
        (false, true) => 1,
        (true, false) => -1,
        _ => return None,
    };
    Some((redemption.code.clone(), change))
}
