//! A currency is three letters, whatever their case.

use ledger::money::{Currency, CurrencyIsNotThreeLetters};

#[test]
fn a_currency_is_one_whatever_its_case() {
    for text in ["usd", "USD", "Usd"] {
        assert_eq!(Currency::parse(text), Ok(Currency::USD));
        assert_eq!(text.parse(), Ok(Currency::USD));
    }
    assert_eq!(Currency::USD.as_str(), "usd");
    assert_eq!(Currency::parse("JPY").unwrap().to_string(), "jpy");
}

#[test]
fn anything_but_three_letters_is_refused() {
    for text in [
        "",
        "us",
        "usdt",
        "us1",
        "u d",
        "usé",
        "€",
        "ｕｓｄ",
        "us\0",
        " usd",
    ] {
        assert_eq!(
            Currency::parse(text),
            Err(CurrencyIsNotThreeLetters),
            "{text:?}"
        );
    }
}

#[test]
fn a_charge_is_rounded_half_up_to_what_the_currency_can_charge() {
    let table = [
        ("usd", 149, 100, 1),
        ("usd", 150, 100, 2),
        ("jpy", 99_950, 100, 1_000),
        ("jpy", 99_949, 100, 999),
        ("kwd", 1_234_500, 100, 12_350),
        ("kwd", 1_234_499, 100, 12_340),
        ("isk", 14_999, 100, 100),
        ("isk", 15_000, 100, 200),
        ("ugx", 0, 1, 0),
        ("usd", i128::MAX, 1, i64::MAX),
    ];
    for (currency, numerator, denominator, expected) in table {
        let currency = Currency::parse(currency).unwrap();
        assert_eq!(
            currency.round_to_charge(numerator, denominator),
            expected,
            "{numerator}/{denominator} {currency}"
        );
    }
}
