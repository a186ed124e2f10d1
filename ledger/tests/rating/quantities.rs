//! One value has one text, since it is stored and hashed.

use ledger::rating::{Quantities, QuantitiesError, Quantity, QuantityError, QuantityName};
use proptest::prelude::*;

use super::quantities;

#[test]
fn the_text_is_sorted_plain_and_without_white_space() {
    let backtest = quantities(&[("bar_years", "2.50"), ("assets", "3e0")]);
    assert_eq!(backtest.to_json(), r#"{"assets":3,"bar_years":2.5}"#);
    assert_eq!(Quantities::default().to_json(), "{}");
}

#[test]
fn the_order_of_insertion_makes_no_difference() {
    let one = quantities(&[("a", "1"), ("b", "2")]);
    let other = quantities(&[("b", "2"), ("a", "1")]);
    assert_eq!((&one, one.to_json()), (&other, other.to_json()));
}

#[test]
fn no_other_text_of_a_value_is_read() {
    let texts = [
        "",
        "{",
        "}",
        "null",
        "[]",
        "{ }",
        "{,}",
        "{\"a\"}",
        "{\"a\":1,}",
        "{\"a\": 1}",
        "{ \"a\":1}",
        "{\"a\":1}\n",
        "{a:1}",
        "{\"a\":1.0}",
        "{\"a\":1e0}",
        "{\"a\":-0}",
        "{\"b\":1,\"a\":1}",
        "{\"\\u0061\":1}",
    ];
    for text in texts {
        assert!(Quantities::from_json(text).is_err(), "{text:?}");
    }
}

#[test]
fn a_wrong_member_is_refused_with_its_reason() {
    let name = "a".parse::<QuantityName>().unwrap();
    let table = [
        (
            "{\"a\":1,\"a\":1}",
            QuantitiesError::QuantityIsThereTwice { name },
        ),
        ("{\"A\":1}", QuantitiesError::NameIsNotOne),
        ("{\"a\":-1}", QuantityError::QuantityIsNegative.into()),
        ("{\"a\":\"1\"}", QuantityError::QuantityIsNotANumber.into()),
        ("{\"a\":1", QuantitiesError::TextIsNotCanonical),
    ];
    for (text, refused) in table {
        assert_eq!(Quantities::from_json(text), Err(refused), "{text}");
    }
}

#[test]
fn a_name_is_a_short_lower_case_word() {
    let longest = format!("a{}", "_".repeat(62));
    for name in ["a", "input_tokens", "gpu2_seconds", "z9", &longest] {
        assert!(name.parse::<QuantityName>().is_ok(), "{name}");
    }
    let too_long = format!("{longest}_");
    for name in [
        "", "_a", "9a", "A", "aB", "a-b", "a b", "a.b", "é", "aé", "a\"", &too_long,
    ] {
        assert_eq!(
            name.parse::<QuantityName>(),
            Err(QuantitiesError::NameIsNotOne)
        );
    }
}

#[test]
fn there_are_sixteen_at_most() {
    let mut sixteen = Quantities::default();
    for index in 0..16 {
        let name = format!("q{index}").parse().unwrap();
        sixteen.insert(name, Quantity::ONE).unwrap();
    }
    assert_eq!(sixteen.len(), 16);
    assert_eq!(
        Quantities::from_json(&sixteen.to_json()),
        Ok(sixteen.clone())
    );
    let before = sixteen.clone();
    let refused = sixteen.insert("q16".parse().unwrap(), Quantity::ONE);
    assert_eq!(refused, Err(QuantitiesError::TooManyQuantities));
    let name: QuantityName = "q1".parse().unwrap();
    let twice = sixteen.insert(name.clone(), Quantity::ZERO);
    assert_eq!(twice, Err(QuantitiesError::QuantityIsThereTwice { name }));
    assert_eq!(sixteen, before);
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        members in prop::collection::btree_map("[a-z][a-z0-9_]{0,62}", 0..=Quantity::MAX.millionths(), 0..=16)
    ) {
        let mut all = Quantities::default();
        for (name, millionths) in members {
            all.insert(name.parse().unwrap(), Quantity::from_millionths(millionths).unwrap()).unwrap();
        }
        prop_assert_eq!(Quantities::from_json(&all.to_json()), Ok(all));
    }

    #[test]
    fn only_the_canonical_text_is_read(text in r#"\{("[a-z]{1,2}":[0-9.e]{1,3},?){0,3}\}|.{0,8}"#) {
        if let Ok(all) = Quantities::from_json(&text) {
            prop_assert_eq!(all.to_json(), text);
        }
    }
}

#[test]
fn no_quantities_are_empty() {
    assert!(Quantities::default().is_empty());
    assert!(!Quantities::from_json("{\"assets\":3}").unwrap().is_empty());
}
