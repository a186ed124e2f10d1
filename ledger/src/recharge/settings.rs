//! What somebody has set their auto-recharge to. It says nothing of whether that works.

use crate::credits::Credits;
use crate::money::Money;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    pub enabled: bool,
    /// It recharges as soon as less than this is available.
    pub threshold: Credits,
    pub amount: Amount,
    /// The most it may spend in a cycle of the account.
    pub cycle_cap: Money,
}

/// How much to buy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Whole credits, the same every time.
    Fixed(i64),
    /// As many whole credits as bring what is available to this.
    UpTo(Credits),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    #[error("the threshold is more than nothing")]
    ThresholdIsNotPositive,
    #[error("the fixed amount is more than nothing")]
    AmountIsNotPositive,
    #[error("the target lies above the threshold")]
    TargetIsNotAboveThreshold,
    #[error("the cap is more than nothing")]
    CapIsNotPositive,
}

impl Settings {
    pub fn check(&self) -> Result<(), SettingsError> {
        if !self.threshold.is_positive() {
            return Err(SettingsError::ThresholdIsNotPositive);
        }
        match self.amount {
            Amount::Fixed(credits) if credits < 1 => {
                return Err(SettingsError::AmountIsNotPositive);
            }
            Amount::UpTo(target) if target <= self.threshold => {
                return Err(SettingsError::TargetIsNotAboveThreshold);
            }
            Amount::Fixed(_) | Amount::UpTo(_) => {}
        }
        if self.cycle_cap.amount_minor < 1 {
            return Err(SettingsError::CapIsNotPositive);
        }
        Ok(())
    }
}

impl Amount {
    /// How many whole credits that is now, within what is sold at once.
    pub fn wanted(self, available: Credits, least: i64, most: i64) -> i64 {
        let credits = match self {
            Amount::Fixed(credits) => credits,
            Amount::UpTo(target) => {
                let missing = target.micro().saturating_sub(available.micro());
                let whole = missing.div_euclid(Credits::MICRO_PER_CREDIT);
                let rest = missing.rem_euclid(Credits::MICRO_PER_CREDIT);
                whole.saturating_add(i64::from(rest > 0))
            }
        };
        credits.max(least).min(most)
    }
}
