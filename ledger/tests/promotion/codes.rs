//! A code as people type it.

use ledger::promotion::{CodeIsMalformed, PromotionCode};

#[test]
fn a_code_is_one_whatever_its_case_and_the_blanks_around_it() {
    for text in ["SPRING-26", "spring-26", " Spring-26 "] {
        assert_eq!(PromotionCode::parse(text).unwrap().as_str(), "SPRING-26");
    }
}

#[test]
fn anything_but_letters_digits_hyphens_and_underscores_is_refused() {
    let longest = "A".repeat(32);
    assert!(PromotionCode::parse(&longest).is_ok());
    let too_long = "A".repeat(33);
    for text in [
        "",
        "AB",
        "A B",
        "ÄBC",
        "AB\n",
        "A%20B",
        "   ",
        too_long.as_str(),
    ] {
        assert_eq!(PromotionCode::parse(text), Err(CodeIsMalformed), "{text:?}");
    }
}
