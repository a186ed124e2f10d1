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
