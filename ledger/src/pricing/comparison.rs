//! How packages compare: price per credit and saving, for a page to show. Never used to charge.

use bigdecimal::BigDecimal;
use bigdecimal::num_bigint::BigInt;

use crate::credits::Credits;
use crate::money::Money;

use super::PRICE_DECIMALS;

/// Minor units for one credit, rounded half up to 6 decimals. For no credits it is zero.
pub fn price_per_credit(price: &Money, credits: Credits) -> BigDecimal {
    let parts = millionths_per_credit(price, credits).unwrap_or_default();
    BigDecimal::new(BigInt::from(parts), PRICE_DECIMALS).normalized()
}

/// The number as a person writes it: no exponent, no trailing zeros. `BigDecimal`'s own display
/// writes small numbers as `1E-9`.
pub fn plain_price(price: &BigDecimal) -> String {
    price.normalized().to_plain_string()
}

/// How much cheaper a credit is than in the base package, in whole percent rounded down, so that
/// no page promises more than it gives. Zero where there is nothing to compare.
pub fn saving_percent(
    price: &Money,
    credits: Credits,
    base_price: &Money,
    base_credits: Credits,
) -> i32 {
    let is_comparable = price.currency == base_price.currency
        && base_price.amount_minor > 0
        && base_credits.is_positive()
        && credits.is_positive();
    if !is_comparable {
        return 0;
    }
    saving(price, credits, base_price, base_credits)
        .and_then(|percent| i32::try_from(percent).ok())
        .map_or(0, |percent| percent.clamp(0, 100))
}

/// `None` for a division by no credits.
fn millionths_per_credit(price: &Money, credits: Credits) -> Option<i128> {
    let micro = i128::from(credits.micro());
    // Half a step is added before the division, which makes it round half up.
    i128::from(price.amount_minor)
        .checked_mul(1_000_000)?
        .checked_mul(i128::from(Credits::MICRO_PER_CREDIT))?
        .checked_mul(2)?
        .checked_add(micro)?
        .checked_div_euclid(micro.checked_mul(2)?)
}

/// 100 · (1 − (price/credits) / (base_price/base_credits)) as one fraction, without rounding in
/// between. `None` for numbers no package has.
fn saving(
    price: &Money,
    credits: Credits,
    base_price: &Money,
    base_credits: Credits,
) -> Option<i128> {
    let at_base_price =
        i128::from(base_price.amount_minor).checked_mul(i128::from(credits.micro()))?;
    let at_own_price =
        i128::from(price.amount_minor).checked_mul(i128::from(base_credits.micro()))?;
    at_base_price
        .checked_sub(at_own_price)?
        .checked_mul(100)?
        .checked_div_euclid(at_base_price)
}
