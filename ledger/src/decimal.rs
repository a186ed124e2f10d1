//! A price as a whole number of its smallest parts, so that everything after is exact integers.

use bigdecimal::{BigDecimal, ToPrimitive};

/// The decimal in units of 10^-`decimals`; `None` if that is not exact, or far beyond any price.
/// Looks at the exponent before it computes: a `BigDecimal` may be `1e1000000`.
pub fn parts(number: &BigDecimal, decimals: i64) -> Option<i128> {
    let (digits, scale) = number.as_bigint_and_scale();
    if !(-20..=40).contains(&scale) || digits.bits() > 160 {
        return None;
    }
    if number.normalized().fractional_digit_count() > decimals {
        return None;
    }
    let (parts, _) = number.with_scale(decimals).into_bigint_and_scale();
    parts.to_i128()
}
