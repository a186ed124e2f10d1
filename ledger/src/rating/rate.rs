//! One version of the price of an operation: a base, and a price for the units of each quantity.
//! Checked once when it is made; after that it can price any quantities.

use std::iter;

use bigdecimal::num_bigint::{BigInt, Sign};
use bigdecimal::{BigDecimal, ToPrimitive};

use crate::credits::Credits;
use crate::decimal;
use crate::instant::Instant;

use super::cost::{ComponentCost, Cost};
use super::error::{RateError, RatingError};
use super::name::{BASE, QuantityName};
use super::quantities::Quantities;
use super::quantity::Quantity;

/// What a rate says, as an operator writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateTerms {
    pub operation: String,
    /// None where the operation has no variants.
    pub variant: Option<String>,
    /// Counted from 1.
    pub version: i32,
    /// It holds from this instant on, the instant included.
    pub effective_at: Instant,
    /// Credits for the work as such; at most 9 decimals.
    pub base: BigDecimal,
    /// In the order in which they are shown.
    pub components: Vec<Component>,
}

/// The price of one quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    pub quantity: QuantityName,
    /// In words for people, such as "1000 tokens".
    pub unit: String,
    /// How many of the quantity one price buys, such as 1000.
    pub per: Quantity,
    /// Credits for so many; at most 9 decimals.
    pub price: BigDecimal,
}

/// Terms that make sense: whoever holds it can price any quantities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    terms: RateTerms,
    exact: ExactPrices,
}

/// The prices as whole numbers on one common denominator, since a price for 3600 seconds has no
/// exact decimal for one. A sum of these is exact, and is divided once, at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ExactPrices {
    base: BigInt,
    /// Of a millionth of each component's quantity.
    components: Vec<BigInt>,
    /// What makes micro-credits of a sum.
    denominator: BigInt,
}

const PRICE_DECIMALS: i64 = 9;
/// A price is counted in billionths of a credit, a cost in millionths.
const PARTS_PER_MICRO_CREDIT: i64 = 1_000;
const LARGEST_PRICE: i128 = 1_000_000_000_000_000_000;

impl Rate {
    pub fn new(terms: RateTerms) -> Result<Rate, RateError> {
        if terms.version < 1 {
            return Err(RateError::VersionIsNotPositive {
                version: terms.version,
            });
        }
        check_components(&terms.components)?;
        let exact = ExactPrices::new(&terms)?;
        Ok(Rate { terms, exact })
    }

    pub fn operation(&self) -> &str {
        &self.terms.operation
    }

    pub fn variant(&self) -> Option<&str> {
        self.terms.variant.as_deref()
    }

    pub fn version(&self) -> i32 {
        self.terms.version
    }

    pub fn effective_at(&self) -> Instant {
        self.terms.effective_at
    }

    pub fn base(&self) -> &BigDecimal {
        &self.terms.base
    }

    pub fn components(&self) -> &[Component] {
        &self.terms.components
    }

    /// What so much work costs. The quantities must be exactly those that the rate prices; that any
    /// of them, or the whole, may be zero is for the caller to judge.
    ///
    /// The exact total is rounded once, up to the micro-credit. A share is what the running total,
    /// rounded up, grows by with it, which makes the shares add up to the total.
    pub fn cost(&self, quantities: &Quantities) -> Result<Cost, RatingError> {
        let amounts = self.amounts(quantities)?;
        let running = self.exact.running_totals(&amounts);
        let mut before = Credits::ZERO;
        let mut shares = Vec::with_capacity(running.len());
        for total in running {
            let total = total
                .map(Credits::from_micro)
                .filter(|total| *total <= Credits::MAX)
                .ok_or(COST_PASSES_THE_MAXIMUM)?;
            shares.push(total.checked_sub(before).ok_or(COST_PASSES_THE_MAXIMUM)?);
            before = total;
        }
        let mut shares = shares.into_iter();
        let base = shares.next().filter(|share| share.is_positive());
        let components = self.components().iter().zip(amounts).zip(shares);
        Ok(Cost {
            credits: before,
            components: iter::empty()
                .chain(base.map(|credits| self.base_cost(credits)))
                .chain(
                    components
                        .map(|((component, amount), credits)| component.cost(amount, credits)),
                )
                .collect(),
        })
    }

