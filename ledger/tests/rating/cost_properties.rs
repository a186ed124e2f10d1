//! What holds of every cost, against plain integers that know nothing of decimals.

use bigdecimal::BigDecimal;
use ledger::rating::{Component, Quantities, Quantity, QuantityName, Rate};
use proptest::prelude::*;

use super::terms;

/// Prices in billionths of a credit and numbers of units, both small enough for an `i128` to hold
/// every sum below.
#[derive(Clone, Debug)]
struct Plain {
    base: i64,
    /// Price, `per` in millionths.
    components: Vec<(i64, i64)>,
}

fn any_plain(base: impl Strategy<Value = i64>) -> impl Strategy<Value = Plain> {
    let per = prop_oneof![
        Just(1_000_000_i64),
        Just(1_000_000_000),
        Just(3_600_000_000),
        1..=200_000_i64,
    ];
    let components = prop::collection::vec((0..=100_000_000_i64, per), 0..=3);
    (base, components).prop_map(|(base, components)| Plain { base, components })
}

/// Numbers of millionths, one for each of the at most three components.
fn any_amounts() -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec(0..=1_000_000_000_i64, 3)
}

impl Plain {
    fn name(index: usize) -> QuantityName {
        format!("q{index}").parse().unwrap()
    }

    fn rate(&self) -> Rate {
        let price = |billionths: i64| BigDecimal::new(billionths.into(), 9);
        let components = self.components.iter().enumerate();
        let components = components.map(|(index, (each, per))| Component {
            quantity: Plain::name(index),
            unit: "some".to_owned(),
            per: Quantity::from_millionths(*per).unwrap(),
            price: price(*each),
        });
        let mut terms = terms("0", components.collect());
        terms.base = price(self.base);
        Rate::new(terms).unwrap()
    }

    fn quantities(&self, amounts: &[i64]) -> Quantities {
        let mut quantities = Quantities::default();
        for (index, _) in self.components.iter().enumerate() {
            let amount = Quantity::from_millionths(amounts[index]).unwrap();
            quantities.insert(Plain::name(index), amount).unwrap();
        }
        quantities
    }

    /// The cost in micro-credits.
    fn cost(&self, amounts: &[i64]) -> i128 {
        let cost = self.rate().cost(&self.quantities(amounts)).unwrap();
        cost.credits.micro().into()
    }

    /// The exact cost in billionths of a credit, as numerator and denominator: each fraction is
    /// added to the ones before it, as at school.
    fn exact(&self, amounts: &[i64]) -> (i128, i128) {
        let mut sum = (i128::from(self.base), 1_i128);
        for ((price, per), amount) in self.components.iter().zip(amounts) {
            let (numerator, denominator) =
                (i128::from(*price) * i128::from(*amount), i128::from(*per));
            let divisor = gcd(numerator, denominator);
            let (numerator, denominator) = (numerator / divisor, denominator / divisor);
            sum = (sum.0 * denominator + numerator * sum.1, sum.1 * denominator);
            let divisor = gcd(sum.0, sum.1);
            sum = (sum.0 / divisor, sum.1 / divisor);
        }
        sum
    }
}

fn gcd(one: i128, other: i128) -> i128 {
    if other == 0 {
        one.max(1)
    } else {
        gcd(other, one % other)
    }
}

proptest! {
    #[test]
    fn a_cost_is_the_exact_value_or_less_than_a_micro_credit_above_it(
        plain in any_plain(0..=10_000_000_000_i64), amounts in any_amounts()
    ) {
        let (numerator, denominator) = plain.exact(&amounts);
        let over = plain.cost(&amounts) * 1_000 * denominator - numerator;
        prop_assert!((0..1_000 * denominator).contains(&over));
    }

    #[test]
    fn the_shares_add_up_to_the_total(plain in any_plain(0..=10_000_000_000_i64), amounts in any_amounts()) {
        let cost = plain.rate().cost(&plain.quantities(&amounts)).unwrap();
        let shares: i64 = cost.components.iter().map(|share| share.credits.micro()).sum();
        prop_assert_eq!(shares, cost.credits.micro());
        prop_assert!(cost.components.iter().all(|share| !share.credits.is_negative()));
        let base = usize::from(plain.base > 0);
        prop_assert_eq!(cost.components.len(), plain.components.len() + base);
    }

    /// Each share alone is within a micro-credit of what it would be by itself.
    #[test]
    fn a_share_is_within_a_micro_credit_of_its_own_exact_value(
        plain in any_plain(Just(0)), amounts in any_amounts()
    ) {
        let cost = plain.rate().cost(&plain.quantities(&amounts)).unwrap();
        for (((price, per), amount), share) in plain.components.iter().zip(&amounts).zip(&cost.components) {
            let exact = i128::from(*price) * i128::from(*amount);
            let shown = i128::from(share.credits.micro()) * 1_000 * i128::from(*per);
            prop_assert!((exact - shown).abs() < 1_000 * i128::from(*per));
        }
    }

    #[test]
    fn more_never_costs_less(
        plain in any_plain(0..=10_000_000_000_i64), amounts in any_amounts(), more in any_amounts()
    ) {
        let larger: Vec<i64> = amounts.iter().zip(&more).map(|(one, more)| one + more).collect();
        prop_assert!(plain.cost(&amounts) <= plain.cost(&larger));
    }

    /// Without a base, splitting work in two gains nothing, and loses less than one rounding.
    #[test]
    fn work_in_two_pieces_costs_as_much_but_for_the_rounding(
        plain in any_plain(Just(0)), one in any_amounts(), other in any_amounts()
    ) {
        let both: Vec<i64> = one.iter().zip(&other).map(|(one, other)| one + other).collect();
        let split = plain.cost(&one) + plain.cost(&other);
        prop_assert!((0..=1).contains(&(split - plain.cost(&both))));
    }
}
