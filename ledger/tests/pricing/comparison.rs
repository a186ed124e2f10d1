//! What the page shows beside a price promises no more than the price keeps.

use bigdecimal::BigDecimal;
use ledger::credits::Credits;
use ledger::money::{Currency, Money};
use ledger::pricing::{plain_price, price_per_credit, saving_percent};
use proptest::prelude::*;

use super::usd;

fn credits(text: &str) -> Credits {
    text.parse().unwrap()
}

#[test]
fn the_price_per_credit_has_six_decimals_at_most_and_no_exponent() {
    let table = [
        (1_000, "1000", "1"),
        (4_600, "5000", "0.92"),
        (16_600, "20000", "0.83"),
        (72_600, "100000", "0.726"),
        (1, "3", "0.333333"),
        (2, "3", "0.666667"),
        (1, "2000000", "0.000001"), // 0.0000005, half up
        (1, "2000001", "0"),
        (1_000_000, "0.5", "2000000"),
        (0, "10", "0"),
        (10, "0", "0"),
        (i64::MAX, "0.000001", "9223372036854775807000000"),
    ];
    for (amount_minor, amount, expected) in table {
        let price = price_per_credit(&usd(amount_minor), credits(amount));
        assert_eq!(plain_price(&price), expected, "{amount_minor} for {amount}");
    }
}

#[test]
fn a_plain_price_never_has_an_exponent() {
    let table = [
        ("1E-9", "0.000000001"),
        ("1E+3", "1000"),
        ("0.900000", "0.9"),
        ("0E-6", "0"),
    ];
    for (price, expected) in table {
        assert_eq!(plain_price(&price.parse::<BigDecimal>().unwrap()), expected);
    }
}

#[test]
fn the_presets_save_what_the_page_says() {
    let saving = |amount, bought| {
        saving_percent(&usd(amount), credits(bought), &usd(1_000), credits("1000"))
    };
    assert_eq!(saving(1_000, "1000"), 0);
    assert_eq!(saving(4_600, "5000"), 8);
    assert_eq!(saving(16_600, "20000"), 17);
    assert_eq!(saving(72_600, "100000"), 27); // 27.4
}

#[test]
fn a_saving_is_rounded_down_and_never_negative() {
    let saving =
        |amount, bought| saving_percent(&usd(amount), credits(bought), &usd(100), credits("100"));
    assert_eq!(saving(2_001, "3000"), 33); // 33.3
    assert_eq!(saving(9_901, "10000"), 0); // 0.99
    assert_eq!(saving(101, "100"), 0);
    assert_eq!(saving(0, "100"), 100);
}

#[test]
fn there_is_no_saving_where_there_is_nothing_to_compare() {
    let hundred = credits("100");
    let euros = Money {
        amount_minor: 50,
        currency: Currency::parse("eur").unwrap(),
    };
    assert_eq!(saving_percent(&euros, hundred, &usd(100), hundred), 0);
    assert_eq!(
        saving_percent(&usd(50), Credits::ZERO, &usd(100), hundred),
        0
    );
    assert_eq!(
        saving_percent(&usd(50), hundred, &usd(100), Credits::ZERO),
        0
    );
    assert_eq!(saving_percent(&usd(50), hundred, &usd(0), hundred), 0);
}

proptest! {
    #[test]
    fn comparisons_are_total(a: i64, b: i64, c: i64, d: i64) {
        let (c, d) = (Credits::from_micro(c), Credits::from_micro(d));
        prop_assert!((0..=100).contains(&saving_percent(&usd(a), c, &usd(b), d)));
        prop_assert!(!plain_price(&price_per_credit(&usd(a), c)).contains(['e', 'E']));
    }
}
