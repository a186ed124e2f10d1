//! What a code does to an offer: it lowers the price, or adds credits to the bonus. It never changes
//! the credits that are paid for.

use super::PromotionRefusal;
use crate::credits::Credits;
use crate::money::Money;

/// Whole percent, 1 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percent(i64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("percent is a whole number from 1 to 100")]
pub struct PercentIsOutOfRange;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Off the price.
    PercentOff(Percent),
    /// On top of the bonus, and a part of its lot.
    ExtraCredits(Credits),
}

impl Percent {
    pub const fn new(percent: i64) -> Result<Percent, PercentIsOutOfRange> {
        if percent >= 1 && percent <= 100 {
            Ok(Percent(percent))
        } else {
            Err(PercentIsOutOfRange)
        }
    }

    pub const fn get(self) -> i64 {
        self.0
    }

    /// What is left of a price, rounded half up to what its currency can charge.
    fn off(self, price: Money) -> Money {
        let left = 100_i64.saturating_sub(self.0);
        let hundredfold = i128::from(price.amount_minor).saturating_mul(i128::from(left));
        let amount_minor = price.currency.round_to_charge(hundredfold, 100);
        Money {
            // A price that the currency could not charge in the first place is never raised.
            amount_minor: amount_minor.min(price.amount_minor),
            ..price
        }
    }
}

impl Effect {
    /// The price with the code. A price above nothing and below `least` cannot be charged.
    pub(super) fn price(self, list_price: Money, least: Money) -> Result<Money, PromotionRefusal> {
        let Effect::PercentOff(percent) = self else {
            return Ok(list_price);
        };
        let price = percent.off(list_price);
        if price.amount_minor > 0 && price.amount_minor < least.amount_minor {
            return Err(PromotionRefusal::PriceWouldBeTooSmall { price, least });
        }
        Ok(price)
    }

    pub(super) const fn extra(self) -> Credits {
        match self {
            Effect::PercentOff(_) => Credits::ZERO,
            Effect::ExtraCredits(credits) => credits,
        }
    }
}
