//! Which rate is in effect: the highest version whose instant has come, and no other.

use ledger::instant::Instant;
use ledger::rating::{OperationTerms, Rate, RateBook, RateBookError, RatingError};

use super::{at, operation, version};

const JANUARY: &str = "2026-01-01T00:00:00Z";
const JULY: &str = "2026-07-01T00:00:00Z";
const OCTOBER: &str = "2026-10-01T00:00:00Z";

/// `plain` has no variants, `sized` has two, `bare` has no rates at all.
fn book() -> RateBook {
    let rates = vec![
        version("sized", Some("small"), 1, JANUARY),
        version("plain", None, 7, OCTOBER),
        version("plain", None, 2, JANUARY),
        version("sized", Some("large"), 1, JULY),
        version("plain", None, 3, JULY),
    ];
    RateBook::new(
        vec![operation("sized"), operation("plain"), operation("bare")],
        rates,
    )
    .unwrap()
}

fn built(operations: &[&str], rates: Vec<Rate>) -> Result<RateBook, RateBookError> {
    let operations: Vec<OperationTerms> = operations.iter().map(|it| operation(it)).collect();
    RateBook::new(operations, rates)
}

fn micro_before(text: &str) -> Instant {
    Instant::from_micros(at(text).micros() - 1)
}

#[test]
fn a_version_takes_effect_at_its_instant_and_not_before() {
    let book = book();
    let in_effect = |now| book.rate_at("plain", None, now).map(Rate::version);
    let refused = Err(RatingError::NoRateIsInEffect {
        operation: "plain".to_owned(),
        variant: None,
        first_effective_at: Some(at(JANUARY)),
    });
    assert_eq!(in_effect(Instant::MIN), refused);
    assert_eq!(in_effect(micro_before(JANUARY)), refused);
    assert_eq!(in_effect(at(JANUARY)), Ok(2));
    assert_eq!(in_effect(micro_before(JULY)), Ok(2));
    assert_eq!(in_effect(at(JULY)), Ok(3));
    assert_eq!(in_effect(micro_before(OCTOBER)), Ok(3));
    assert_eq!(in_effect(at(OCTOBER)), Ok(7));
    assert_eq!(in_effect(Instant::MAX), Ok(7));
}

#[test]
fn an_announced_version_is_shown_until_it_takes_effect() {
    let book = book();
    let plain = &book.operations()[1].variants()[0];
    let seen = |now| {
        (
            plain.current(now).map(Rate::version),
            plain.upcoming(now).map(Rate::version),
        )
    };
    assert_eq!(seen(micro_before(JANUARY)), (None, Some(2)));
    assert_eq!(seen(at(JANUARY)), (Some(2), Some(3)));
    assert_eq!(seen(micro_before(JULY)), (Some(2), Some(3)));
    assert_eq!(seen(at(JULY)), (Some(3), Some(7)));
    assert_eq!(seen(at(OCTOBER)), (Some(7), None));
}

#[test]
fn an_old_version_is_found_whatever_the_time() {
    let book = book();
    for known in [2, 3, 7] {
        assert_eq!(
            book.rate("plain", None, known).map(Rate::version),
            Ok(known)
        );
    }
    assert!(book.rate("sized", Some("small"), 1).is_ok());
    let refused = book.rate("sized", Some("small"), 2).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "sized (small) has no rate of version 2"
    );
    assert!(matches!(
        book.rate("sized", None, 1),
        Err(RatingError::VariantIsMissing { .. })
    ));
}

#[test]
fn what_has_no_rate_says_why() {
    let book = book();
    let refused = |operation, variant| {
        let rate = book.rate_at(operation, variant, at(JANUARY));
        rate.unwrap_err().to_string()
    };
    let table = [
        ("other", None, "there is no operation \"other\""),
        (
            "sized",
            None,
            "sized has variants, and one of them must be named: large, small",
        ),
        (
            "sized",
            Some("tiny"),
            "sized has no variant \"tiny\", but large, small",
        ),
        (
            "sized",
            Some("large"),
            "no rate of sized (large) is in effect yet",
        ),
        (
            "plain",
            Some("small"),
            "plain has no variants, so \"small\" is none of them",
        ),
        ("bare", None, "no rate of bare is in effect yet"),
        (
            "bare",
            Some("small"),
            "bare has no variants, so \"small\" is none of them",
        ),
        ("Plain", None, "there is no operation \"Plain\""),
    ];
    for (operation, variant, sentence) in table {
        assert_eq!(refused(operation, variant), sentence);
    }
}

