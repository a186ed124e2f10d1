//! A quantity is read from the text of a JSON number, exactly or not at all.

use ledger::rating::{Quantity, QuantityError};
use proptest::prelude::*;

use QuantityError::{
    QuantityIsNegative, QuantityIsNotANumber, QuantityIsTooFine, QuantityIsTooLarge,
};

fn read(text: &str) -> Result<i64, QuantityError> {
    text.parse::<Quantity>().map(Quantity::millionths)
}

#[test]
fn every_way_to_write_a_number_gives_its_value() {
    let table = [
        ("0", 0),
        ("-0", 0),
        ("-0.0e5", 0),
        ("0e999999999999999999999", 0),
        ("0.000000000000", 0),
        ("1", 1_000_000),
        ("1200", 1_200_000_000),
        ("2.5", 2_500_000),
        ("1e3", 1_000_000_000),
        ("1E+3", 1_000_000_000),
        ("1.5e3", 1_500_000_000),
        ("1200e-2", 12_000_000),
        ("1e-6", 1),
        ("10e-7", 1),
        ("0.000001", 1),
        ("0.0000010000000", 1),
        ("1.0000000000000000000000000000", 1_000_000),
        ("0.1", 100_000), // no float in between
        ("999999999999.999999", 999_999_999_999_999_999),
        ("1000000000000", 1_000_000_000_000_000_000),
        ("1e12", 1_000_000_000_000_000_000),
        ("0.0000000001e16", 1_000_000_000_000),
    ];
    for (text, millionths) in table {
        assert_eq!(read(text), Ok(millionths), "{text}");
    }
}

#[test]
fn what_cannot_be_a_quantity_is_refused_with_the_reason() {
    let table = [
        ("-1", QuantityIsNegative),
        ("-0.000001", QuantityIsNegative),
        ("0.0000001", QuantityIsTooFine),
        ("1.2345678", QuantityIsTooFine),
        ("1e-7", QuantityIsTooFine),
        ("1e-99999999999999999999", QuantityIsTooFine),
        ("1000000000000.000001", QuantityIsTooLarge),
        ("1000000000001", QuantityIsTooLarge),
        ("1e13", QuantityIsTooLarge),
        ("1e99999999999999999999", QuantityIsTooLarge),
        ("9223372036854775808", QuantityIsTooLarge),
        (&"9".repeat(10_000), QuantityIsTooLarge),
    ];
    for (text, refused) in table {
        assert_eq!(read(text), Err(refused), "{text:.30}");
    }
}

#[test]
fn what_json_does_not_call_a_number_is_none() {
    let texts = [
        "", " ", "1 ", " 1", "+1", "01", "-", "--1", ".5", "5.", "1..2", "1.2.3", "1e", "e5",
        "1e+", "1e1.5", "1e5e5", "1_000", "1,000", "0x10", "NaN", "Infinity", "null", "true",
        "\"1\"", "[1]", "{}", "١", "1\0", "1/2",
    ];
    for text in texts {
        assert_eq!(read(text), Err(QuantityIsNotANumber), "{text:?}");
    }
}

#[test]
fn a_quantity_shows_as_a_plain_number() {
    let table = [
        ("0.50", "0.5"),
        ("1e3", "1000"),
        ("1e-6", "0.000001"),
        ("1e12", "1000000000000"),
        ("7", "7"),
        ("-0", "0"),
        ("10.000000", "10"),
    ];
    for (text, shown) in table {
        assert_eq!(text.parse::<Quantity>().unwrap().to_string(), shown);
    }
}

#[test]
fn a_number_of_millionths_is_kept_within_bounds() {
    assert_eq!(Quantity::from_millionths(-1), None);
    assert_eq!(Quantity::from_millionths(0), Some(Quantity::ZERO));
    let most = Quantity::MAX.millionths();
    assert_eq!(Quantity::from_millionths(most), Some(Quantity::MAX));
    assert_eq!(Quantity::from_millionths(most + 1), None);
    assert_eq!(Quantity::from_millionths(i64::MAX), None);
    assert_eq!(Quantity::from_units(1), Some(Quantity::ONE));
    assert_eq!(Quantity::from_units(1_000_000_000_000), Some(Quantity::MAX));
    for units in [-1, 1_000_000_000_001, i64::MAX, i64::MIN] {
        assert_eq!(Quantity::from_units(units), None);
    }
}

#[test]
fn a_refusal_is_a_sentence() {
    let sentences = [
        QuantityIsNotANumber.to_string(),
        QuantityIsNegative.to_string(),
        QuantityIsTooFine.to_string(),
        QuantityIsTooLarge.to_string(),
    ];
    assert_eq!(
        sentences,
        [
            "a quantity is a JSON number, such as 1200 or 2.5",
            "a quantity is not negative",
            "a quantity has at most 6 decimals",
            "a quantity is at most 1000000000000",
        ]
    );
}

proptest! {
    #[test]
    fn what_is_shown_is_read_back(millionths in 0..=Quantity::MAX.millionths()) {
        let quantity = Quantity::from_millionths(millionths).unwrap();
        prop_assert_eq!(quantity.to_string().parse(), Ok(quantity));
    }

    /// `digits` · 10^`exponent`, against plain integers.
    #[test]
    fn digits_and_an_exponent_are_what_they_say(digits in 0_u64..1_000_000_000, exponent in -12_i32..15) {
        let power = |exponent: i32| 10_i128.pow(exponent.unsigned_abs());
        let shift = exponent + 6;
        let digits_exact = i128::from(digits);
        let exact = if shift >= 0 {
            Some(digits_exact * power(shift))
        } else {
            (digits_exact % power(shift) == 0).then(|| digits_exact / power(shift))
        };
        let expected = match exact {
            None => Err(QuantityIsTooFine),
            Some(millionths) if millionths > 1_000_000_000_000_000_000 => Err(QuantityIsTooLarge),
            Some(millionths) => Ok(i64::try_from(millionths).unwrap()),
        };
        prop_assert_eq!(read(&format!("{digits}e{exponent}")), expected);
    }

    #[test]
    fn any_text_is_a_quantity_or_a_refusal(text in "[-+0-9.eE]{0,12}|.{0,6}") {
        if let Ok(quantity) = text.parse::<Quantity>() {
            prop_assert!((Quantity::ZERO..=Quantity::MAX).contains(&quantity));
        }
    }
}