    /// The amounts in the components' order.
    fn amounts(&self, quantities: &Quantities) -> Result<Vec<Quantity>, RatingError> {
        let known = |name: &QuantityName| self.components().iter().any(|it| it.quantity == *name);
        if let Some(name) = quantities.names().find(|name| !known(name)) {
            return Err(RatingError::QuantityIsUnknown {
                operation: self.operation().to_owned(),
                variant: self.terms.variant.clone(),
                quantity: name.clone(),
                required: self.required(),
            });
        }
        let amount = |component: &Component| quantities.get(&component.quantity);
        let amounts: Option<Vec<Quantity>> = self.components().iter().map(amount).collect();
        amounts.ok_or_else(|| RatingError::QuantitiesAreMissing {
            operation: self.operation().to_owned(),
            variant: self.terms.variant.clone(),
            missing: self
                .required()
                .into_iter()
                .filter(|name| quantities.get(name).is_none())
                .collect(),
            required: self.required(),
        })
    }

    /// The names of the quantities that it prices, in its order.
    pub fn required(&self) -> Vec<QuantityName> {
        let components = self.components().iter();
        components.map(|it| it.quantity.clone()).collect()
    }

    fn base_cost(&self, credits: Credits) -> ComponentCost {
        ComponentCost {
            quantity: QuantityName::base(),
            amount: Quantity::ONE,
            unit_price: self.terms.base.clone(),
            per: Quantity::ONE,
            credits,
        }
    }
}

const COST_PASSES_THE_MAXIMUM: RatingError = RatingError::CostPassesTheMaximum {
    maximum: Credits::MAX,
};

impl Component {
    fn cost(&self, amount: Quantity, credits: Credits) -> ComponentCost {
        ComponentCost {
            quantity: self.quantity.clone(),
            amount,
            unit_price: self.price.clone(),
            per: self.per,
            credits,
        }
    }
}

impl ExactPrices {
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "a big integer has no overflow, and no `per` is zero"
    )]
    fn new(terms: &RateTerms) -> Result<ExactPrices, RateError> {
        let mut common = BigInt::from(1);
        for component in &terms.components {
            let per = BigInt::from(component.per.millionths());
            if (&common % &per).sign() != Sign::NoSign {
                common *= per;
            }
        }
        let base = exact_price(&terms.base).ok_or(RateError::BaseIsOutOfBounds)?;
        let components = terms.components.iter().map(|component| {
            let price = exact_price(&component.price).ok_or(RateError::PriceIsOutOfBounds {
                quantity: component.quantity.clone(),
            })?;
            Ok(price * (&common / component.per.millionths()))
        });
        Ok(ExactPrices {
            base: base * &common,
            components: components.collect::<Result<_, RateError>>()?,
            denominator: common * PARTS_PER_MICRO_CREDIT,
        })
    }

    /// The base, then the total after each component, each in micro-credits and rounded up. `None`
    /// where that is more than an `i64` holds.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "a big integer has no overflow, and the denominator is positive"
    )]
    fn running_totals(&self, amounts: &[Quantity]) -> Vec<Option<i64>> {
        let mut exact = self.base.clone();
        let almost_one: BigInt = &self.denominator - 1;
        let rounded_up = |exact: &BigInt| ((exact + &almost_one) / &self.denominator).to_i64();
        let mut totals = vec![rounded_up(&exact)];
        for (price, amount) in self.components.iter().zip(amounts) {
            exact += price * amount.millionths();
            totals.push(rounded_up(&exact));
        }
        totals
    }
}

fn check_components(components: &[Component]) -> Result<(), RateError> {
    if components.len() > Quantities::MOST {
        return Err(RateError::TooManyComponents);
    }
    for (index, component) in components.iter().enumerate() {
        let quantity = component.quantity.clone();
        if quantity.as_str() == BASE {
            return Err(RateError::QuantityIsCalledBase);
        }
        if component.per.is_zero() {
            return Err(RateError::PriceIsForNothing { quantity });
        }
        let before = components.iter().take(index);
        if before.into_iter().any(|it| it.quantity == quantity) {
            return Err(RateError::QuantityIsPricedTwice { quantity });
        }
    }
    Ok(())
}

/// In billionths of a credit; `None` below zero, above 10^9 credits, or if that is not exact.
fn exact_price(price: &BigDecimal) -> Option<BigInt> {
    decimal::parts(price, PRICE_DECIMALS)
        .filter(|parts| (0..=LARGEST_PRICE).contains(parts))
        .map(BigInt::from)
}
