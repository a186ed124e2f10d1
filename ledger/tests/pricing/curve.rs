//! The shape of the price: no cliff, no rising average, nothing to gain by splitting.

use bigdecimal::{BigDecimal, RoundingMode, ToPrimitive};
use ledger::money::Currency;
use ledger::pricing::{CreditsOutOfRange, PriceList, Slab};
use proptest::prelude::*;

use super::{seeded_list, slab, usd};

const LARGEST: i64 = 9_000_000_000;

#[test]
fn the_presets_lie_on_the_slabs() {
    let list = seeded_list();
    let presets = [
        (1_000, 1_000),
        (5_000, 4_600),
        (20_000, 16_600),
        (100_000, 72_600),
    ];
    for (credits, amount_minor) in presets {
        assert_eq!(list.price(credits), Ok(usd(amount_minor)));
    }
}

#[test]
fn crossing_into_a_slab_changes_nothing_before_it() {
    let list = seeded_list();
    let price = |credits| list.price(credits).unwrap().amount_minor;
    assert_eq!(price(999), 999);
    assert_eq!(price(1_001), 1_001); // 1000.9
    assert_eq!(price(1_010), 1_009);
    assert_eq!(price(5_001), 4_601); // 4600.8
    assert_eq!(price(20_001), 16_601); // 16600.7
}

#[test]
fn one_rounding_at_the_end_half_up() {
    let slabs = vec![slab(1, "0.5"), slab(2, "0.25")];
    let list = PriceList::new(Currency::USD, slabs, 1, 10).unwrap();
    let prices: Vec<i64> = (1..=10)
        .map(|credits| list.price(credits).unwrap().amount_minor)
        .collect();
    // Exactly 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.25, 2.5, 2.75.
    assert_eq!(prices, [1, 1, 1, 1, 2, 2, 2, 2, 3, 3]);
}

#[test]
fn what_lies_outside_the_range_is_refused_with_the_range() {
    let list = seeded_list();
    for asked in [499, 0, -1, i64::MIN, 1_000_001, i64::MAX] {
        let refused = CreditsOutOfRange {
            min: 500,
            max: 1_000_000,
            asked,
        };
        assert_eq!(list.price(asked), Err(refused));
    }
    assert!(list.price(500).is_ok() && list.price(1_000_000).is_ok());
}

/// Lists with up to six slabs; `reach` bounds how far apart the slabs start.
fn any_list(reach: i64) -> impl Strategy<Value = PriceList> {
    let step = (1..=reach, 1_i64..=3_000_000);
    prop::collection::vec(step, 1..=6).prop_map(|steps| {
        let mut prices: Vec<i64> = steps.iter().map(|(_, price)| *price).collect();
        prices.sort_unstable_by(|a, b| b.cmp(a));
        let mut from_credits = 1;
        let mut slabs = Vec::new();
        for ((width, _), price) in steps.iter().zip(prices) {
            let price_per_credit = BigDecimal::new(price.into(), 6);
            slabs.push(Slab {
                from_credits,
                price_per_credit,
            });
            from_credits += width;
        }
        let smallest =
            (1..).find_map(|min| PriceList::new(Currency::USD, slabs.clone(), min, LARGEST).ok());
        smallest.unwrap()
    })
}

/// The definition, credit by credit.
fn exact_price(list: &PriceList, credits: i64) -> BigDecimal {
    (1..=credits)
        .map(|credit| {
            let slab = list
                .slabs()
                .iter()
                .rev()
                .find(|slab| slab.from_credits <= credit);
            slab.unwrap().price_per_credit.clone()
        })
        .sum()
}

fn minor(list: &PriceList, credits: i64) -> i128 {
    list.price(credits).unwrap().amount_minor.into()
}

proptest! {
    #[test]
    fn the_price_is_the_sum_of_each_credits_price_rounded_once(
        (list, more) in (any_list(40).prop_filter("cheap", |list| list.min_credits() < 200), 0_i64..200)
    ) {
        let credits = list.min_credits() + more;
        let exact = exact_price(&list, credits);
        let rounded = exact.with_scale_round(0, RoundingMode::HalfUp).to_i128().unwrap();
        prop_assert_eq!(minor(&list, credits), rounded);
    }

    #[test]
    fn more_credits_never_cost_less((list, a, b) in (any_list(1_000_000), 1..=LARGEST, 1..=LARGEST)) {
        let (a, b) = (a.max(list.min_credits()), b.max(list.min_credits()));
        prop_assert!(minor(&list, a.min(b)) <= minor(&list, a.max(b)));
        let next = a.saturating_add(1).min(LARGEST);
        prop_assert!(minor(&list, a) <= minor(&list, next));
    }

    // Rounding moves each price by half a minor unit at most, which the bounds below allow for.
    #[test]
    fn the_average_price_never_rises((list, a, b) in (any_list(1_000_000), 1..=LARGEST, 1..=LARGEST)) {
        let (few, many) = (a.min(b).max(list.min_credits()), a.max(b).max(list.min_credits()));
        let (price_few, price_many) = (minor(&list, few), minor(&list, many));
        let (few, many) = (i128::from(few), i128::from(many));
        prop_assert!((2 * price_many - 1) * few <= (2 * price_few + 1) * many);
    }

    #[test]
    fn two_purchases_never_cost_less_than_one(
        (list, a, b) in (any_list(1_000_000), 1..=LARGEST / 2, 1..=LARGEST / 2)
    ) {
        let (a, b) = (a.max(list.min_credits()), b.max(list.min_credits()));
        prop_assert!(minor(&list, a) + minor(&list, b) >= minor(&list, a + b) - 1);
    }

    #[test]
    fn every_amount_has_a_price_or_a_refusal((list, credits) in (any_list(1_000_000_000), any::<i64>())) {
        let in_range = (list.min_credits()..=list.max_credits()).contains(&credits);
        prop_assert_eq!(list.price(credits).is_ok(), in_range);
        prop_assert!(list.price(list.min_credits()).unwrap().amount_minor > 0);
        prop_assert!(list.price(list.max_credits()).is_ok());
    }
}
