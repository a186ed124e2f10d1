//! A rate is checked when it is made, so that pricing fails only for what is asked.

use ledger::rating::{Component, Rate, RateError, RateTerms};

use super::{component, decimal, terms};

fn rate(base: &str, components: Vec<Component>) -> Result<Rate, RateError> {
    Rate::new(terms(base, components))
}

#[test]
fn a_rate_keeps_what_it_was_made_of() {
    let terms = RateTerms {
        variant: Some("large".to_owned()),
        version: 3,
        ..terms("0.5", vec![component("assets", "1", "2")])
    };
    let rate = Rate::new(terms.clone()).unwrap();
    assert_eq!(rate.operation(), terms.operation);
    assert_eq!(rate.variant(), Some("large"));
    assert_eq!(
        (rate.version(), rate.effective_at()),
        (3, terms.effective_at)
    );
    assert_eq!(
        (rate.base(), rate.components()),
        (&terms.base, &terms.components[..])
    );
    assert_eq!(rate.required(), ["assets".parse().unwrap()]);
}

#[test]
fn versions_are_counted_from_one() {
    for version in [0, -1, i32::MIN] {
        let refused = Rate::new(RateTerms {
            version,
            ..terms("0", vec![])
        });
        assert_eq!(refused, Err(RateError::VersionIsNotPositive { version }));
    }
    assert!(rate("0", vec![]).is_ok());
}

#[test]
fn a_price_is_not_negative_too_fine_or_too_large() {
    let nines = "9".repeat(10_000);
    for price in [
        "-0.000000001",
        "-1",
        "0.0000000001",
        "1000000000.000000001",
        "1e10",
        "1e1000000",
        "1e-1000000",
        &nines,
    ] {
        assert_eq!(
            rate(price, vec![]),
            Err(RateError::BaseIsOutOfBounds),
            "{price:.20}"
        );
        let component = component("assets", "1", price);
        let refused = RateError::PriceIsOutOfBounds {
            quantity: component.quantity.clone(),
        };
        assert_eq!(rate("0", vec![component]), Err(refused), "{price:.20}");
    }
    for price in ["0", "0.000000001", "1.0000000000000", "1e9", "1000000000"] {
        assert!(
            rate(price, vec![component("assets", "1", price)]).is_ok(),
            "{price}"
        );
    }
}

#[test]
fn a_price_is_for_some_units() {
    let nothing = component("assets", "0", "1");
    let quantity = nothing.quantity.clone();
    assert_eq!(
        rate("0", vec![nothing]),
        Err(RateError::PriceIsForNothing { quantity })
    );
    assert!(rate("0", vec![component("assets", "0.000001", "1")]).is_ok());
}

#[test]
fn a_quantity_is_priced_once_and_not_called_base() {
    let twice = vec![
        component("a", "1", "1"),
        component("b", "1", "1"),
        component("a", "2", "1"),
    ];
    let quantity = "a".parse().unwrap();
    assert_eq!(
        rate("0", twice),
        Err(RateError::QuantityIsPricedTwice { quantity })
    );
    let base = vec![component("base", "1", "1")];
    assert_eq!(rate("0", base), Err(RateError::QuantityIsCalledBase));
}

#[test]
fn a_rate_prices_no_more_quantities_than_there_can_be() {
    let many = |count: usize| (0..count).map(|index| component(&format!("q{index}"), "1", "1"));
    assert!(rate("0", many(16).collect()).is_ok());
    assert_eq!(
        rate("0", many(17).collect()),
        Err(RateError::TooManyComponents)
    );
}

#[test]
fn zeros_at_the_end_of_a_price_are_no_decimals() {
    let rate = rate("1.500000000000", vec![]).unwrap();
    assert_eq!(rate.base(), &decimal("1.5"));
}
