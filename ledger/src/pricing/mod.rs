//! What a number of credits costs: graduated slabs, exact until one rounding at the end. The
//! page's quote and the checkout both ask here, so that they can never disagree.

use std::iter;

use bigdecimal::BigDecimal;

use crate::credits::Credits;
use crate::decimal;
use crate::money::{Currency, Money};

mod comparison;
pub use comparison::{plain_price, price_per_credit, saving_percent};

/// The price of every credit from this one to the next slab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slab {
    /// The first credit of the slab, counted from 1.
    pub from_credits: i64,
    /// Minor units for one credit; at most 6 decimals.
    pub price_per_credit: BigDecimal,
}

/// The prices of one currency, checked once: whoever holds it can price any amount in range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceList {
    currency: Currency,
    slabs: Vec<Slab>,
    /// The slabs' prices in millionths of a minor unit, in the same order.
    exact_prices: Vec<i128>,
    min_credits: i64,
    max_credits: i64,
}

/// Why slabs make no price list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PriceListError {
    #[error("a price list needs a slab that starts at credit 1")]
    NoSlabStartsAtTheFirstCredit,
    #[error("the slab from {from_credits} does not start after the one before it")]
    SlabsAreNotAscending { from_credits: i64 },
    #[error("the price of the slab from {from_credits} is not positive")]
    SlabPriceIsNotPositive { from_credits: i64 },
    #[error(
        "the price of the slab from {from_credits} has more than 6 decimals or is above 1000000000"
    )]
    SlabPriceIsOutOfBounds { from_credits: i64 },
    #[error("the slab from {from_credits} costs more per credit than the one before it")]
    SlabPriceRisesWithVolume { from_credits: i64 },
    #[error("purchases of {min} to {max} credits are no range within 1 to {largest}")]
    PurchaseRangeIsEmpty { min: i64, max: i64, largest: i64 },
    #[error("the smallest purchase, {min} credits, would cost nothing")]
    SmallestPurchaseCostsNothing { min: i64 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{asked} credits cannot be bought at once: {min} to {max} can")]
pub struct CreditsOutOfRange {
    pub min: i64,
    pub max: i64,
    pub asked: i64,
}

const PRICE_DECIMALS: i64 = 6;
const PARTS_PER_MINOR_UNIT: i128 = 1_000_000;
/// Times the most credits there are, this still fits the minor units' `i64`.
const LARGEST_PRICE: i128 = 1_000_000_000 * PARTS_PER_MINOR_UNIT;
const LARGEST_PURCHASE: i64 = Credits::MAX.micro() / Credits::MICRO_PER_CREDIT;

impl PriceList {
    /// Prices must not rise with volume: that is what makes a larger purchase cheaper per credit.
    pub fn new(
        currency: Currency,
        slabs: Vec<Slab>,
        min_credits: i64,
        max_credits: i64,
    ) -> Result<PriceList, PriceListError> {
        if min_credits < 1 || min_credits > max_credits || max_credits > LARGEST_PURCHASE {
            return Err(PriceListError::PurchaseRangeIsEmpty {
                min: min_credits,
                max: max_credits,
                largest: LARGEST_PURCHASE,
            });
        }
        let list = PriceList {
            currency,
            exact_prices: check_slabs(&slabs)?,
            slabs,
            min_credits,
            max_credits,
        };
        if list.rounded_price(min_credits) == 0 {
            return Err(PriceListError::SmallestPurchaseCostsNothing { min: min_credits });
        }
        Ok(list)
    }

    /// What `credits` whole credits cost. Each credit costs the price of the slab it falls in
    /// (marginal prices: crossing into a slab changes nothing for the credits before it, so that
    /// more credits never cost less). The exact sum is rounded once, half up to what the currency can
    /// charge: the minor unit, for most.
    pub fn price(&self, credits: i64) -> Result<Money, CreditsOutOfRange> {
        if !(self.min_credits..=self.max_credits).contains(&credits) {
            return Err(CreditsOutOfRange {
                min: self.min_credits,
                max: self.max_credits,
                asked: credits,
            });
        }
        Ok(Money {
            amount_minor: self.rounded_price(credits),
            currency: self.currency,
        })
    }

    pub fn slabs(&self) -> &[Slab] {
        &self.slabs
    }

    pub const fn min_credits(&self) -> i64 {
        self.min_credits
    }

    pub const fn max_credits(&self) -> i64 {
        self.max_credits
    }

    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// The bounds that `new` enforces keep every step within its integer, so nothing saturates.
    fn rounded_price(&self, credits: i64) -> i64 {
        let before_slabs = self
            .slabs
            .iter()
            .map(|slab| slab.from_credits.saturating_sub(1));
        let after_slabs = before_slabs.clone().skip(1).chain(iter::once(i64::MAX));
        let exact = before_slabs
            .zip(after_slabs)
            .zip(&self.exact_prices)
            .map(|((before, after), price)| {
                let in_slab = credits.min(after).saturating_sub(before).max(0);
                price.saturating_mul(i128::from(in_slab))
            })
            .fold(0_i128, i128::saturating_add);
        self.currency.round_to_charge(exact, PARTS_PER_MINOR_UNIT)
    }
}

/// The slabs' exact prices, if they start at credit 1, ascend and never rise in price.
fn check_slabs(slabs: &[Slab]) -> Result<Vec<i128>, PriceListError> {
    if slabs.first().map(|slab| slab.from_credits) != Some(1) {
        return Err(PriceListError::NoSlabStartsAtTheFirstCredit);
    }
    let mut exact_prices = Vec::with_capacity(slabs.len());
    let mut previous: Option<(i64, i128)> = None;
    for slab in slabs {
        let from_credits = slab.from_credits;
        let price = decimal::parts(&slab.price_per_credit, PRICE_DECIMALS)
            .filter(|price| *price <= LARGEST_PRICE)
            .ok_or(PriceListError::SlabPriceIsOutOfBounds { from_credits })?;
        if price <= 0 {
            return Err(PriceListError::SlabPriceIsNotPositive { from_credits });
        }
        if let Some((previous_from, previous_price)) = previous {
            if from_credits <= previous_from {
                return Err(PriceListError::SlabsAreNotAscending { from_credits });
            }
            if price > previous_price {
                return Err(PriceListError::SlabPriceRisesWithVolume { from_credits });
            }
        }
        previous = Some((from_credits, price));
        exact_prices.push(price);
    }
    Ok(exact_prices)
}