#[test]
fn operations_keep_their_order_and_variants_are_sorted() {
    let book = book();
    let names: Vec<&str> = book.operations().iter().map(|it| it.operation()).collect();
    assert_eq!(names, ["sized", "plain", "bare"]);
    let sized = &book.operations()[0];
    assert_eq!(
        (sized.name(), sized.description()),
        ("SIZED", "What sized is.")
    );
    let variants: Vec<_> = sized.variants().iter().map(|it| it.name()).collect();
    assert_eq!(variants, [Some("large"), Some("small")]);
    assert_eq!(book.operations()[1].variants()[0].name(), None);
    assert!(book.operations()[2].variants().is_empty());
}

#[test]
fn an_operation_is_a_word_and_there_once() {
    for name in ["", "Plain", "9th", "a-b", "a b", &"a".repeat(64)] {
        let operation = name.to_owned();
        assert_eq!(
            built(&[name], vec![]),
            Err(RateBookError::OperationNameIsNotOne { operation })
        );
    }
    let operation = "a".to_owned();
    assert_eq!(
        built(&["a", "b", "a"], vec![]),
        Err(RateBookError::OperationIsThereTwice { operation })
    );
    assert_eq!(built(&[], vec![]), Ok(RateBook::default()));
}

#[test]
fn a_rate_is_of_an_operation_and_names_a_variant_where_the_others_do() {
    let stray = vec![version("b", None, 1, JANUARY)];
    let operation = "b".to_owned();
    assert_eq!(
        built(&["a"], stray),
        Err(RateBookError::RateIsOfNoOperation { operation })
    );
    for variant in ["", "Large", "-a", ".a", "_a", "a/b", "a b", &"a".repeat(64)] {
        let refused = built(&["a"], vec![version("a", Some(variant), 1, JANUARY)]);
        let (operation, variant) = ("a".to_owned(), variant.to_owned());
        assert_eq!(
            refused,
            Err(RateBookError::VariantNameIsNotOne { operation, variant })
        );
    }
    for variant in ["large", "sonar-4.5", "7b", "a_b", &"a".repeat(63)] {
        assert!(built(&["a"], vec![version("a", Some(variant), 1, JANUARY)]).is_ok());
    }
    let mixed = vec![
        version("a", Some("large"), 1, JANUARY),
        version("a", None, 2, JULY),
    ];
    let operation = "a".to_owned();
    assert_eq!(
        built(&["a"], mixed),
        Err(RateBookError::OnlySomeRatesHaveAVariant { operation })
    );
}

#[test]
fn a_higher_version_takes_effect_later() {
    let of = |one: (i32, &str), other: (i32, &str)| {
        built(
            &["a"],
            vec![
                version("a", None, one.0, one.1),
                version("a", None, other.0, other.1),
            ],
        )
    };
    let twice = RateBookError::VersionIsThereTwice {
        operation: "a".to_owned(),
        variant: None,
        version: 1,
    };
    assert_eq!(of((1, JANUARY), (1, JULY)), Err(twice));
    let early = RateBookError::VersionTakesEffectTooEarly {
        operation: "a".to_owned(),
        variant: None,
        version: 2,
    };
    assert_eq!(
        early.to_string(),
        "version 2 of a does not take effect after the one before it"
    );
    assert_eq!(of((1, JULY), (2, JANUARY)), Err(early.clone()));
    assert_eq!(of((2, JANUARY), (1, JULY)), Err(early.clone()));
    assert_eq!(of((1, JULY), (2, JULY)), Err(early));
    assert!(of((2, JULY), (1, JANUARY)).is_ok());
}
