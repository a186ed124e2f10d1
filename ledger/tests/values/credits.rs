//! An amount of credits has one spelling, and no sum leaves its bounds.

use ledger::credits::{Credits, ParseCreditsError};
use proptest::prelude::*;

const MAX_MICRO: i64 = 9_000_000_000_000_000;

fn micro(text: &str) -> Result<i64, ParseCreditsError> {
    text.parse::<Credits>().map(Credits::micro)
}

#[test]
fn plain_decimals_are_read_exactly() {
    let table = [
        ("0", 0),
        ("0.0", 0),
        ("1", 1_000_000),
        ("12.5", 12_500_000),
        ("12.500000", 12_500_000),
        ("0.000001", 1),
        ("0.1", 100_000),
        ("8999999999.999999", MAX_MICRO - 1),
        ("9000000000", MAX_MICRO),
        ("9000000000.000000", MAX_MICRO),
    ];
    for (text, expected) in table {
        assert_eq!(micro(text), Ok(expected), "{text:?}");
    }
}

#[test]
fn anything_but_a_plain_decimal_is_refused() {
    let texts = [
        "", " ", " 1", "1 ", "1\n", "+1", "-1", "-0", "00", "01", "00.5", ".", ".5", "5.", "1.2.3",
        "1e3", "1E3", "0x10", "1_000", "1,5", "1,000", "NaN", "nan", "inf", "Infinity", "null",
        "true", "\"1\"", "١", "１", "1\0", "--1", "1.-5", "1.+5", "1.e5",
    ];
    for text in texts {
        assert_eq!(
            micro(text),
            Err(ParseCreditsError::CreditsAreNotAPlainDecimal),
            "{text:?}"
        );
    }
}

#[test]
fn a_seventh_decimal_is_refused_with_its_count() {
    let refused = |decimals| Err(ParseCreditsError::CreditsHaveTooManyDecimals { decimals });
    assert_eq!(micro("1.0000000"), refused(7));
    assert_eq!(micro("0.0000001"), refused(7));
    assert_eq!(micro(&format!("1.{}", "0".repeat(10_000))), refused(10_000));
}

#[test]
fn more_than_the_maximum_is_refused() {
    let refused = ParseCreditsError::CreditsExceedTheMaximum {
        maximum: Credits::MAX,
    };
    for text in [
        "9000000000.000001",
        "9000000001",
        "9999999999",
        "10000000000",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551616",
        &"9".repeat(10_000),
    ] {
        assert_eq!(micro(text), Err(refused), "{text}");
    }
    assert_eq!(refused.to_string(), "credits are at most 9000000000");
}

#[test]
fn a_change_may_carry_a_sign_but_a_zero_may_not() {
    let change = |text| Credits::parse_signed(text).map(Credits::micro);
    assert_eq!(change("+100"), Ok(100_000_000));
    assert_eq!(change("-5"), Ok(-5_000_000));
    assert_eq!(change("5"), Ok(5_000_000));
    assert_eq!(change("-0.000001"), Ok(-1));
    assert_eq!(change("-9000000000"), Ok(-MAX_MICRO));
    assert_eq!(change("0"), Ok(0));
    for text in [
        "-0", "+0", "-0.000", "+-1", "--1", "++1", "+", "-", "- 1", "−1",
    ] {
        assert_eq!(
            change(text),
            Err(ParseCreditsError::CreditsAreNotAPlainDecimal),
            "{text:?}"
        );
    }
    assert!(change("-9000000000.000001").is_err());
}

#[test]
fn credits_print_without_trailing_zeros() {
    let table = [
        (0, "0"),
        (1, "0.000001"),
        (-1, "-0.000001"),
        (12_500_000, "12.5"),
        (-12_500_000, "-12.5"),
        (1_000_000, "1"),
        (10_000_000, "10"),
        (10_010, "0.01001"),
        (MAX_MICRO, "9000000000"),
        (i64::MIN, "-9223372036854.775808"),
        (i64::MAX, "9223372036854.775807"),
    ];
    for (micro, expected) in table {
        assert_eq!(Credits::from_micro(micro).to_string(), expected);
    }
}

#[test]
fn no_operation_leaves_the_bounds() {
    let one = Credits::from_micro(1);
    let lowest = Credits::MAX.checked_neg().unwrap();
    assert_eq!(Credits::MAX.checked_add(one), None);
    assert_eq!(lowest.checked_sub(one), None);
    assert_eq!(Credits::MAX.checked_add(Credits::ZERO), Some(Credits::MAX));
    assert_eq!(lowest.checked_add(Credits::MAX), Some(Credits::ZERO));
    assert_eq!(Credits::from_micro(i64::MAX).checked_add(one), None);
    assert_eq!(Credits::from_micro(i64::MIN).checked_sub(one), None);
    assert_eq!(Credits::from_micro(i64::MIN).checked_neg(), None);
    assert_eq!(Credits::from_whole(9_000_000_000), Some(Credits::MAX));
    assert_eq!(Credits::from_whole(-9_000_000_000), Some(lowest));
    for whole in [9_000_000_001, -9_000_000_001, i64::MAX, i64::MIN] {
        assert_eq!(Credits::from_whole(whole), None, "{whole}");
    }
}

#[test]
fn the_sign_is_zero_positive_or_negative() {
    let table = [
        (0, true, false, false),
        (7, false, true, false),
        (-7, false, false, true),
    ];
    for (micro, zero, positive, negative) in table {
        let credits = Credits::from_micro(micro);
        assert_eq!(credits.is_zero(), zero);
        assert_eq!(credits.is_positive(), positive);
        assert_eq!(credits.is_negative(), negative);
        assert_eq!(credits.abs(), Some(Credits::from_micro(micro.abs())));
    }
}

proptest! {
    #[test]
    fn what_is_printed_reads_back_as_the_same_amount(micro in -MAX_MICRO..=MAX_MICRO) {
        let credits = Credits::from_micro(micro);
        let text = credits.to_string();
        prop_assert_eq!(Credits::parse_signed(&text), Ok(credits));
        prop_assert_eq!(text.parse::<Credits>().is_ok(), micro >= 0);
        prop_assert!(!text.contains('.') || !text.ends_with('0'), "{}", text);
    }

    #[test]
    fn any_text_is_read_or_refused_without_panic(text in "[-+0-9.eE ]{0,24}|.{0,24}") {
        let read = text.parse::<Credits>();
        let shape = |text: &str| {
            let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
            let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            digits(whole) && digits(decimals) && whole.len() <= 10 && decimals.len() <= 6
                && (whole == "0" || !whole.starts_with('0'))
        };
        prop_assert!(read.is_err() || shape(&text), "{:?}", text);
        let _ = Credits::parse_signed(&text);
    }

    #[test]
    fn sums_agree_with_wide_arithmetic(left: i64, right: i64) {
        let bounded = |sum: i128| i64::try_from(sum).ok().filter(|sum| (-MAX_MICRO..=MAX_MICRO).contains(sum));
        let (a, b) = (Credits::from_micro(left), Credits::from_micro(right));
        let (wide_a, wide_b) = (i128::from(left), i128::from(right));
        prop_assert_eq!(a.checked_add(b).map(Credits::micro), bounded(wide_a + wide_b));
        prop_assert_eq!(a.checked_sub(b).map(Credits::micro), bounded(wide_a - wide_b));
        prop_assert_eq!(a.checked_neg().map(Credits::micro), bounded(-wide_a));
        prop_assert_eq!(a.abs().map(Credits::micro), bounded(wide_a.abs()));
    }
}
