//! The sandbox's tax: 19 % for payers in Germany, nothing anywhere else. It must not be taken for tax law.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TaxBehavior {
    /// Added to the price. What is unspecified at Stripe is added too.
    Exclusive,
    /// Part of the price.
    Inclusive,
}

pub(crate) fn percent(country: Option<&str>) -> i64 {
    match country {
        Some("DE") => 19,
        _ => 0,
    }
}

/// The tax on an amount, or the tax within it, rounded half up.
pub(crate) fn tax_on(amount: i64, behavior: TaxBehavior, country: Option<&str>) -> i64 {
    let percent = percent(country);
    let whole = match behavior {
        TaxBehavior::Exclusive => 100,
        TaxBehavior::Inclusive => percent.saturating_add(100),
    };
    amount
        .saturating_mul(percent)
        .saturating_mul(2)
        .saturating_add(whole)
        .checked_div(whole.saturating_mul(2))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{TaxBehavior, tax_on};

    #[test]
    fn germany_taxes_on_top_or_within_and_nobody_else_does() {
        assert_eq!(tax_on(2_500, TaxBehavior::Exclusive, Some("DE")), 475);
        assert_eq!(tax_on(11_900, TaxBehavior::Inclusive, Some("DE")), 1_900);
        assert_eq!(tax_on(50, TaxBehavior::Exclusive, Some("DE")), 10);
        assert_eq!(tax_on(2_500, TaxBehavior::Exclusive, Some("US")), 0);
        assert_eq!(tax_on(2_500, TaxBehavior::Inclusive, None), 0);
    }
}
